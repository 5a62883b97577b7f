import { AuthError } from '../errors.ts'
import { isActive, type User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertAcceptablePassword } from './steps/accept-password.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { findCode, takeCode } from './steps/find-code.ts'
import { assertPasswordText } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { lockKeysOf } from './steps/lock-keys.ts'

export interface ConfirmPasswordResetInput {
  readonly code: unknown
  readonly newPassword: unknown
}

/**
 * Sets a new password for the user the code was mailed to, and ends everything the old one had opened.
 *
 * The user comes from the code alone. A refused password does not use the code up. Every session, every other code
 * and every lock of the user ends; nobody is logged in by this.
 *
 * @throws {AuthError} `code_invalid`, `validation_failed`, `rate_limited`, `overloaded`
 */
export async function confirmPasswordReset(ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<void> {
  await limitByAddress(ctx, 'passwordsPerAddress')
  const code = await findCode(ctx, input.code, 'reset-password')
  const user = await requireResettable(ctx, code)
  const password = input.newPassword
  assertPasswordText('newPassword', password)
  await assertAcceptablePassword(ctx, user, { field: 'newPassword', password })
  const passwordHash = await ctx.hasher.hash({ password, fairnessKey: `user:${user.id}` })
  await takeCode(ctx, code)
  await replacePassword(ctx, user, passwordHash)
  await ctx.throttles.delete(lockKeysOf(user))
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user, by: 'reset' }, ctx.request)
}

async function requireResettable(
  ctx: CommandContext,
  code: { readonly userId: User['id']; readonly payload: unknown },
): Promise<User> {
  const user = await ctx.store.users.findById(code.userId)
  if (user === null || !isActive(user) || user.email !== code.payload) throw new AuthError('code_invalid')
  return user
}

/** Only while the user is what was checked: a link must not undo what an operator or the owner did meanwhile. */
async function replacePassword(ctx: CommandContext, user: User, passwordHash: string): Promise<void> {
  // Whoever reads the mailbox has proven the address.
  const emailVerifiedAt = user.emailVerifiedAt ?? ctx.clock.now()
  const updated = await ctx.store.users.update(
    user.id,
    { passwordHash, emailVerifiedAt },
    { when: { status: 'active', email: user.email }, endSessions: 'all', removeCodes: true },
  )
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
}
