import { fixedText, type Identifier, type Parameter, type SqlText, sql } from './sql.ts'

/** Which rows go first. */
export interface Batch {
  /** What a row must be. */
  readonly where: SqlText
  readonly order: SqlText
  readonly limit: Parameter
}

/**
 * Deletes the first rows of a table.
 *
 * The inner table has a name of its own because MySQL takes neither a `LIMIT` nor the same table in a plain subquery. The
 * conditions stand twice: an engine that had to wait for somebody's change of a row judges it again by the outer ones alone.
 */
export function deleteBatch(table: Identifier, key: Identifier, { where, order, limit }: Batch): SqlText {
  return sql`DELETE FROM ${table} WHERE ${where} AND ${key} IN (SELECT ${key} FROM
    (SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ${limit}) AS batch)`
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
