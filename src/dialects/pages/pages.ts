import type { Dialect } from '../../http/dialect.ts'
import { writeError, writeFault } from './errors.ts'
import { findSession } from './find-session.ts'
import type { PagesOptions } from './options.ts'
import { routes } from './routes.ts'

/**
 * The pages that the links in mails lead to, and an index page, for a site that has none of its own.
 *
 * Mounted at `/`, it answers where `mail.links` points by default. Opening a page never uses its code up, because
 * programs that check mails for viruses open links too: only pressing the button does. Works without any script.
 *
 * The pages of social log-in are among them: `/account/social/github` begins one, `/account/social/github/connect`
 * connects, and providers send browsers back to `social.callback`. For that the mount must be `/`.
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/': pages() } })
 * ```
 */
export function pages({ links = [], hasIndexPage = true }: PagesOptions = {}): Dialect {
  return {
    name: 'pages',
    routes: (config) => routes(config, hasIndexPage ? links : null),
    // Only what connects a provider asks: everywhere else the code is the only proof, and a session changes nothing.
    findCredential: findSession,
    writeError,
    writeFault,
  }
}
