import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import type { DemoOptions } from './options.ts'
import { routes } from './routes.ts'

/** Those of `messages/demo`, which are loaded with the first page. */
const LANGUAGES = ['en', 'de']

/**
 * A page on which everything that a person does with an account can be tried: register, confirm, log in, be locked out, change
 * the profile, the password and the address, end sessions, delete. It calls the Portress API through `portress/client`, as the
 * pages of an application would, with the session in a cookie.
 *
 * `portress serve` without a configuration shows it at `/` during development. Nowhere else is it there unless it is mounted.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/try': demo() } })
 * ```
 */
export function demo(options: DemoOptions = {}): Dialect {
  return {
    name: 'demo',
    languages: LANGUAGES,
    routes: () => routes(options),
    findCredential: () => null,
    writeError,
    writeFault,
  }
}
