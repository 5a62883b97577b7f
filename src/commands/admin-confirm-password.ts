import type { CommandContext } from './context.ts'
import { rememberProof } from './steps/assert-fresh.ts'
import { assertPasswordText } from './steps/input.ts'
import { proveUser } from './steps/prove-user.ts'
import { requireStaff } from './steps/require-operator.ts'

export interface AdminConfirmPasswordInput {
  readonly currentPassword: unknown
}

/**
 * Lets an operator go on with what is dangerous, in this session, for some minutes. A guess like any other.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `wrong_current_password`, `validation_failed`, what `proveUser`
 * throws
 */
export async function adminConfirmPassword(ctx: CommandContext, input: AdminConfirmPasswordInput): Promise<void> {
  const user = requireStaff(ctx)
  const { currentPassword: password } = input
  assertPasswordText('currentPassword', password)
  await proveUser(ctx, { claim: { user }, password, action: 'confirm-password' })
  await rememberProof(ctx)
}
