import { toAccount } from '../../model/account.ts'
import type { Assurance, Carrier, IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { newSessionId, tryToBeginSession } from './begin-session.ts'

interface FirstSession {
  readonly user: User
  /** `undefined`: nobody is to be logged in. */
  readonly carrier: Carrier | undefined
  readonly assurance: Assurance
  /** What stands for a backend: how the user came in. */
  readonly by: 'registration' | 'activation'
}

/**
 * Logs a user in who has just been made or activated, where the caller asks for that.
 *
 * `null` where no session began: `beforeLogin` refused, or the user may not log in any more. What came before stands all
 * the same, and the user can still log in with the password. It is no log-in as far as `lastLoginAt` goes.
 */
export async function beginFirstSession(ctx: CommandContext, first: FirstSession): Promise<IssuedToken | null> {
  const { user, carrier, assurance, by: backend } = first
  if (carrier === undefined) return null
  const refusal = await ctx.hooks.beforeLogin?.(toAccount(user), ctx.request)
  if (refusal) return null
  const issued = await tryToBeginSession(ctx, { sessionId: newSessionId(ctx), user, carrier, assurance, backend })
  if (issued !== null) ctx.emit('userLoggedIn', { user, session: issued.session, isNewDevice: false }, ctx.request)
  return issued
}
