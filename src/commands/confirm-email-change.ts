import { AuthError } from '../errors.ts'
import { isActive, type User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { ALL_BUT_UNDO, stillAsProven } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { findCodeOf, type PresentedCodeInput, takeCode } from './steps/find-code.ts'

/** The code from the mailed link, and whatever else the link says of it. */
export type ConfirmEmailChangeInput = PresentedCodeInput

/**
 * Makes the address that the code was mailed to the user's own.
 *
 * Exactly the address in the code's row is set, whatever was asked for since. A code from before the password was
 * replaced is dead. Every other mailed code dies but the undo, which the old address is told of. Of two users who
 * confirm one address, one is refused.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not, `expired`, and
 * `taken_meanwhile` where somebody else has the address by now; `rate_limited`
 */
export async function confirmEmailChange(ctx: CommandContext, input: ConfirmEmailChangeInput): Promise<User> {
  const code = await findCodeOf(ctx, input, 'change-email')
  const user = await ctx.store.users.findById(code.userId)
  const { address: newEmail, sessionEpoch } = code.payload
  if (user === null || !isActive(user) || user.sessionEpoch !== sessionEpoch) throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  const updated = await ctx.store.users.update(
    user.id,
    { email: newEmail, emailVerifiedAt: ctx.clock.now() },
    { when: { ...stillAsProven(user), email: user.email }, removeCodes: ALL_BUT_UNDO },
  )
  // Whoever holds the code reads the mail of that address: only they learn that it has an account.
  if (updated.outcome === 'conflict') throw new AuthError('code_invalid', { reason: 'taken_meanwhile' })
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
  if (user.email !== null) {
    await enqueueMail(ctx, { kind: 'email-changed', user, to: user.email, data: { newEmail } })
  }
  ctx.emit('emailChanged', { user: updated.user, oldEmail: user.email }, ctx.request)
  return updated.user
}
