import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertAcceptablePassword } from './steps/accept-password.ts'
import { ALL_BUT_UNDO } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { type FoundCode, findCode, takeCode } from './steps/find-code.ts'
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
 * The user comes from the code alone; one who was pending becomes active, because the mailbox is proven by this. A
 * refused password does not use the code up. Every session, every other code but an undo, and every lock of the user
 * ends; nobody is logged in by this.
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

async function requireResettable(ctx: CommandContext, { userId, payload }: FoundCode): Promise<User> {
  const user = await ctx.store.users.findById(userId)
  const isSame = user?.email === payload.address && user.sessionEpoch === payload.sessionEpoch
  if (user === null || user.status === 'disabled' || !isSame) throw new AuthError('code_invalid')
  return user
}

/** Only while the user is what was checked: a link must not undo what an operator or the owner did meanwhile. */
async function replacePassword(ctx: CommandContext, user: User, passwordHash: string): Promise<void> {
  // Whoever reads the mailbox has proven the address; of a registration that nobody confirmed only the name remains.
  const emailVerifiedAt = user.emailVerifiedAt ?? ctx.clock.now()
  const { status, email, sessionEpoch } = user
  const updated = await ctx.store.users.update(
    user.id,
    { passwordHash, emailVerifiedAt, status: 'active' },
    { when: { status, email, sessionEpoch }, endSessions: 'all', removeCodes: ALL_BUT_UNDO },
  )
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
}
