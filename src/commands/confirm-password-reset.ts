import { AuthError } from '../errors.ts'
import { canonicalEmail } from '../model/identifier.ts'
import type { User, UserChanges } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertAcceptablePassword, NOBODY, newPasswordErrors } from './steps/accept-password.ts'
import { ALL_BUT_UNDO } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { type PresentedCodeInput, takeCode } from './steps/find-code.ts'
import { findResettable } from './steps/find-resettable.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'

/** The code from the mailed link, and whatever else the link says of it. */
export interface ConfirmPasswordResetInput extends PresentedCodeInput {
  readonly newPassword: unknown
  /** The new password a second time, where the form asks for it; compared as it is. */
  readonly newPasswordAgain?: unknown
  /** Counts as the user's last log-in, though nobody is logged in. @default false */
  readonly updateLastLogin?: boolean
}

/**
 * Sets a new password for the user the code was mailed to, and ends everything the old one had opened.
 *
 * What is wrong with the password whoever it is for is told before anything about the code. The user comes from the code
 * alone; one who was pending becomes active, because the mailbox is proven by this. A refused password does not use the
 * code up. Every session, every other code but an undo, and every lock of the user ends; nobody is logged in by this.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not;
 * `validation_failed`, `rate_limited`, `overloaded`
 */
export async function confirmPasswordReset(ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<void> {
  const { newPassword: password, newPasswordAgain: again, updateLastLogin = false } = input
  await limitByAddress(ctx, 'passwordsPerAddress')
  assertNoErrors(await newPasswordErrors(ctx, NOBODY, { field: 'newPassword', password, again }))
  assertPasswordText('newPassword', password)
  const { code, user } = await findResettable(ctx, input)
  await assertAcceptablePassword(ctx, user, { field: 'newPassword', password })
  const passwordHash = await ctx.hasher.hash({ password, fairnessKey: `user:${user.id}` })
  await takeCode(ctx, code)
  await replacePassword(ctx, user, { passwordHash, ...(updateLastLogin ? { lastLoginAt: ctx.clock.now() } : {}) })
  await forgetGuesses(ctx, user)
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user, by: 'reset' }, ctx.request)
}

/** Only while the user is what was checked: a link must not undo what an operator or the owner did meanwhile. */
async function replacePassword(ctx: CommandContext, user: User, changes: UserChanges): Promise<void> {
  // Whoever reads the mailbox has proven the address; of a registration that nobody confirmed only the name remains.
  const emailVerifiedAt = user.emailVerifiedAt ?? ctx.clock.now()
  const { status, email, sessionEpoch } = user
  const updated = await ctx.store.users.update(
    user.id,
    { ...changes, emailVerifiedAt, status: 'active' },
    {
      when: { status, email, sessionEpoch },
      endSessions: 'all',
      removeCodes: ALL_BUT_UNDO,
      ...((await isConnectedUnproven(ctx, user)) ? { removeIdentities: 'all' } : {}),
    },
  )
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
}

/**
 * Whoever connected a provider need not be who reads the mailbox: nobody had proven it so far, or it was proven only after
 * a provider had claimed it, when somebody pressed the link in the mail for it. That mail comes to a mailbox whose owner
 * may be waiting for one of their own. What was connected since is no better: it may have been done from inside.
 */
async function isConnectedUnproven(ctx: CommandContext, user: User): Promise<boolean> {
  const { emailVerifiedAt: provenAt, passwordHash, dateJoined } = user
  if (provenAt === null || (passwordHash === null && dateJoined < provenAt)) return true
  const identities = await ctx.store.identities.listForUser(user.id)
  return identities.some(({ email, createdAt }) => createdAt < provenAt && isSameAddress(email, user.email))
}

const isSameAddress = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && canonicalEmail(one) === canonicalEmail(other)
