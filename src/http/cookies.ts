import type { ResolvedConfig } from '../config/resolved-config.ts'

/**
 * The only value of a cookie of exactly this name, not decoded; `null` when there is none, or when there are two,
 * because then somebody else may have planted one (cookie tossing).
 */
export function readCookie(header: string | null, name: string): string | null {
  if (header === null) return null
  let found: string | null = null
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue
    if (found !== null) return null
    found = pair.slice(equals + 1).trim()
  }
  return found
}

export interface CookieToSet {
  readonly name: string
  readonly value: string
  readonly maxAgeSeconds: number
}

/** RFC 6265bis §4.1: never readable by scripts, never for another host. */
export function writeCookie({ cookies }: ResolvedConfig, { name, value, maxAgeSeconds }: CookieToSet): string {
  const secure = cookies.isSecure ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=${cookies.sameSite}${secure}`
}

/** What makes a browser forget the cookie. */
export function clearCookie(config: ResolvedConfig, name: string): string {
  return writeCookie(config, { name, value: '', maxAgeSeconds: 0 })
}
