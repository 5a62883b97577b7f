import { authenticate } from '../../commands/authenticate.ts'
import { logout } from '../../commands/logout.ts'
import { revokeToken } from '../../commands/revoke-token.ts'
import { AuthError } from '../../errors.ts'
import type { ActiveSession, Carrier } from '../../model/session.ts'
import type { DrfCall } from './view.ts'

/** A cookie that a browser may hold, and what carries its session. */
export interface HeldCookie {
  /** `null`: the door has none. */
  readonly name: string | null
  readonly carrier: Carrier
}

/** The session that a cookie of the request holds, whoever else the request says it is from; `null` where it holds none. */
export async function sessionOfCookie(
  { exchange }: Pick<DrfCall, 'exchange'>,
  { name, carrier }: HeldCookie,
): Promise<ActiveSession | null> {
  const cookie = name === null ? null : exchange.cookie(name)
  if (cookie === null || cookie === '') return null
  try {
    return await authenticate(exchange.engine, cookie, carrier)
  } catch (error) {
    if (isBadToken(error)) return null
    throw error
  }
}

/** Ends the session of a cookie, where there is one. */
export async function endSessionOfCookie(call: DrfCall, held: HeldCookie): Promise<void> {
  const active = await sessionOfCookie(call, held)
  if (active !== null) await logout({ ...call.ctx, actor: active })
}

/**
 * Ends the session behind the refresh token of a cookie. One that is bad already is no matter, and neither is that too many
 * of this address were: nobody stays logged in because of what their neighbours try.
 */
export async function endRefreshCookie(call: DrfCall, name: string | null): Promise<void> {
  const refreshToken = name === null ? null : call.exchange.cookie(name)
  if (refreshToken === null || refreshToken === '') return
  try {
    await revokeToken(call.ctx, { refreshToken, carrier: 'simple-jwt' })
  } catch (error) {
    const isLimited = error instanceof AuthError && error.code === 'rate_limited'
    if (!isBadToken(error) && !isLimited) throw error
  }
}

export const isBadToken = (error: unknown): error is AuthError =>
  error instanceof AuthError && error.code === 'token_invalid'
