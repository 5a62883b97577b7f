import type { Engine } from '../commands/context.ts'
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
  assertHeadersSameSite(exchange.header, { engine: exchange.engine, usesCookie })
}

export interface OriginRules {
  readonly engine: Pick<Engine, 'config' | 'logger'>
  readonly usesCookie: boolean
}

/** The same for a request that no dialect handles. @throws {AuthError} `cross_site_request` */
export function assertHeadersSameSite(
  header: (name: string) => string | null,
  { engine, usesCookie }: OriginRules,
): void {
  const origin = header('origin')
  if (origin !== null) {
    if (engine.config.site.trustedOrigins.has(origin)) return
    explainForeignOrigin(engine, origin)
    throw new AuthError('cross_site_request')
  }
  const fetchSite = header('sec-fetch-site')
  // Without an origin only the page itself, or the person at the address bar (`none`), can be meant.
  if (fetchSite !== null && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    throw new AuthError('cross_site_request')
  }
  if (usesCookie && fetchSite === null) throw new AuthError('cross_site_request')
}

/** Who develops has often opened their own site by another of its names: `localhost` in place of `127.0.0.1`. */
function explainForeignOrigin({ config, logger }: OriginRules['engine'], origin: string): void {
  if (config.environment !== 'development') return
  const advice =
    'a page of another origin was refused; open the site as in site.origin, or add this one to site.trustedOrigins'
  logger.warn({ origin, trusted: [...config.site.trustedOrigins] }, advice)
}
