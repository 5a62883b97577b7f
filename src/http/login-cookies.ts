import type { IssuedToken } from '../model/session.ts'
import { writeCookie } from './cookies.ts'
import type { Exchange } from './exchange.ts'

/** RFC 6265bis §5.5: browsers keep no cookie longer than 400 days. */
const DEVICE_COOKIE_SECONDS = 400 * 86_400

/** What a browser keeps after a log-in: the session, where its carrier is a cookie, and that this device is known. */
export function loginCookies(
  exchange: Exchange,
  { issued, deviceToken }: { readonly issued: IssuedToken; readonly deviceToken: string },
): readonly string[] {
  const session = issued.session.carrier === 'cookie' ? [sessionCookie(exchange, issued)] : []
  return [...session, deviceCookie(exchange, deviceToken)]
}

/** The cookie by which a device is known. It opens nothing: it gives the device a count of wrong guesses of its own. */
export function deviceCookie({ engine: { config } }: Exchange, deviceToken: string): string {
  const { deviceName } = config.cookies
  return writeCookie(config, { name: deviceName, value: deviceToken, maxAgeSeconds: DEVICE_COOKIE_SECONDS })
}

/** The cookie that carries a session. */
export function sessionCookie({ engine: { config, clock } }: Exchange, { token, expiresAt }: IssuedToken): string {
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt.getTime() - clock.now().getTime()) / 1000))
  return writeCookie(config, { name: config.cookies.sessionName, value: token, maxAgeSeconds })
}
