import { AuthError, type FieldError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { proveUser } from './prove-user.ts'

interface Confirmation {
  readonly actor: User
  readonly currentPassword: string
  /** What the attempt log calls it. */
  readonly action: string
  /** What is wrong with the rest, by field. */
  readonly problems: Readonly<Record<string, readonly FieldError[]>>
}

/**
 * Proves the caller beside other input, so that what is wrong with either is told together.
 *
 * The password costs its slot whatever the rest is, so that bad input is no way to guess for free.
 *
 * @throws {AuthError} `wrong_current_password`; `validation_failed` where something else is wrong, too; what `proveUser`
 * throws
 */
export async function confirmBeside(ctx: CommandContext, confirmation: Confirmation): Promise<User> {
  const { actor, currentPassword, action, problems } = confirmation
  try {
    return (await proveUser(ctx, { claim: { user: actor }, password: currentPassword, action })).user
  } catch (error) {
    const isWrong = error instanceof AuthError && error.code === 'wrong_current_password'
    const others = Object.entries(problems).filter(([, list]) => list.length > 0)
    if (!isWrong || others.length === 0) throw error
    const fields = { ...Object.fromEntries(others), currentPassword: [{ code: 'wrong_password' }] } as const
    throw new AuthError('validation_failed', { fields }, { cause: error })
  }
}
