import { errorNumber } from './mysql-errors.ts'

/** Many processes may meet at one row; each time one of them gets through. */
const MAX_TRIES = 20

/**
 * How often a transaction is tried that ended with this number. A unique value may have been taken, and a row that is referred
 * to may have gone, since the transaction looked: then another look shows it. If it does not, the failure is what it says.
 *
 * A lock that was not to be had in time (1205) is not waited for once more: the server sees circles by itself, and whoever
 * asked has waited for long enough.
 */
const TRIES: ReadonlyMap<number, number> = new Map([
  [1213, MAX_TRIES], // waited in a circle
  [1020, MAX_TRIES], // changed since it was read
  [3101, MAX_TRIES], // in conflict with another member of the group
  [1062, MAX_TRIES], // the unique value is taken
  [1216, 3], // the row that is referred to is gone
  [1452, 3],
  [1217, 3], // something refers to the row
  [1451, 3],
  [1243, 2], // a prepared statement is gone, as behind a proxy that does not keep them
  [1412, 2], // the table has changed since the transaction began
  [1461, 5], // too many statements are prepared; those of this connection are gone with it
  [1615, 2], // a prepared statement is older than its table
])

/** Tells whether a transaction that was undone is tried again after so many tries. */
export function isWorthAnotherTry(error: unknown, tries: number): boolean {
  return tries < (TRIES.get(errorNumber(error) ?? 0) ?? 1)
}
