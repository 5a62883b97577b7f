import { AuthError } from '../errors.ts'
import type { User, UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { passwordProblems } from './steps/accept-password.ts'
import { userChanges } from './steps/audit-changes.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface SetPasswordInput {
  readonly userId: UserId
  readonly newPassword: string
  readonly passwordCheck: 'enforced' | 'bypassed'
}

/**
 * Sets a user's password without knowing the old one, for operators. Ends what the old one had opened and tells the
 * owner.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function setPassword(ctx: CommandContext, input: SetPasswordInput): Promise<User> {
  const user = await ctx.store.users.findById(input.userId)
  if (user === null) throw new AuthError('not_found')
  assertPasswordText('password', input.newPassword)
  const isChecked = input.passwordCheck === 'enforced'
  assertNoErrors({ password: isChecked ? await passwordProblems(ctx, user, input.newPassword) : [] })
  const passwordHash = await ctx.hasher.hash({ password: input.newPassword, fairnessKey: 'operator' })
  const updated = await ctx.store.users.update(user.id, { passwordHash }, { endSessions: 'all', removeCodes: 'all' })
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  await forgetGuesses(ctx, user)
  const object = auditedUser(user)
  await writeAudit(ctx, { action: 'user.password-set', object, changes: userChanges(ctx, user, updated.user) })
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user: updated.user, by: 'operator' }, ctx.request)
  return updated.user
}
