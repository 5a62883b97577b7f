import { assertSameSite } from '../../http/origin-check.ts'
import { assertCsrfToken } from './csrf.ts'
import { isSafeMethod } from './safe-methods.ts'
import type { SchemeInput } from './scheme.ts'

/**
 * The access token in its cookie, or `null`. Any `Authorization` keeps it from being read, whatever that holds.
 *
 * What came from another site has been refused before this, as far as the request said so. Where the cookie goes along
 * with such requests a request must say it.
 *
 * @throws {DrfError} 403 without the CSRF token, where the door asks for it
 * @throws {AuthError} `cross_site_request`
 */
export async function readJwtCookie(input: SchemeInput): Promise<string | null> {
  const { exchange, settings } = input
  const { accessName = null, sameSite, usesCsrf } = settings.jwtCookies ?? {}
  if (accessName === null || exchange.header('authorization') !== null) return null
  input.cookies.isCookieAsked = true
  const token = exchange.cookie(accessName)
  if (token === null || isSafeMethod(exchange.method)) return token
  if (sameSite === 'None') assertSameSite(exchange, { usesCookie: true })
  // Before the token is looked at: a stale one is not a way to find out whether this is asked.
  if (usesCsrf === true) await assertCsrfToken({ ...input, cookies: settings.cookies })
  return token
}
