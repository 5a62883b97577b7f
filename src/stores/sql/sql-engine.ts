import type { JsonValue } from '../../model/field.ts'
import type { SqlStyle, SqlText } from './sql.ts'

/** A row as drivers give it: values in the order of the selected columns. */
export type Row = readonly unknown[]

/** What columns can hold, in the product's words. */
export type ColumnType = 'text' | 'key' | 'integer' | 'number' | 'boolean' | 'moment' | 'bytes' | 'json'

/**
 * What differs between SQL engines. Everything here is declared by the engine's own folder; the shared code asks, and
 * never guesses from an error or a version.
 */
export interface SqlEngine extends SqlStyle {
  /** Column types. `key` is compared byte for byte. */
  readonly types: Readonly<Record<ColumnType, string>>
  /** Type and constraints of a primary key that draws numbers and never gives one out twice. */
  readonly sequenceKey: string
  /** What follows the closing bracket of `CREATE TABLE`. */
  readonly tableOptions: string
  /** The present moment as an expression of type `moment`. */
  readonly now: string
  /** `DELETE … RETURNING` and `INSERT … RETURNING` work. Without it rows are read first, and drivers tell the drawn id. */
  readonly returning: boolean
  /**
   * What follows a `SELECT` so that its rows stay as they are until the step ends: `FOR UPDATE`. Empty where an atomic
   * step already excludes all others.
   */
  readonly lockRows: string
  /** The same for rows that nobody else holds, leaving the others out: `FOR UPDATE SKIP LOCKED`. */
  readonly lockFreeRows: string
  /**
   * Holds the name in the parameter `key` until the step ends, for rows that may not be there yet and that `lockRows` could
   * not hold. `null` where it holds those as well, or a step already excludes all others.
   */
  readonly lockName: SqlText | null
  /** Run first in a step that migrates, so that processes take turns. `null` where a step already excludes all others. */
  readonly lockMigrations: string | null
  /** The columns of the table named by the parameter `table`, one a row; none when there is no such table. */
  readonly columnsOfTable: SqlText
  /** The columns of the table named by the parameter `table` that are unique each by itself, compared byte for byte. */
  readonly uniqueColumnsOfTable: SqlText
  /** Text as a literal. */
  quoteText(text: string): string
  /**
   * A value as the driver takes it.
   *
   * @throws {AuthError} `malformed_request` for text with NUL or lone surrogates, which no engine keeps as it is
   */
  encode(value: unknown): unknown
  readonly decode: Decoders
}

/** From the driver's values to the product's. Each is given only what its column type can hold. */
export interface Decoders {
  text(value: unknown): string
  textOrNull(value: unknown): string | null
  number(value: unknown): number
  boolean(value: unknown): boolean
  moment(value: unknown): Date
  momentOrNull(value: unknown): Date | null
  bytes(value: unknown): Uint8Array
  bytesOrNull(value: unknown): Uint8Array | null
  json(value: unknown): JsonValue
  /** A user's id, of whichever of the two kinds. */
  id(value: unknown): number | string
}
