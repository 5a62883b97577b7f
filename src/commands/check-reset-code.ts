import type { CommandContext } from './context.ts'
import { findResettable } from './steps/find-resettable.ts'

export interface CheckResetCodeInput {
  readonly code: unknown
  /** Whose the code must be, where the link names a user; without it the code alone tells. */
  readonly userId?: unknown
}

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
