import { AuthError } from '../errors.ts'
import type { CommandContext } from './context.ts'
import { findCode, takeCode } from './steps/find-code.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'

export interface UnlockInput {
  /** From the mail that told of the lock. */
  readonly code: unknown
}

/**
 * Ends the lock of the user the code was mailed to, and forgets the wrong guesses.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function unlock(ctx: CommandContext, input: UnlockInput): Promise<void> {
  const code = await findCode(ctx, input.code, 'unlock')
  const user = await ctx.store.users.findById(code.userId)
  if (user === null) throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  await forgetGuesses(ctx, user)
  ctx.emit('userUnlocked', { user, identifier: null }, ctx.request)
}
