import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { passwordProblems } from './steps/accept-password.ts'
import { NOBODY_YET, userChanges } from './steps/audit-changes.ts'
import { assertNoErrors, assertPasswordText, markProblems } from './steps/input.ts'
import { insertUser, refuseTaken } from './steps/insert-user.ts'
import { type NewUserInput, readNewUser } from './steps/read-new-user.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface CreateUserInput extends NewUserInput {
  /** `null` makes a user who cannot log in with a password. */
  readonly password: string | null
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
  /** Whether the validators' complaints about the password count. */
  readonly passwordCheck: 'enforced' | 'bypassed'
}

/**
 * Makes an active user with a proven address, for operators. Nothing is mailed and nobody's proof is asked; reserved
 * names are free.
 *
 * @throws {AuthError} `validation_failed`
 */
export async function createUser(ctx: CommandContext, input: CreateUserInput): Promise<User> {
  const { user: checked, errors } = readNewUser(ctx, input, { by: 'operator' })
  const { password, isStaff, isSuperuser } = input
  if (password !== null) assertPasswordText('password', password)
  const isChecked = password !== null && input.passwordCheck === 'enforced'
  assertNoErrors({
    ...errors,
    ...markProblems({ isStaff, isSuperuser }),
    password: isChecked ? await passwordProblems(ctx, checked, password) : [],
  })
  const inserted = await insertUser(ctx, checked, {
    passwordHash: password === null ? null : await ctx.hasher.hash({ password, fairnessKey: 'operator' }),
    status: 'active',
    emailVerifiedAt: checked.email === null ? null : ctx.clock.now(),
    isStaff: isStaff ?? false,
    isSuperuser: isSuperuser ?? false,
  })
  if ('taken' in inserted) throw refuseTaken(inserted.taken)
  const { user } = inserted
  const changes = userChanges(ctx, { ...user, ...NOBODY_YET }, user)
  await writeAudit(ctx, { action: 'user.created', object: auditedUser(user), changes })
  ctx.emit('userRegistered', { user: inserted.user }, ctx.request)
  return inserted.user
}
