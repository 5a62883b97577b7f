import { checkResetCode } from '../../commands/check-reset-code.ts'
import { type ConfirmPasswordResetInput, confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'

/**
 * Sets a new password, and tells what is wrong with the link before what is wrong with the password. The command does it
 * the other way round, so where the password is refused, the link is looked at after all.
 *
 * `goesFirst` may leave a complaint about the link behind. @default none
 */
export function linkBeforePassword(
  goesFirst: (refusedLink: AuthError) => boolean = () => true,
): (ctx: CommandContext, input: ConfirmPasswordResetInput) => Promise<void> {
  return async (ctx, input) => {
    try {
      await confirmPasswordReset(ctx, input)
    } catch (error) {
      if (!isRefusal(error, 'validation_failed')) throw error
      const refusedLink = await refusalOfLink(ctx, input)
      throw refusedLink !== null && goesFirst(refusedLink) ? refusedLink : error
    }
  }
}

async function refusalOfLink(ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<AuthError | null> {
  try {
    await checkResetCode(ctx, input)
    return null
  } catch (error) {
    if (isRefusal(error, 'code_invalid')) return error
    throw error
  }
}

const isRefusal = (error: unknown, code: AuthError['code']): error is AuthError =>
  error instanceof AuthError && error.code === code
