import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { ALL_BUT_UNDO } from './steps/conditions.ts'
import { findCode, takeCode } from './steps/find-code.ts'

export interface ActivateInput {
  /** From the mailed link. */
  readonly code: unknown
}

/**
 * Proves the address that the code was mailed to, and activates a user who was pending.
 *
 * A user whom an operator disabled stays disabled, and a code for an address that is no longer the user's is dead.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function activate(ctx: CommandContext, input: ActivateInput): Promise<User> {
  const code = await findCode(ctx, input.code, 'verify-email')
  const user = await ctx.store.users.findById(code.userId)
  if (user === null || user.status === 'disabled' || user.email !== code.payload.address)
    throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  const updated = await ctx.store.users.update(
    user.id,
    { status: 'active', emailVerifiedAt: ctx.clock.now() },
    { when: { status: user.status, email: user.email }, removeCodes: ALL_BUT_UNDO },
  )
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
  ctx.emit('emailVerified', { user: updated.user }, ctx.request)
  return updated.user
}
