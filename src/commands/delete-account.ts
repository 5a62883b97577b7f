import { toAccount } from '../model/account.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { assertLeavesSuperuser } from './steps/assert-leaves-superuser.ts'
import { stillAsProven } from './steps/conditions.ts'
import { findSubjectToChange, subjectMissed } from './steps/find-subject.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'
import { assertPasswordText } from './steps/input.ts'
import { stillAsJudged } from './steps/may-touch.ts'
import { proveUser } from './steps/prove-user.ts'
import { requireActor } from './steps/require-actor.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface DeleteAccountInput {
  /** Always the caller's own, whoever is deleted. */
  readonly currentPassword: unknown
  /** Another user, for staff. @default the caller */
  readonly userId?: unknown
}

/**
 * Deletes the caller, or for staff another user, with everything that belongs to them: sessions, codes, profiles,
 * attempts, counts. Only superusers delete staff and superusers.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`, `wrong_current_password`, `refused_by_hook`, what
 * `proveUser` throws
 */
export async function deleteAccount(ctx: CommandContext, input: DeleteAccountInput): Promise<void> {
  const { user: actor } = requireActor(ctx)
  const user = await findSubjectToChange(ctx, input.userId)
  assertPasswordText('currentPassword', input.currentPassword)
  const claim = { user: actor }
  const proven = await proveUser(ctx, { claim, password: input.currentPassword, action: 'delete-account' })
  await askHook(ctx.hooks.beforeDelete?.(toAccount(user), ctx.request))
  if (user.id !== actor.id) await assertLeavesSuperuser(ctx, { operator: actor, subject: user, changes: null })
  const when = user.id === actor.id ? stillAsProven(proven.user) : stillAsJudged(ctx, user)
  const isDeleted = await ctx.store.users.delete(user.id, when)
  if (!isDeleted) throw subjectMissed(ctx, user)
  await forgetGuesses(ctx, user)
  if (user.id !== actor.id) await writeAudit(ctx, { action: 'user.deleted', object: auditedUser(user) })
  ctx.emit('userDeleted', { user }, ctx.request)
}
