import type { Attempt } from '../model/attempt.ts'
import type { Session } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/** Attempts in an export; older ones are beyond their retention anyway. */
const MAX_ATTEMPTS = 10_000

/** Everything that is kept about one user. Dialects leave the password hash and the digests of secrets out. */
export interface UserExport {
  readonly user: User
  readonly sessions: readonly Session[]
  readonly attempts: readonly Attempt[]
  readonly exportedAt: Date
}

/**
 * Gathers what is kept about the caller (GDPR, articles 15 and 20).
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function exportUser(ctx: CommandContext): Promise<UserExport> {
  const { user } = requireActor(ctx)
  const exportedAt = ctx.clock.now()
  const sessions = await ctx.store.sessions.listForUser(user.id, exportedAt)
  const attempts = await ctx.store.attempts.list({ userId: user.id, limit: MAX_ATTEMPTS })
  return { user, sessions, attempts, exportedAt }
}
