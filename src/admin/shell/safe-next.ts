import type { Exchange } from '../../http/exchange.ts'

const MAX_LENGTH = 2000

/** Parsers differ about what these mean, and a browser drops some of them before it reads the rest. */
const AMBIGUOUS = /[\s\\\p{Cc}\p{Cf}]/u

/**
 * Where a log-in may lead: a path of this site, as a path, or `null`. A whole address of this site counts as its path.
 * Whatever leaves it to the reader where it leads (`//`, `/\`, another scheme, a name in front of the host) is none.
 */
export function safeNext({ engine }: Pick<Exchange, 'engine'>, text: string): string | null {
  const { origin } = engine.config.site
  if (text.length > MAX_LENGTH || AMBIGUOUS.test(text) || !text.isWellFormed()) return null
  if (!/^(?:\/(?!\/)|https?:\/\/[^/])/i.test(text) || !URL.canParse(text, origin)) return null
  const url = new URL(text, origin)
  if (url.origin !== origin || url.username !== '' || url.password !== '') return null
  // `/.//evil.example` is a path of this site, and `//evil.example` once the dot is gone.
  return url.pathname.startsWith('//') ? null : url.pathname + url.search + url.hash
}
