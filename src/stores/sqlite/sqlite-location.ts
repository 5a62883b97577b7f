import { fileURLToPath } from 'node:url'

/** Where a database is: a path, or nowhere but in memory. */
export type SqliteLocation = { readonly kind: 'memory' } | { readonly kind: 'file'; readonly path: string }

/**
 * Reads a path, `sqlite:app.db`, `sqlite:///var/lib/app.db`, `file:app.db`, `file:///var/lib/app.db` or `:memory:`.
 *
 * @throws {TypeError} for anything else that looks like a URL, and for URLs with parameters: options go beside the URL
 */
export function sqliteLocation(location: string): SqliteLocation {
  if (location === '') throw new TypeError('the location of a SQLite database is empty')
  if (location.includes('\0')) throw new TypeError('the location of a SQLite database has a NUL character')
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(location) ?? []
  if (scheme === undefined) return at(location)
  if (!/^(?:sqlite|file)$/i.test(scheme)) throw new TypeError(`"${scheme}:" is not the URL of a SQLite database`)
  if (/[?#]/.test(rest)) throw new TypeError('the URL of a SQLite database takes no parameters; they are options')
  if (rest.startsWith('///')) return at(fileURLToPath(`file:${rest}`))
  return at(decodeURIComponent(rest.replace(/^\/\//, '')))
}

function at(path: string): SqliteLocation {
  if (path === '') throw new TypeError('the location of a SQLite database names no file')
  return path === ':memory:' ? { kind: 'memory' } : { kind: 'file', path }
}
