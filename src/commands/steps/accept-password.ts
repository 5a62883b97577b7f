import type { PasswordContext } from '../../contracts/validator.ts'
import type { FieldError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertNoErrors, assertPasswordText, type FieldErrors, passwordTextProblem } from './input.ts'
import { repetitionProblems } from './repetition-problems.ts'

export type PasswordOwner = Pick<User, 'username' | 'email' | 'firstName' | 'lastName'>

/**
 * The one policy for new passwords: registration, change, reset and operators all come through here.
 *
 * @throws {AuthError} `validation_failed` under the name of the field
 */
export async function assertAcceptablePassword(
  ctx: CommandContext,
  owner: PasswordOwner,
  { field, password }: { readonly field: string; readonly password: string },
): Promise<void> {
  assertPasswordText(field, password)
  assertNoErrors({ [field]: await passwordProblems(ctx, owner, password) })
}

/** Stands in for the owner of a password where there is none yet, or none that may be told from others. */
export const NOBODY: PasswordOwner = { username: null, email: null, firstName: '', lastName: '' }

/** A new password as it was typed. */
interface TypedPassword {
  readonly field: string
  readonly password: unknown
  /** The second entry; `undefined` where none was asked for. */
  readonly again: unknown
}

/** Everything that is wrong with a new password, and with its repetition under `…Again`. */
export async function newPasswordErrors(
  ctx: CommandContext,
  owner: PasswordOwner,
  { field, password, again }: TypedPassword,
): Promise<FieldErrors> {
  const unfit = passwordTextProblem(password)
  return {
    [field]: unfit === null ? await passwordProblems(ctx, owner, String(password)) : [{ code: unfit }],
    [`${field}Again`]: repetitionProblems(password, again),
  }
}

/** What the configured validators say, in their order. The text itself has been checked. */
export async function passwordProblems(
  ctx: CommandContext,
  owner: PasswordOwner,
  password: string,
): Promise<readonly FieldError[]> {
  const { username, email, firstName, lastName } = owner
  const siteWords = [ctx.config.site.name, new URL(ctx.config.site.origin).hostname]
  const context: PasswordContext = { username, email, firstName, lastName, siteWords }
  const problems: FieldError[] = []
  for (const validator of ctx.validators) problems.push(...(await validator.validate(password, context)))
  return problems
}
