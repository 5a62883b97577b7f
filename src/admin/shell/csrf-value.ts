import { isSameSecret, maskCsrfSecret, newCsrfSecret, readCsrfToken } from '../../dialects/drf/csrf-token.ts'
import { AuthError } from '../../errors.ts'
import { writeCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { AdminForm } from './admin-form.ts'

/** The field of every form, named as Django's is. */
export const CSRF_FIELD = 'csrfmiddlewaretoken'

/** As long as a session lasts at most by default; a form that is older is shown again. */
const LIFETIME_SECONDS = 14 * 86_400

/** What ties the forms of a browser to that browser. */
export interface CsrfValue {
  readonly secret: string
  /** It was made for this answer, which has to set the cookie. */
  readonly isNew: boolean
}

/** What the browser has already, or a new one. */
export function csrfValueOf(exchange: Exchange): CsrfValue {
  const cookie = exchange.cookie(cookieName(exchange))
  const kept = cookie === null ? null : readCsrfToken(cookie)
  return kept?.outcome === 'token' ? { secret: kept.secret, isNew: false } : newCsrfValue(exchange)
}

export const newCsrfValue = ({ engine }: Exchange): CsrfValue => ({ secret: newCsrfSecret(engine), isNew: true })

export function csrfCookie(exchange: Exchange, { secret }: CsrfValue): string {
  const { config } = exchange.engine
  return writeCookie(config, { name: cookieName(exchange), value: secret, maxAgeSeconds: LIFETIME_SECONDS })
}

/** The value as a form holds it: another text each time, so that compression tells nothing of it (BREACH). */
export const maskedCsrf = ({ engine }: Exchange, { secret }: CsrfValue): string => maskCsrfSecret(engine, secret)

/**
 * Refuses a form that was not made for this browser, or comes from elsewhere. The origin has been judged before, but other
 * origins that the site trusts are not trusted with this: a hole in one of them must not be one in the admin. The value holds
 * where a browser, or what stands in front of it, leaves the origin out.
 *
 * @throws {AuthError} `cross_site_request`
 */
export function assertCsrfValue(exchange: Exchange, form: AdminForm): void {
  const origin = exchange.header('origin')
  if (origin !== null && origin !== exchange.engine.config.site.origin) throw new AuthError('cross_site_request')
  const cookie = exchange.cookie(cookieName(exchange))
  const kept = cookie === null ? null : readCsrfToken(cookie)
  const sent = readCsrfToken(form.text(CSRF_FIELD))
  const isSame = kept?.outcome === 'token' && sent.outcome === 'token' && isSameSecret(kept.secret, sent.secret)
  if (!isSame) throw new AuthError('cross_site_request')
}

/** With the prefix that keeps other hosts of the domain from setting it, wherever a browser allows one. */
function cookieName({ engine }: Exchange): string {
  return engine.config.cookies.isSecure ? '__Host-portress-admin-csrf' : 'portress-admin-csrf'
}
