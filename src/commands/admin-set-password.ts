import { AuthError } from '../errors.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { newPasswordErrors } from './steps/accept-password.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { userChanges } from './steps/audit-changes.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { assertMayTouch, assertNotSelf, stillAsJudged } from './steps/may-touch.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface AdminSetPasswordInput extends FreshnessInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
  /** `null`: the user cannot log in with a password any more, before a reset. */
  readonly newPassword: unknown
  /** The same a second time, where the form asks for it. */
  readonly newPasswordAgain?: unknown
}

/**
 * Sets the password of somebody else, by the same policy as everywhere. Every session and every mailed code of the user
 * ends, and the user is told. One's own password is changed with the one that it had.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`; `forbidden`, with the reason `own_account` or `proof_too_old`;
 * `validation_failed`, `overloaded`
 */
export async function adminSetPassword(ctx: CommandContext, input: AdminSetPasswordInput): Promise<void> {
  const operator = await requireOperator(ctx, 'change_user')
  const user = await requireUserById(ctx, input.userId)
  assertNotSelf(operator, user)
  await assertMayTouch(ctx, operator, { subject: user, touch: 'way-in' })
  await assertFresh(ctx, input)
  const { newPassword: password, newPasswordAgain: again } = input
  if (password !== null) assertNoErrors(await newPasswordErrors(ctx, user, { field: 'newPassword', password, again }))
  const passwordHash = password === null ? null : await hashOf(ctx, password)
  const consequences = { endSessions: 'all', removeCodes: 'all', when: stillAsJudged(ctx, user) } as const
  const updated = await ctx.store.users.update(user.id, { passwordHash }, consequences)
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  await forgetGuesses(ctx, user)
  const object = auditedUser(user)
  await writeAudit(ctx, { action: 'user.password-set', object, changes: userChanges(ctx, user, updated.user) })
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user: updated.user, by: 'operator' }, ctx.request)
}

function hashOf(ctx: CommandContext, password: unknown): Promise<string> {
  assertPasswordText('newPassword', password)
  return ctx.hasher.hash({ password, fairnessKey: 'operator' })
}
