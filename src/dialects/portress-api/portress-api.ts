import type { Dialect } from '../../http/dialect.ts'
import { findBearerOrCookie } from '../../http/find-credential.ts'
import { writeError, writeFault } from './errors.ts'
import { routes } from './routes.ts'

/**
 * Portress's own API: JSON in and out, problem details (RFC 9457) for refusals, described at `/openapi.json`.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi() } })
 * ```
 */
export function portressApi(): Dialect {
  return {
    name: 'portress-api',
    routes,
    findCredential: ({ header, engine }) => findBearerOrCookie(header, engine.config.cookies.sessionName),
    writeError,
    writeFault,
  }
}
