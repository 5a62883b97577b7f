import { AuthError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { type FoundCode, findCodeOf, type PresentedCodeInput } from './find-code.ts'

/** A code that sets a new password, and whose. */
export interface Resettable {
  readonly code: FoundCode
  readonly user: User
}

/**
 * Finds the user whose password a mailed code may set as things are now. Nothing is used up.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not;
 * `rate_limited`
 */
export async function findResettable(ctx: CommandContext, presented: PresentedCodeInput): Promise<Resettable> {
  const code = await findCodeOf(ctx, presented, 'reset-password')
  const { userId, payload } = code
  const user = await ctx.store.users.findById(userId)
  const isSame = user?.email === payload.address && user.sessionEpoch === payload.sessionEpoch
  if (user === null || user.status === 'disabled' || !isSame) throw new AuthError('code_invalid')
  return { code, user }
}
