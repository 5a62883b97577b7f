import type { Store, StoreFactory } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'

/** One store in memory that several account systems share, and that a test may look into. */
export function openStore(): { readonly store: Store; readonly factory: StoreFactory } {
  const store = sqlite(':memory:').open({
    ids: 'integer',
    fields: {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  return { store, factory: { open: () => store } }
}
