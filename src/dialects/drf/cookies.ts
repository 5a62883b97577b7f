import type { Exchange } from '../../http/exchange.ts'
import { deviceCookie } from '../../http/login-cookies.ts'
import type { IssuedToken } from '../../model/session.ts'
import { newCsrfSecret } from './csrf-token.ts'
import type { DrfCall, DrfCookies, DrfSettings } from './view.ts'

/** Django's `LANGUAGE_COOKIE_NAME`. */
export const LANGUAGE_COOKIE = 'django_language'

/** As a project of Django has them from the start: two weeks, and a year. */
export const DJANGO_COOKIES: DrfCookies = {
  sessionName: 'sessionid',
  sessionAgeSeconds: 1_209_600,
  csrfName: 'csrftoken',
  csrfAgeSeconds: 31_449_600,
}

/** The two cookies of a log-in with a session; the CSRF token is a new one each time. */
export function sessionCookies(exchange: Exchange, { cookies }: DrfSettings, issued: IssuedToken): readonly string[] {
  const { sessionName, sessionAgeSeconds } = cookies
  const session = `${sessionName}=${issued.token}; ${lifetime(exchange, sessionAgeSeconds)}; HttpOnly; `
  return [session + attributesOf(exchange), csrfCookie(exchange, cookies)]
}

/**
 * The cookies of a log-in, and where the site wants it one more, which the originals do not set: by it the browser is a known
 * device from now on. A client that gets no other cookie gets none.
 */
export function withDeviceCookie(
  exchange: Exchange,
  cookies: readonly string[],
  { deviceToken }: { readonly deviceToken?: string },
): readonly string[] {
  const { deviceAtEveryDoor } = exchange.engine.config.cookies
  const isWanted = deviceAtEveryDoor && cookies.length > 0 && deviceToken !== undefined
  return isWanted ? [...cookies, deviceCookie(exchange, deviceToken)] : cookies
}

/** The cookie of a session that goes on with a new secret; the CSRF token stays. */
export function renewedSessionCookie(
  { exchange, settings }: Pick<DrfCall, 'exchange' | 'settings'>,
  renewed: IssuedToken | null,
): readonly string[] {
  return renewed === null ? [] : sessionCookies(exchange, settings, renewed).slice(0, 1)
}

/** Readable by scripts, which is what it is for. */
export function csrfCookie(
  exchange: Exchange,
  { csrfName, csrfAgeSeconds }: DrfCookies,
  secret: string = newCsrfSecret(exchange.engine),
): string {
  return `${csrfName}=${secret}; ${lifetime(exchange, csrfAgeSeconds)}; ${attributesOf(exchange)}`
}

/** What makes a browser forget the cookie of a session that is over. */
export function clearedSessionCookie({ sessionName }: DrfCookies): string {
  // A browser takes a name with these prefixes only from a cookie that is secure (RFC 6265bis §4.1.3).
  const secure = /^__(?:Host|Secure)-/i.test(sessionName) ? '; Secure' : ''
  return `${sessionName}=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax${secure}`
}

function lifetime({ engine }: Exchange, seconds: number): string {
  const expiresAt = new Date(engine.clock.now().getTime() + seconds * 1000)
  return `expires=${expiresAt.toUTCString()}; Max-Age=${seconds}`
}

function attributesOf({ engine }: Exchange): string {
  const { isSecure, sameSite } = engine.config.cookies
  return `Path=/; SameSite=${sameSite}${isSecure ? '; Secure' : ''}`
}

/** What makes a browser forget the session whose cookie it sent, now that this is over. */
export function forgetSession({
  exchange,
  settings: { cookies },
}: Pick<DrfCall, 'exchange' | 'settings'>): readonly string[] {
  return exchange.cookie(cookies.sessionName) === null ? [] : [clearedSessionCookie(cookies)]
}
