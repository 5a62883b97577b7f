import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import { routes } from './routes.ts'

/**
 * What watches over the process: `GET /health` answers as long as it lives, `GET /ready` while it can serve, which is
 * while the store can be reached and its schema is current. Both tell an outsider no more than that.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/': operations() } })
 * ```
 */
export function operations(): Dialect {
  return { name: 'operations', routes, findCredential: () => null, writeError, writeFault }
}
