import { sqlState } from './postgres-errors.ts'

/** Many processes may meet at one row; each time one of them gets through. */
const MAX_TRIES = 20

/**
 * How often a transaction is tried that ended with this code. A unique value may have been taken, and a row that is referred
 * to may have gone, since the transaction looked: then another look shows it. If it does not, the failure is what it says.
 */
const TRIES: ReadonlyMap<string, number> = new Map([
  ['40001', MAX_TRIES], // could not be put in order with another
  ['40P01', MAX_TRIES], // waited in a circle
  ['23505', MAX_TRIES], // unique_violation
  ['23503', 3], // foreign_key_violation
  ['0A000', 2], // a prepared statement is older than its table
  ['26000', 2], // a prepared statement is gone, as behind a pool of connections that does not keep them
])

/** Tells whether a transaction that was undone is tried again after so many tries. */
export function isWorthAnotherTry(error: unknown, tries: number): boolean {
  return tries < (TRIES.get(sqlState(error) ?? '') ?? 1)
}
