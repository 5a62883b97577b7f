import { fixedText, identifierIn, parameter, type SqlText, sql } from '../sql/sql.ts'
import type { SqlEngine } from '../sql/sql-engine.ts'
import { errorNumber } from './mysql-errors.ts'
import { DECODERS, encodeValue } from './mysql-values.ts'
import { STRICT_MODE } from './session-setup.ts'
import { splitMigration } from './split-script.ts'

/**
 * MySQL and MariaDB, with nothing that only one of them has. Keys are `VARBINARY`: no collation that both of them know compares
 * byte for byte, trailing spaces included. `LONGTEXT` and not `JSON`, which changes the order of keys on MySQL.
 *
 * `database` is where the tables are; without it they are in the connection's.
 */
export function mysqlEngine(database: string | undefined): SqlEngine {
  const place = database === undefined ? 'DATABASE()' : quoteText(database)
  return {
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    placeholder: () => '?',
    numbersPlaceholders: false,
    types: {
      text: 'LONGTEXT',
      // Two of them fit into an index, whose entries may have 3,072 bytes.
      key: 'VARBINARY(1020)',
      integer: 'BIGINT',
      number: 'DOUBLE',
      boolean: 'BOOLEAN',
      moment: 'DATETIME(3)',
      bytes: 'LONGBLOB',
      digest: 'VARBINARY(64)',
      json: 'LONGTEXT',
    },
    // The counter is part of the table, and goes back neither with a transaction nor when the server starts again.
    sequenceKey: 'BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY',
    tableOptions: ' ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC',
    // MySQL reads a reference that stands with its column, and forgets it.
    references: 'constraint',
    // In brackets it is an expression: MySQL has no other default for long texts.
    defaultOf: (literal) => `(${literal})`,
    dropIndex: (table, name) => sql`DROP INDEX ${identifierIn(undefined, name)} ON ${table}`,
    now: 'UTC_TIMESTAMP(3)',
    returning: false,
    lockRows: 'FOR UPDATE',
    lockFreeRows: 'FOR UPDATE SKIP LOCKED',
    // InnoDB holds what it looks at, and it looks at all that are to be put in order.
    limitsLocks: false,
    lockName: null,
    // Not `IGNORE`, which forgives much else, and holds the row only together with others who then wait for each other.
    holdPresent: (key) => sql`ON DUPLICATE KEY UPDATE ${key} = ${key}`,
    lockMigrations: lockMigrations(place),
    piecewise: { begin: 'START TRANSACTION', split: splitMigration, isDone },
    columnsOfTable: sql`SELECT c.column_name FROM information_schema.columns AS c
      WHERE c.table_schema = ${fixedText(place)} AND c.table_name = ${parameter('table')}`,
    uniqueColumnsOfTable: uniqueColumnsOfTable(fixedText(place)),
    quoteText,
    encode: encodeValue,
    decode: DECODERS,
  }
}

/** Indexes of one whole column, whose values are compared byte for byte. Of an expression there is no name. */
function uniqueColumnsOfTable(place: SqlText): SqlText {
  return sql`SELECT MIN(c.column_name) FROM information_schema.statistics AS s
    LEFT JOIN information_schema.columns AS c ON c.table_schema = s.table_schema AND c.table_name = s.table_name
      AND c.column_name = s.column_name
    WHERE s.table_schema = ${place} AND s.table_name = ${parameter('table')} AND s.non_unique = 0
    GROUP BY s.index_name HAVING COUNT(*) = 1 AND MAX(s.sub_part) IS NULL
      AND MAX(c.column_name) IS NOT NULL AND MAX(c.collation_name) IS NULL`
}

/** A year: whoever waits for the migration of another process has time. On tables it waits shortly: behind it would wait everybody. */
function lockMigrations(place: string): string {
  return `SET SESSION sql_mode = '${STRICT_MODE}', lock_wait_timeout = 31536000, innodb_lock_wait_timeout = 50,
  sql_safe_updates = 0
  /*!80000 , max_execution_time = 0 */ /*M!100300 , max_statement_time = 0, idle_transaction_timeout = 0 */;
DO GET_LOCK(CONCAT('portress:', SHA1(${place})), 31536000);
SET SESSION lock_wait_timeout = 10`
}

/** What a statement says that has been done before: the table, column or index is there, or is gone. */
const DONE: ReadonlySet<number> = new Set([1050, 1051, 1060, 1061, 1091, 1826])

function isDone(error: unknown): boolean {
  return DONE.has(errorNumber(error) ?? 0)
}

/** Backslashes mean something or nothing, as the session's mode says, so a text that has any is spelled in hexadecimal digits. */
function quoteText(text: string): string {
  if (text.includes('\\')) return `_utf8mb4 X'${Buffer.from(text, 'utf8').toString('hex')}'`
  return `'${text.replaceAll("'", "''")}'`
}
