import type { Dialect } from '../../http/dialect.ts'
import { checkOptions } from './check-options.ts'
import { dangersOf } from './dangers.ts'
import { writeError, writeFault } from './errors.ts'
import { mailStyles } from './mail-styles.ts'
import type { DjmongoauthOptions } from './options.ts'
import { routes } from './routes.ts'
import { nameOf, resolveSettings } from './settings.ts'

/**
 * The handlers of djmongoauth, for clients that were written for them; usually at the root of the API's host.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/djmongoauth': djmongoauth({ siteUrl: 'app.acme.test' }) } })
 * ```
 */
export function djmongoauth(options: DjmongoauthOptions = {}): Dialect {
  checkOptions(options)
  return {
    name: nameOf(options),
    dangers: dangersOf(options),
    routes: (config) => routes(resolveSettings(options, config)),
    mailStyles: (config) => mailStyles(resolveSettings(options, config)),
    // Rows answer every method themselves, and look for the credential where they need one.
    findCredential: () => null,
    writeError: writeError(options),
    writeFault,
  }
}
