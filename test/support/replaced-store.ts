import type { Store, StoreFactory } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'

/** An SQLite store in memory, with parts of it replaced by what `replace` makes of them. */
export function replacedStore(replace: (store: Store) => Partial<Store>): StoreFactory {
  return {
    open(schema) {
      const store = sqlite(':memory:').open(schema)
      return { ...store, ...replace(store) }
    },
  }
}
