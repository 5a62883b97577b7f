import { AuthError } from '../errors.ts'
import type { User, UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { refuseField } from './steps/input.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface SetStatusInput {
  readonly userId: UserId
  readonly status: 'active' | 'disabled'
}

/**
 * Disables a user or lets them in again, for operators. Disabling ends every session and every mailed code at once.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function setStatus(ctx: CommandContext, { userId, status }: SetStatusInput): Promise<User> {
  if (status !== 'active' && status !== 'disabled') throw refuseField('status', 'not_a_choice')
  const also = status === 'disabled' ? ({ endSessions: 'all', removeCodes: 'all' } as const) : {}
  const updated = await ctx.store.users.update(userId, { status }, also)
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  const action = status === 'disabled' ? 'user.deactivated' : 'user.activated'
  await writeAudit(ctx, { action, object: auditedUser(updated.user) })
  if (status === 'disabled') ctx.emit('sessionRevoked', { user: updated.user, sessionIds: 'all' }, ctx.request)
  return updated.user
}
