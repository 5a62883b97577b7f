import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import type { DocsOptions } from './options.ts'
import { routes } from './routes.ts'

/**
 * A page about an API, for people: every endpoint with what it takes, what it answers and what it refuses for, and a form to send
 * it. Made from the OpenAPI document, so it cannot differ from it.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/docs': docs({ document: openApiDocument }) } })
 * ```
 */
export function docs({ document, path = '/api', inProduction = false }: DocsOptions): Dialect {
  return {
    name: 'docs',
    routes: (config) => (config.environment === 'production' && !inProduction ? [] : routes(document, path)),
    findCredential: () => null,
    writeError,
    writeFault,
  }
}
