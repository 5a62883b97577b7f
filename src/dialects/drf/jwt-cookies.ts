import type { Exchange } from '../../http/exchange.ts'
import type { IssuedToken } from '../../model/session.ts'

/** The two cookies of JSON Web Tokens. */
export interface JwtCookieSettings {
  readonly accessName: string | null
  readonly refreshName: string | null
  readonly refreshPath: string
  /** Where the site's own cookies are secure these are, too, whatever stands here. `null`: as those. */
  readonly isSecure: boolean | null
  readonly isHttpOnly: boolean
  /** `null`: the attribute is left out. */
  readonly sameSite: 'Lax' | 'Strict' | 'None' | null
  readonly domain: string | null
  readonly usesCsrf: boolean
  readonly enforcesCsrfOnUnauthenticated: boolean
}

/** As far as these cookies are concerned, the settings of a door. */
interface WithJwtCookies {
  readonly jwtCookies?: JwtCookieSettings
}

/** The cookies of new tokens, as far as they have names here. Each lasts as long as what it holds. */
export function jwtCookies(
  exchange: Exchange,
  { jwtCookies: settings }: WithJwtCookies,
  issued: IssuedToken,
): readonly string[] {
  if (settings === undefined) return []
  const { token, expiresAt, refreshToken, refreshExpiresAt } = issued
  const { accessName, refreshName, refreshPath } = settings
  const now = exchange.engine.clock.now()
  const write = (cookie: JwtCookie, end: Date): string => setCookie(exchange, settings, { ...cookie, now, end })
  const access = accessName === null ? [] : [write({ name: accessName, value: token, path: '/' }, expiresAt)]
  if (refreshName === null || refreshToken === null || refreshExpiresAt === null) return access
  return [...access, write({ name: refreshName, value: refreshToken, path: refreshPath }, refreshExpiresAt)]
}

/** What makes a browser forget both. It knows a cookie by name, domain and path. */
export function clearedJwtCookies(exchange: Exchange, { jwtCookies: settings }: WithJwtCookies): readonly string[] {
  if (settings === undefined) return []
  const { accessName, refreshName, refreshPath } = settings
  return [
    ...(accessName === null ? [] : [forgetCookie(exchange, settings, { name: accessName, path: '/' })]),
    ...(refreshName === null ? [] : [forgetCookie(exchange, settings, { name: refreshName, path: refreshPath })]),
  ]
}

interface JwtCookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

interface LastingCookie extends JwtCookie {
  readonly now: Date
  readonly end: Date
}

/** In the order in which Python's `http.cookies` writes attributes. */
function setCookie(exchange: Exchange, settings: JwtCookieSettings, cookie: LastingCookie): string {
  const { name, value, path, now, end } = cookie
  const seconds = Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000))
  return [
    `${name}=${value}`,
    ...domainOf(settings),
    `expires=${end.toUTCString()}`,
    ...(settings.isHttpOnly ? ['HttpOnly'] : []),
    `Max-Age=${seconds}`,
    `Path=${path}`,
    ...sameSiteOf(settings),
    ...secureOf(exchange, settings),
  ].join('; ')
}

function forgetCookie(exchange: Exchange, settings: JwtCookieSettings, cookie: Omit<JwtCookie, 'value'>): string {
  return [
    `${cookie.name}=""`,
    ...domainOf(settings),
    'expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'Max-Age=0',
    `Path=${cookie.path}`,
    ...sameSiteOf(settings),
    // Of the answers of other sites' requests a browser takes nothing else.
    ...(settings.sameSite === 'None' ? secureOf(exchange, settings) : []),
  ].join('; ')
}

const domainOf = ({ domain }: JwtCookieSettings): readonly string[] => (domain === null ? [] : [`Domain=${domain}`])

const sameSiteOf = ({ sameSite }: JwtCookieSettings): readonly string[] =>
  sameSite === null ? [] : [`SameSite=${sameSite}`]

/** RFC 6265bis §4.1.2.7: browsers drop a cookie that goes along everywhere and is not secure. */
function secureOf({ engine }: Exchange, { isSecure, sameSite }: JwtCookieSettings): readonly string[] {
  const isNeeded = isSecure === true || sameSite === 'None' || engine.config.cookies.isSecure
  return isNeeded ? ['Secure'] : []
}
