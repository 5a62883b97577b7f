import type { StoreSchema } from '../../contracts/store.ts'
import { indexName, type Naming } from './naming.ts'
import { fixedText, type Identifier, identifierIn, joined, renderSql, type SqlText, sql } from './sql.ts'
import type { ColumnType, SqlEngine } from './sql-engine.ts'

/** Writes the statements of migrations, laid out to be read by people. */
export interface Ddl {
  readonly types: Readonly<Record<ColumnType, SqlText>>
  /** Type and constraints of a primary key that draws numbers. */
  readonly sequenceKey: SqlText
  /** Type and constraints of the primary key of users, and of groups. */
  readonly userKey: SqlText
  /** Type of a column that names a user, whose row goes with the user. */
  readonly userReference: SqlText
  /** The same for a group. */
  readonly groupReference: SqlText
  createTable(table: Identifier, definitions: readonly SqlText[]): SqlText
  createIndex(table: Identifier, columns: readonly Identifier[]): SqlText
  createUniqueIndex(table: Identifier, column: Identifier): SqlText
  dropUniqueIndex(table: Identifier, column: Identifier): SqlText
  /** A value as it stands behind `DEFAULT`. */
  literal(value: unknown): SqlText
  render(statement: SqlText): string
}

export function ddlFor(engine: SqlEngine, naming: Naming, ids: StoreSchema['ids']): Ddl {
  const entries = Object.entries(engine.types).map(([name, type]) => [name, fixedText(type)])
  const types = Object.fromEntries(entries) as Ddl['types']
  const { users, groups } = naming
  const reference = ids === 'uuid' ? types.key : types.integer
  return {
    types,
    sequenceKey: fixedText(engine.sequenceKey),
    userKey: ids === 'uuid' ? sql`${types.key} PRIMARY KEY NOT NULL` : fixedText(engine.sequenceKey),
    userReference: sql`${reference} REFERENCES ${users.table} (${users.columns.id}) ON DELETE CASCADE`,
    groupReference: sql`${reference} REFERENCES ${groups.table} (${groups.columns.id}) ON DELETE CASCADE`,
    createTable: (table, definitions) =>
      sql`CREATE TABLE ${table} (\n  ${joined(definitions, ',\n  ')}\n)${fixedText(engine.tableOptions)}`,
    createIndex(table, on) {
      const name = indexName(table, on.map((column) => column.name).join('_'), 'index')
      return sql`CREATE INDEX ${name} ON ${table} (${joined(on, ', ')})`
    },
    createUniqueIndex: (table, column) =>
      sql`CREATE UNIQUE INDEX ${indexName(table, column, 'unique')} ON ${table} (${column})`,
    dropUniqueIndex: (table, column) =>
      sql`DROP INDEX ${identifierIn(table.schema, indexName(table, column, 'unique').name)}`,
    literal(value) {
      const encoded = engine.encode(value)
      return fixedText(typeof encoded === 'string' ? engine.quoteText(encoded) : String(encoded))
    },
    render: (statement) => renderSql(statement, engine).text,
  }
}
