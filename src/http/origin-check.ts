import { AuthError } from '../errors.ts'
import type { Exchange } from './exchange.ts'

/**
 * Refuses what a browser sent from somewhere else.
 *
 * A browser names its origin on every unsafe request, so one that names a foreign origin is refused whatever it
 * carries: log-in, registration and reset are targets too. Who names nothing is no browser, and may go on as long as it
 * does not rely on a cookie.
 *
 * @throws {AuthError} `cross_site_request`
 */
export function assertSameSite(exchange: Exchange, { usesCookie }: { readonly usesCookie: boolean }): void {
  const { trustedOrigins } = exchange.engine.config.site
  assertHeadersSameSite(exchange.header, { trustedOrigins, usesCookie })
}

export interface OriginRules {
  readonly trustedOrigins: ReadonlySet<string>
  readonly usesCookie: boolean
}

/** The same for a request that no dialect handles. @throws {AuthError} `cross_site_request` */
export function assertHeadersSameSite(
  header: (name: string) => string | null,
  { trustedOrigins, usesCookie }: OriginRules,
): void {
  const origin = header('origin')
  if (origin !== null) {
    if (!trustedOrigins.has(origin)) throw new AuthError('cross_site_request')
    return
  }
  const fetchSite = header('sec-fetch-site')
  // Without an origin only the page itself, or the person at the address bar (`none`), can be meant.
  if (fetchSite !== null && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    throw new AuthError('cross_site_request')
  }
  if (usesCookie && fetchSite === null) throw new AuthError('cross_site_request')
}
