import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import { routes } from './routes.ts'

/**
 * The mails of the outbox as pages, and as JSON for `Accept: application/json`. Only for development.
 *
 * Whoever reads it can use every link in it, so it does not start in production, and answers nobody but programs on
 * the same machine that ask for this site by its own name or by a loopback name. To all others there is nothing here.
 * What mails say is kept only while the mailer is one that sends nothing, such as `outboxMailer`.
 *
 * @throws {TypeError} from `createAuth` in production
 *
 * @example
 * ```ts
 * createAuth({ ...options, environment: 'development', mounts: { '/api': portressApi(), '/outbox': outbox() } })
 * ```
 */
export function outbox(): Dialect {
  return {
    name: 'outbox',
    routes({ environment }) {
      if (environment === 'production') {
        throw new TypeError('mounts: outbox() shows live links to anybody on this machine; leave it out in production')
      }
      return routes()
    },
    findCredential: () => null,
    writeError,
    writeFault,
  }
}
