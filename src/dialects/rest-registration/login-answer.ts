import type { Carrier, IssuedToken } from '../../model/session.ts'
import { endSessionOfCookie } from '../drf/cookie-sessions.ts'
import { sessionCookies, withDeviceCookie } from '../drf/cookies.ts'
import type { DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { RestRegistrationSettings } from './settings.ts'

/** Somebody who was let in; `cookie` is the session beside the token, where there are both. */
export interface LoggedIn {
  readonly issued: IssuedToken
  readonly cookie: IssuedToken | null
  /** Not where a registration let them in. */
  readonly deviceToken?: string
}

type Modes = Pick<RestRegistrationSettings, 'authenticatesSession' | 'retrievesToken' | 'tokenCarrier'>

/** What carries a log-in at this door: a token, with a session beside it or not, or the session alone. */
export function carriersOf({ authenticatesSession, retrievesToken, tokenCarrier }: Modes): {
  readonly carrier: Carrier
  readonly withCookie: boolean
} {
  return retrievesToken
    ? { carrier: tokenCarrier, withCookie: authenticatesSession }
    : { carrier: 'cookie', withCookie: false }
}

/**
 * The answer to whoever was let in, with the token in it and the cookies beside it, as far as the site gives them. The
 * session that the browser held until now ends: nothing is left behind of which no cookie knows any more.
 */
export function loginAnswer(
  { settings, succeed }: Pick<DoorParts, 'settings' | 'succeed'>,
  message: (call: DrfCall) => string,
): (login: LoggedIn, call: DrfCall) => Promise<DrfAnswer> {
  const { authenticatesSession, retrievesToken } = settings
  return async ({ issued, cookie, deviceToken }, call) => {
    const session = retrievesToken ? cookie : issued
    const answer = succeed(message(call), retrievesToken ? { token: issued.token } : {})
    if (!authenticatesSession || session === null) return answer
    await endSessionOfCookie(call, { name: call.settings.cookies.sessionName, carrier: 'cookie' })
    const cookies = sessionCookies(call.exchange, call.settings, session)
    return {
      ...answer,
      cookies: withDeviceCookie(call.exchange, cookies, deviceToken === undefined ? {} : { deviceToken }),
    }
  }
}
