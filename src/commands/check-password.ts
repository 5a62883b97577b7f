import type { CommandContext } from './context.ts'
import { assertAcceptablePassword, NOBODY } from './steps/accept-password.ts'
import { assertPasswordText } from './steps/input.ts'
import { requireActor } from './steps/require-actor.ts'

export interface CheckPasswordInput {
  readonly password: unknown
  /** The name of the field that the complaints stand under. @default 'password' */
  readonly field?: string
  /** It is for the caller: a likeness to their own data is told, too. @default false */
  readonly isForCaller?: boolean
}

/**
 * Judges a password that somebody may take: whatever is wrong with it, but a likeness to its owner only where that is the caller.
 *
 * @throws {AuthError} `validation_failed`; `not_authenticated` where there is no caller for whom it could be
 */
export async function checkPassword(ctx: CommandContext, input: CheckPasswordInput): Promise<void> {
  const { password, field = 'password', isForCaller = false } = input
  assertPasswordText(field, password)
  const owner = isForCaller ? requireActor(ctx).user : NOBODY
  await assertAcceptablePassword(ctx, owner, { field, password })
}
