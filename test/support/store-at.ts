import type { StoreFactory } from '../../src/contracts/store.ts'
import { postgres } from '../../src/stores/postgres/index.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'

/** The store of whichever engine the location names. */
export function storeAt(location: string): StoreFactory {
  return location.startsWith('postgres:') ? postgres(location) : sqlite(location)
}
