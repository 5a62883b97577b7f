import type { ResolvedConfig } from '../config/resolved-config.ts'

/**
 * The only value of a cookie of exactly this name, not decoded; `null` when there is none, or when there are two,
 * because then somebody else may have planted one (cookie tossing).
 *
 * Pairs are read as RFC 6265 §4.2.1 has them, with one space after each semicolon, and nothing else is trimmed:
 * to a browser U+2000 before `__Host-` makes another name, which any page of the domain may set.
 */
export function readCookie(header: string | null, name: string): string | null {
  if (header === null) return null
  const start = `${name}=`
  let found: string | null = null
  for (const part of header.split(';')) {
    const pair = part.startsWith(' ') ? part.slice(1) : part
    if (!pair.startsWith(start)) continue
    if (found !== null) return null
    found = pair.slice(start.length)
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
