import type { JsonValue } from '../../model/field.ts'
import { valueEncoder } from '../sql/encode-value.ts'
import { identifier, parameter, sql } from '../sql/sql.ts'
import type { Decoders, SqlEngine } from '../sql/sql-engine.ts'

/** SQLite: moments are whole milliseconds, booleans 0 and 1, JSON is text. `BINARY` is the collation of every column. */
export const sqliteEngine: SqlEngine = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  // Not `?1`: Node 22 takes it for a named parameter and binds nothing to it.
  placeholder: () => '?',
  numbersPlaceholders: false,
  types: {
    text: 'TEXT',
    key: 'TEXT',
    integer: 'INTEGER',
    number: 'REAL',
    boolean: 'INTEGER',
    moment: 'INTEGER',
    bytes: 'BLOB',
    digest: 'BLOB',
    json: 'TEXT',
  },
  // Without AUTOINCREMENT SQLite gives the id of a deleted newest row out again.
  sequenceKey: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  tableOptions: ' STRICT',
  references: 'column',
  defaultOf: (literal) => literal,
  dropIndex: (_table, name) => sql`DROP INDEX ${identifier(name)}`,
  now: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  returning: true,
  lockRows: '',
  lockFreeRows: '',
  limitsLocks: true,
  lockName: null,
  holdPresent: null,
  lockMigrations: null,
  piecewise: null,
  columnsOfTable: sql`SELECT name FROM pragma_table_info(${parameter('table')})`,
  uniqueColumnsOfTable: sql`SELECT MIN(part.name)
    FROM pragma_index_list(${parameter('table')}) AS list JOIN pragma_index_xinfo(list.name) AS part
    WHERE list."unique" = 1 AND list.partial = 0 AND part.key = 1
    GROUP BY list.name HAVING COUNT(*) = 1 AND MIN(part.coll) = 'BINARY'
    UNION SELECT MIN(name) FROM pragma_table_info(${parameter('table')}) WHERE pk > 0 HAVING COUNT(*) = 1`,
  quoteText: (text) => `'${text.replaceAll("'", "''")}'`,
  encode: valueEncoder({ boolean: (value) => (value ? 1 : 0), moment: (value) => value.getTime() }),
  decode: decoders(),
}

// The casts are where the database's values become data; the types of the columns vouch for them.
function decoders(): Decoders {
  const moment = (value: unknown) => new Date(value as number)
  return {
    text: (value) => value as string,
    textOrNull: (value) => value as string | null,
    number: (value) => value as number,
    boolean: (value) => value === 1,
    moment,
    momentOrNull: (value) => (value === null ? null : moment(value)),
    bytes: (value) => value as Uint8Array,
    bytesOrNull: (value) => value as Uint8Array | null,
    json: (value) => JSON.parse(value as string) as JsonValue,
    id: (value) => value as number | string,
  }
}
