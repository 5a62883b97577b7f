import type { Dialect } from '../../http/dialect.ts'
import { findBearerOrCookie } from '../../http/find-credential.ts'
import { writeError, writeFault } from './errors.ts'
import { routes } from './routes.ts'

export interface PortressApiOptions {
  /** Log-in here tells of a lock instead of answering as for a wrong password. @default as `login.revealLocks` says */
  readonly revealLocks?: boolean
}

/**
 * Portress's own API: JSON in and out, problem details (RFC 9457) for refusals, described at `/openapi.json`.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi() } })
 * ```
 */
export function portressApi(options: PortressApiOptions = {}): Dialect {
  return {
    name: 'portress-api',
    routes: (config) => routes(config, options),
    findCredential: ({ header, engine }) => findBearerOrCookie(header, engine.config.cookies.sessionName),
    writeError,
    writeFault,
  }
}
