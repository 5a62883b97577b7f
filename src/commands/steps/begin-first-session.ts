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
  /** Begins a session with a cookie beside the one of the carrier. */
  readonly withCookie: boolean
  /** What stands for a backend: how the user came in. */
  readonly by: 'registration' | 'activation'
}

export interface FirstSessions {
  readonly issued: IssuedToken | null
  /** Only beside `issued`, and only where it was asked for. */
  readonly cookie: IssuedToken | null
}

/**
 * Logs a user in who has just been made or activated, where the caller asks for that.
 *
 * `issued` is `null` where no session began: `beforeLogin` refused, or the user may not log in any more. What came before stands all
 * the same, and the user can still log in with the password. It is no log-in as far as `lastLoginAt` goes.
 */
export async function beginFirstSession(ctx: CommandContext, first: FirstSession): Promise<FirstSessions> {
  const { user, carrier, assurance, withCookie, by: backend } = first
  if (carrier === undefined) return NONE
  const refusal = await ctx.hooks.beforeLogin?.(toAccount(user), ctx.request)
  if (refusal) return NONE
  const begin = (by: Carrier): Promise<IssuedToken | null> =>
    tryToBeginSession(ctx, { sessionId: newSessionId(ctx), user, carrier: by, assurance, backend })
  const issued = await begin(carrier)
  if (issued === null) return NONE
  ctx.emit('userLoggedIn', { user, session: issued.session, isNewDevice: false }, ctx.request)
  return { issued, cookie: withCookie ? await begin('cookie') : null }
}

const NONE: FirstSessions = { issued: null, cookie: null }
