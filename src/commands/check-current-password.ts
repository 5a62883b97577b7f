import type { CommandContext } from './context.ts'
import { assertPasswordText } from './steps/input.ts'
import { proveUser } from './steps/prove-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface CheckCurrentPasswordInput {
  readonly currentPassword: unknown
}

/**
 * Proves that the caller knows their password, and does nothing else. It is a guess like any other, with the same limits
 * and locks.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, what `proveUser` throws
 */
export async function checkCurrentPassword(ctx: CommandContext, input: CheckCurrentPasswordInput): Promise<void> {
  const { user } = requireActor(ctx)
  const { currentPassword: password } = input
  assertPasswordText('currentPassword', password)
  await proveUser(ctx, { claim: { user }, password, action: 'check-password', forgives: false })
}
