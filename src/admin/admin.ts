import type { Engine } from '../commands/context.ts'
import type { Dialect } from '../http/dialect.ts'
import type { AdminPages } from './admin-pages.ts'
import { assertFits, checkOptions } from './check-options.ts'
import type { AdminOptions } from './options.ts'
import { adminRows, rowName } from './row-table.ts'
import { findSession } from './shell/find-session.ts'

/** Those of `messages/admin`, which are loaded with the first page. */
const LANGUAGES = ['en', 'de']

/**
 * Pages for those who look after users: the users themselves, groups, attempts to log in, locks, addresses, mails, and
 * what operators did. Made by the server, without anything from elsewhere; they work without script.
 *
 * Who may come in are staff, by the same gate as everywhere; what each of them may do is what their permissions say, and
 * every command asks for it.
 *
 * @throws {TypeError} for options that cannot be meant; from `createAuth` for those that name what the model does not have
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/api': portressApi(), '/admin': admin({ accent: '#7c3aed' }) } })
 * ```
 */
export function admin(options: AdminOptions = {}): Dialect {
  checkOptions(options)
  const { pages = [] } = options
  const loaded = new WeakMap<Engine['config'], Promise<AdminPages>>()
  const pagesFor = (config: Engine['config']): Promise<AdminPages> => {
    const known = loaded.get(config) ?? import('./admin-pages.ts').then(({ adminPages }) => adminPages(options, config))
    loaded.set(config, known)
    return known
  }
  return {
    name: 'admin',
    languages: LANGUAGES,
    // A hole in another origin that the site trusts must not show these pages, nor the values of their forms.
    isForOwnOriginOnly: true,
    routes(config) {
      assertFits(options, config)
      return adminRows(pages).map((row) => ({
        ...row,
        async run(exchange) {
          const made = await pagesFor(exchange.engine.config)
          await made.loadLanguage(exchange.info.language)
          return made.answer(rowName(row), exchange)
        },
      }))
    },
    findCredential: findSession,
    async writeError(error, exchange) {
      const made = await pagesFor(exchange.engine.config)
      await made.loadLanguage(exchange.info.language)
      return made.writeError(error, exchange)
    },
    writeFault: async (exchange) => (await pagesFor(exchange.engine.config)).writeFault(exchange),
  }
}
