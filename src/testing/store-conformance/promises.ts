import type { Store, StoreSchema } from '../../contracts/store.ts'

/** Opens a further empty store, for tests that need declared fields or other ids. */
export type OpenStore = (schema: Partial<StoreSchema>) => Promise<Store>

/** One promise of the contract in a sentence, and its test on an empty store. */
export type Promises = Readonly<Record<string, (store: Store, open: OpenStore) => Promise<void>>>
