import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import type { PagesOptions } from './options.ts'
import { routes } from './routes.ts'

/**
 * The pages that the links in mails lead to, and an index page, for a site that has none of its own.
 *
 * Mounted at `/`, it answers where `mail.links` points by default. Opening a page never uses its code up, because
 * programs that check mails for viruses open links too: only pressing the button does. Works without any script.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/': pages() } })
 * ```
 */
export function pages({ links = [] }: PagesOptions = {}): Dialect {
  return {
    name: 'pages',
    routes: () => routes(links),
    // The code is the only proof here; a session would change nothing.
    findCredential: () => null,
    writeError,
    writeFault,
  }
}
