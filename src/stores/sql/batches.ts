import { fixedText, type Identifier, type SqlText, sql } from './sql.ts'

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
 * `LIMIT` with the number in the text. A parameter there makes SQLite prepare the statement again at each run, because
 * its planner looks at the number, so what is asked at every log-in has a statement for each of its few limits.
 *
 * @throws {TypeError}
 */
export function fixedLimit(limit: number): SqlText {
  assertLimit(limit)
  return fixedText(`LIMIT ${limit}`)
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
