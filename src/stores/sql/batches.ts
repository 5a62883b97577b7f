import { type Identifier, type SqlText, sql } from './sql.ts'

/**
 * Deletes the rows of a table that `which` describes (its conditions, then its order), up to the parameter `limit`.
 *
 * The inner table has a name of its own because MySQL takes neither a `LIMIT` nor the same table in a plain subquery.
 */
export function deleteBatch(table: Identifier, key: Identifier, which: SqlText): SqlText {
  return sql`DELETE FROM ${table} WHERE ${key} IN
    (SELECT ${key} FROM (SELECT ${key} FROM ${table} WHERE ${which}) AS batch)`
}

/**
 * Refuses a limit that a database would read as none.
 *
 * @throws {TypeError}
 */
export function assertLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 0) return
  throw new TypeError(`a limit must be a whole number of 0 or more, not ${limit}`)
}
