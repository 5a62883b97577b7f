import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { StoreFactory } from '../../contracts/store.ts'
import { sqlite } from '../../stores/sqlite/index.ts'
import { sqliteLocation } from '../../stores/sqlite/sqlite-location.ts'

/** Where the embedded default keeps everything. */
export interface EmbeddedStore {
  readonly factory: StoreFactory
  /** For people: a path, or a URL without its password. `null` for a database in memory. */
  readonly name: string | null
  /** Absolute; `null` for a database in memory or on a server. */
  readonly path: string | null
}

/** `'inspect'` leaves no trace: no file is made, and what is not there yet is kept in memory. */
export type Purpose = 'work' | 'inspect'

/** Databases on servers, by the scheme of their URLs. The code for one is only read where it is meant: the start has a budget. */
const SERVERS: readonly { readonly scheme: RegExp; readonly load: () => Promise<(url: string) => StoreFactory> }[] = [
  { scheme: /^postgres(?:ql)?:/i, load: async () => (await import('../../stores/postgres/index.ts')).postgres },
  { scheme: /^(?:mysql|mariadb):/i, load: async () => (await import('../../stores/mysql/index.ts')).mysql },
  { scheme: /^mongodb(?:\+srv)?:/i, load: async () => (await import('../../stores/mongodb/index.ts')).mongodb },
]

const serverOf = (database: string) => SERVERS.find(({ scheme }) => scheme.test(database))

/** Tells by its URL whether the database is on a server. */
export const isOnServer = (database: string): boolean => serverOf(database) !== undefined

/** Makes what opens the database, which nobody has found fault with yet. */
export async function embeddedStore(database: string): Promise<(purpose: Purpose) => EmbeddedStore> {
  const server = serverOf(database)
  if (server === undefined) return (purpose) => sqliteStore(database, purpose)
  const storeAt = await server.load()
  return () => ({ factory: storeAt(database), name: withoutPassword(database), path: null })
}

function sqliteStore(database: string, purpose: Purpose): EmbeddedStore {
  const location = sqliteLocation(database)
  const path = location.kind === 'file' ? resolve(location.path) : null
  const isUsable = path !== null && (purpose === 'work' || existsSync(path))
  return { factory: sqlite(isUsable ? path : ':memory:'), name: path, path }
}

/** A parameter may carry a password as well, so there are none. */
function withoutPassword(database: string): string {
  const [, scheme = '', user = '', place = ''] = /^([^:]*):\/\/(?:([^:@/?#]*)[^@/?#]*@)?([^?#]*)/.exec(database) ?? []
  return `${scheme}://${user === '' ? '' : `${user}@`}${place}`
}
