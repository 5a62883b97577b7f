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

/** Tells by its URL whether the database is on a PostgreSQL server. */
export const isPostgres = (database: string): boolean => /^postgres(?:ql)?:/i.test(database)

/**
 * Makes what opens the database, which nobody has found fault with yet. The code for a database on a server is only read where
 * there is one: the start has a budget.
 */
export async function embeddedStore(database: string): Promise<(purpose: Purpose) => EmbeddedStore> {
  if (!isPostgres(database)) return (purpose) => sqliteStore(database, purpose)
  const { postgres } = await import('../../stores/postgres/index.ts')
  return () => ({ factory: postgres(database), name: withoutPassword(database), path: null })
}

function sqliteStore(database: string, purpose: Purpose): EmbeddedStore {
  const location = sqliteLocation(database)
  const path = location.kind === 'file' ? resolve(location.path) : null
  const isUsable = path !== null && (purpose === 'work' || existsSync(path))
  return { factory: sqlite(isUsable ? path : ':memory:'), name: path, path }
}

/** A parameter may carry a password as well, so there are none. */
function withoutPassword(database: string): string {
  const [, user = '', place = ''] = /^[^:]*:\/\/(?:([^:@/?#]*)[^@/?#]*@)?([^?#]*)/.exec(database) ?? []
  return `postgres://${user === '' ? '' : `${user}@`}${place}`
}
