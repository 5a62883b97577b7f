import type { CommandContext } from './context.ts'
import { assertAcceptablePassword, NOBODY } from './steps/accept-password.ts'
import { assertPasswordText } from './steps/input.ts'

export interface CheckPasswordInput {
  readonly password: unknown
  /** The name of the field that the complaints stand under. @default 'password' */
  readonly field?: string
}

/**
 * Judges a password that somebody may take, without knowing who: whatever is wrong with it but a likeness to its owner.
 *
 * @throws {AuthError} `validation_failed`
 */
export async function checkPassword(ctx: CommandContext, input: CheckPasswordInput): Promise<void> {
  const { password, field = 'password' } = input
  assertPasswordText(field, password)
  await assertAcceptablePassword(ctx, NOBODY, { field, password })
}
