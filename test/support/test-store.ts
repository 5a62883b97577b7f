import { inject } from 'vitest'
import type { StoreFactory } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { storePlaces } from './store-places.ts'
import { mongodbStoreServer } from './store-servers/mongodb-store-server.ts'
import { mysqlStoreServer } from './store-servers/mysql-store-server.ts'
import { postgresStoreServer } from './store-servers/postgres-store-server.ts'
import type { StoreServer } from './store-servers/store-server.ts'

/** What the tests of commands and dialects run on; `vitest.config.ts` has a project for each. */
const SERVERS: Readonly<Record<string, (url: string) => StoreServer>> = {
  postgres: postgresStoreServer,
  mysql: mysqlStoreServer,
  mongodb: mongodbStoreServer,
}

let places: StoreFactory | undefined

/**
 * A store with nothing in it, and with all tables and columns as soon as it is open. `TEST_STORE` says on what: in
 * memory unless a server is named.
 */
export function testStore(): StoreFactory {
  const name = process.env['TEST_STORE'] ?? 'sqlite'
  if (name === 'sqlite') return sqlite(':memory:')
  places ??= placesOn(name)
  return places
}

function placesOn(name: string): StoreFactory {
  const serverAt = SERVERS[name]
  if (serverAt === undefined) throw new TypeError(`there is no test store ${name}`)
  const { url, placesFolder } = inject('storeServer')
  return storePlaces({ server: serverAt(url), prefix: `w${process.env['VITEST_POOL_ID']}`, folder: placesFolder })
}
