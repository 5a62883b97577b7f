import type { Dialect } from './dialect.ts'
import type { Exchange } from './exchange.ts'

/**
 * What lets the page of a trusted origin read the answer; `null` for the site's own pages, for everybody else, and
 * where a dialect is for the site's own pages alone.
 *
 * Exactly the configured origins, never a pattern, never `*`.
 */
export function corsHeaders(
  exchange: Exchange,
  { isForOwnOriginOnly = false }: Pick<Dialect, 'isForOwnOriginOnly'>,
): Record<string, string> | null {
  if (isForOwnOriginOnly) return null
  const origin = exchange.header('origin')
  const { site } = exchange.engine.config
  if (origin === null || origin === site.origin || !site.trustedOrigins.has(origin)) return null
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Retry-After, X-Request-Id',
  }
}

/** The answer to a preflight: empty, and helpful only to trusted origins. */
export function preflight(exchange: Exchange, dialect: Dialect, methods: readonly string[]): Response {
  const cors = corsHeaders(exchange, dialect)
  const allowed = cors === null ? {} : { ...cors, ...preflightHeaders(methods) }
  return new Response(null, {
    status: 204,
    headers: { ...exchange.baseHeaders, allow: methods.join(', '), ...allowed },
  })
}

const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  'access-control-allow-methods': methods.join(', '),
  // The last one is how scripts repeat the CSRF token of a Django session.
  'access-control-allow-headers': 'Authorization, Content-Type, X-CSRFToken',
  'access-control-max-age': '600',
})
