import type { Store, StoreFactory } from '../../src/contracts/store.ts'
import { testStore } from './test-store.ts'

/** A store with nothing in it, with parts of it replaced by what `replace` makes of them. */
export function replacedStore(replace: (store: Store) => Partial<Store>): StoreFactory {
  return {
    open(schema) {
      const store = testStore().open(schema)
      return { ...store, ...replace(store) }
    },
  }
}
