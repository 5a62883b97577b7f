import type { Attempt } from '../model/attempt.ts'
import type { Group } from '../model/group.ts'
import { type IdentityInfo, toIdentityInfo } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertWithinLimit } from './steps/limit-rate.ts'
import { requireActor } from './steps/require-actor.ts'

/** The latest attempts in an export: strangers can make many, and all of them are written in one answer. */
const MAX_ATTEMPTS = 1000

/** Everything that is kept about one user. Dialects leave the password hash and the digests of secrets out. */
export interface UserExport {
  readonly user: User
  readonly identities: readonly IdentityInfo[]
  readonly sessions: readonly Session[]
  readonly attempts: readonly Attempt[]
  /** The groups that the user is in. */
  readonly groups: readonly Group[]
  /** What was given to the user beside the groups. */
  readonly permissions: readonly string[]
  readonly exportedAt: Date
}

/**
 * Gathers what is kept about the caller (GDPR, articles 15 and 20).
 *
 * @throws {AuthError} `not_authenticated`, `rate_limited`
 */
export async function exportUser(ctx: CommandContext): Promise<UserExport> {
  const { user } = requireActor(ctx)
  await assertWithinLimit(ctx, 'exportsPerUser', `${user.id}`)
  const exportedAt = ctx.clock.now()
  const identities = await ctx.store.identities.listForUser(user.id)
  const sessions = await ctx.store.sessions.listForUser(user.id, exportedAt)
  const attempts = await ctx.store.attempts.list({ userId: user.id, limit: MAX_ATTEMPTS })
  const groups = await ctx.store.groups.groupsOf(user.id)
  const { own: permissions } = await ctx.store.groups.permissionsOf(user.id)
  return { user, identities: identities.map(toIdentityInfo), sessions, attempts, groups, permissions, exportedAt }
}
