import { type Account, toAccount } from '../model/account.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { NOBODY, newPasswordErrors } from './steps/accept-password.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { NOBODY_YET, userChanges } from './steps/audit-changes.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText, type FieldErrors, markProblems } from './steps/input.ts'
import { insertUser, isUsernameTaken, refuseTaken } from './steps/insert-user.ts'
import { assertSuperuser } from './steps/may-touch.ts'
import { type CheckedNewUser, type NewUserInput, readNewUser } from './steps/read-new-user.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface AdminCreateUserInput extends NewUserInput, FreshnessInput {
  /** The first password; `null` makes a user who cannot log in with one. Left out with `invite`. */
  readonly password?: unknown
  /** The same a second time, where the form asks for it. */
  readonly passwordAgain?: unknown
  /** Mails a link by which the user chooses the first password, and proves the address by that. @default false */
  readonly invite?: boolean
  /** Counts the address as proven, although nobody has asked it. @default true, and false with `invite` */
  readonly isEmailVerified?: boolean
  /** Only superusers say so. @default false */
  readonly isStaff?: boolean
  /** Only superusers say so. @default false */
  readonly isSuperuser?: boolean
}

/**
 * Adds an active user, with a first password or with an invitation by mail. Reserved names are free.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, with the reason `proof_too_old` for staff and superusers;
 * `validation_failed`, `overloaded`
 */
export async function adminCreateUser(ctx: CommandContext, input: AdminCreateUserInput): Promise<Account> {
  const operator = await requireOperator(ctx, 'add_user')
  const { isStaff = false, isSuperuser = false, invite = false, isEmailVerified = !invite } = input
  if (isStaff !== false || isSuperuser !== false) {
    assertSuperuser(operator)
    await assertFresh(ctx, input)
  }
  const { user: checked, errors } = readNewUser(ctx, input, { by: 'operator' })
  const isTaken = errors['username'] === undefined && (await isUsernameTaken(ctx, checked.username))
  assertNoErrors({
    ...errors,
    ...(isTaken ? { username: [{ code: 'taken' }] } : {}),
    ...markProblems({ isStaff, isSuperuser }),
    ...(invite ? invitationErrors(checked, errors) : await passwordErrors(ctx, checked, input)),
  })
  const inserted = await insertUser(ctx, checked, {
    passwordHash: invite ? null : await hashOf(ctx, input.password),
    status: 'active',
    emailVerifiedAt: checked.email !== null && isEmailVerified === true ? ctx.clock.now() : null,
    isStaff,
    isSuperuser,
  })
  if ('taken' in inserted) throw refuseTaken(inserted.taken)
  await tell(ctx, inserted.user, invite)
  return toAccount(inserted.user)
}

function invitationErrors({ email }: CheckedNewUser, errors: FieldErrors): FieldErrors {
  return email === null && errors['email'] === undefined ? { email: [{ code: 'required' }] } : {}
}

async function passwordErrors(
  ctx: CommandContext,
  checked: CheckedNewUser,
  { password, passwordAgain: again }: AdminCreateUserInput,
): Promise<FieldErrors> {
  if (password === null) return {}
  return newPasswordErrors(ctx, { ...NOBODY, ...checked }, { field: 'password', password, again })
}

async function hashOf(ctx: CommandContext, password: unknown): Promise<string | null> {
  if (password === null) return null
  assertPasswordText('password', password)
  return ctx.hasher.hash({ password, fairnessKey: 'operator' })
}

async function tell(ctx: CommandContext, user: User, isInvited: boolean): Promise<void> {
  const changes = userChanges(ctx, { ...user, ...NOBODY_YET }, user)
  await writeAudit(ctx, { action: isInvited ? 'user.invited' : 'user.created', object: auditedUser(user), changes })
  // It is owed: the operator says that the user wants it, and an address that has had many mails must get this one.
  if (isInvited) await enqueueMail(ctx, { kind: 'invitation', user, isOwed: true })
  ctx.emit('userRegistered', { user }, ctx.request)
}
