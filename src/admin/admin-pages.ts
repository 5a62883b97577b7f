import type { Engine } from '../commands/context.ts'
import type { Dialect } from '../http/dialect.ts'
import type { Exchange } from '../http/exchange.ts'
import { adminCatalogues } from '../messages/admin/catalogues.ts'
import { errorWriters } from './errors.ts'
import type { AdminOptions } from './options.ts'
import { routes } from './routes.ts'
import { adminRows, rowName } from './row-table.ts'
import { setupFrom } from './setup.ts'

/** All that is loaded once the first page is opened. */
export interface AdminPages extends Pick<Dialect, 'writeError' | 'writeFault'> {
  answer(row: string, exchange: Exchange): Promise<Response>
  /** As `Dialect.loadLanguage`. */
  loadLanguage(language: string): Promise<void> | null
}

/** @throws {TypeError} where the pages and the table of rows do not have the same rows */
export function adminPages(options: AdminOptions, config: Engine['config']): AdminPages {
  const setup = setupFrom(options)
  const rows = new Map(routes(setup, config).map((row) => [rowName(row), row]))
  const named = adminRows(setup.pages).map(rowName)
  const isSame = named.length === rows.size && named.every((name) => rows.has(name))
  if (!isSame) throw new TypeError('admin: the table of rows and the pages differ')
  return {
    ...errorWriters(setup),
    loadLanguage: adminCatalogues.load,
    async answer(name, exchange) {
      const row = rows.get(name)
      if (row === undefined) throw new TypeError(`admin: there is no row ${name}`)
      return row.run(exchange)
    },
  }
}
