import type { CommandContext } from './context.ts'
import type { PresentedCodeInput } from './steps/find-code.ts'
import { findResettable } from './steps/find-resettable.ts'

/** The code from the mailed link, and whatever else the link says of it. */
export type CheckResetCodeInput = PresentedCodeInput

/**
 * Resolves where `confirmPasswordReset` would take the code, for pages that ask for a new password only then. Nothing is
 * used up or changed, so the code may be gone a moment later.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not;
 * `rate_limited`
 */
export async function checkResetCode(ctx: CommandContext, input: CheckResetCodeInput): Promise<void> {
  await findResettable(ctx, input)
}
