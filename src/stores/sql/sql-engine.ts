import type { JsonValue } from '../../model/field.ts'
import type { Identifier, SqlStyle, SqlText } from './sql.ts'

/** A row as drivers give it: values in the order of the selected columns. */
export type Row = readonly unknown[]

/** What columns can hold, in the product's words. */
export type ColumnType = 'text' | 'key' | 'integer' | 'number' | 'boolean' | 'moment' | 'bytes' | 'digest' | 'json'

/**
 * What differs between SQL engines. Everything here is declared by the engine's own folder; the shared code asks, and
 * never guesses from an error or a version.
 */
export interface SqlEngine extends SqlStyle {
  /** Column types. `key` is compared byte for byte. `digest` are few bytes that an index may hold. */
  readonly types: Readonly<Record<ColumnType, string>>
  /** Type and constraints of a primary key that draws numbers and never gives one out twice. */
  readonly sequenceKey: string
  /** What follows the closing bracket of `CREATE TABLE`. */
  readonly tableOptions: string
  /** A reference to another table stands with its column, or as a constraint of its own beside the columns. */
  readonly references: 'column' | 'constraint'
  /** A literal as it stands behind `DEFAULT`. */
  defaultOf(literal: string): string
  /** Drops an index; some engines keep its name with the table, others with the schema. */
  dropIndex(table: Identifier, name: string): SqlText
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
  /** A locking `SELECT` with a `LIMIT` holds no rows but those that it gives. */
  readonly limitsLocks: boolean
  /**
   * Holds the name in the parameter `key` until the step ends, for rows that may not be there yet and that `lockRows` could
   * not hold. `null` where it holds those as well, or a step already excludes all others.
   */
  readonly lockName: SqlText | null
  /**
   * What follows an `INSERT` so that it holds the row that already has the key in the place of a new one. Where there is
   * such a clause, rows that may not be there yet are held by inserting them; `null` elsewhere.
   */
  readonly holdPresent: ((key: Identifier) => SqlText) | null
  /** Run first in a step that migrates, so that processes take turns. `null` where a step already excludes all others. */
  readonly lockMigrations: string | null
  /** How a migration is applied where its statements end the transaction they run in; `null` where it is one transaction. */
  readonly piecewise: PiecewiseMigrations | null
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

/** Migrations of an engine in which no transaction holds them together. */
export interface PiecewiseMigrations {
  /** Begins the transaction of one statement, and commits what was before. */
  readonly begin: string
  /**
   * The statements of a text.
   *
   * @throws {TypeError} for a text that cannot be taken apart, or would end transactions
   */
  split(text: string): readonly string[]
  /** Tells by its failure whether a statement that changes the schema, and was begun before, has been done by then. */
  isDone(error: unknown): boolean
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
