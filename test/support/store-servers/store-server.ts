import type { StoreFactory } from '../../../src/contracts/store.ts'

/** A database server that runs for all tests, each of which has a place of its own in it: a schema, or a database. */
export interface StoreServer {
  /** Connects on first use. */
  storeIn(place: string): StoreFactory
  /** Makes the place without anything in it, whatever was there. */
  createPlace(place: string): Promise<void>
  /** What the store's migrations have made there that keeps what tests write: tables, or collections. */
  listTables(place: string): Promise<readonly string[]>
  /** Takes everything out of the tables, and lets ids begin with 1 again. */
  empty(place: string, tables: readonly string[]): Promise<void>
}
