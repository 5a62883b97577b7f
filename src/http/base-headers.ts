import type { ResolvedConfig } from '../config/resolved-config.ts'

/**
 * Headers of every answer, errors included: nothing is stored, sniffed, framed or sent on. A page that needs more
 * than this replaces `content-security-policy` with its own. What only means something for pages is left to them: each header
 * costs a hundredth of an authenticated request.
 */
export function baseHeadersFor(config: ResolvedConfig): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cross-origin-resource-policy': config.site.trustedOrigins.size > 1 ? 'cross-origin' : 'same-origin',
    'referrer-policy': 'no-referrer',
    vary: 'Authorization, Cookie, Origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  if (config.site.isHttps) headers['strict-transport-security'] = 'max-age=31536000; includeSubDomains'
  return Object.freeze(headers)
}
