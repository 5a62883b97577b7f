import type { Store, StoreFactory } from '../../src/contracts/store.ts'
import { testStore } from './test-store.ts'

/** One store that several account systems share, and that a test may look into. */
export function openStore(): { readonly store: Store; readonly factory: StoreFactory } {
  const store = testStore().open({
    ids: 'integer',
    fields: {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  return { store, factory: { open: () => store } }
}
