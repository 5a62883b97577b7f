/**
 * Turns a domain into lower-case ASCII labels as WHATWG URL and UTS #46 do, or returns `null` when it is none.
 *
 * `bücher.example` gives `xn--bcher-kva.example`. `ß` is kept apart from `ss`: their domains may have different owners.
 */
export function asciiDomain(domain: string): string | null {
  // Only what a label can be made of may reach the URL parser, which would read a port, a path or an address in the
  // rest, drop tabs and what nobody can see, or take U+3002 for a dot.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null
  if (/\p{Default_Ignorable_Code_Point}/u.test(domain)) return null
  const lower = domain.toLowerCase()
  const isPlain = /^[a-z0-9.-]+$/.test(lower)
  if (isPlain && !lower.includes('xn--')) return lower
  const url = URL.parse(`http://${domain}`)
  return url && /^[a-z0-9.-]+$/.test(url.hostname) ? url.hostname : null
}
