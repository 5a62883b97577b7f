import type { StoreSchema } from '../../contracts/store.ts'
import { indexName, type Naming } from './naming.ts'
import { fixedText, type Identifier, joined, renderSql, type SqlText, sql } from './sql.ts'
import type { ColumnType, SqlEngine } from './sql-engine.ts'

/** Writes the statements of migrations, laid out to be read by people. */
export interface Ddl {
  readonly types: Readonly<Record<ColumnType, SqlText>>
  /** Type and constraints of a primary key that draws numbers. */
  readonly sequenceKey: SqlText
  /** Type and constraints of the primary key of users, and of groups. */
  readonly userKey: SqlText
  /** Defines a column that names a user, whose row goes with the user. */
  userReference(from: Reference): readonly SqlText[]
  /** The same for a group. */
  groupReference(from: Reference): readonly SqlText[]
  createTable(table: Identifier, definitions: readonly SqlText[]): SqlText
  createIndex(table: Identifier, columns: readonly Identifier[]): SqlText
  createUniqueIndex(table: Identifier, column: Identifier): SqlText
  dropUniqueIndex(table: Identifier, column: Identifier): SqlText
  /** A value as it stands behind `DEFAULT`. */
  literal(value: unknown): SqlText
  render(statement: SqlText): string
}

/** A column that names the row of another table. */
export interface Reference {
  readonly table: Identifier
  readonly column: Identifier
  /** What else holds for it: `NOT NULL`. */
  readonly rule?: string
}

export function ddlFor(engine: SqlEngine, naming: Naming, ids: StoreSchema['ids']): Ddl {
  const entries = Object.entries(engine.types).map(([name, type]) => [name, fixedText(type)])
  const types = Object.fromEntries(entries) as Ddl['types']
  const { users, groups } = naming
  const idType = ids === 'uuid' ? types.key : types.integer
  return {
    types,
    sequenceKey: fixedText(engine.sequenceKey),
    userKey: ids === 'uuid' ? sql`${types.key} PRIMARY KEY NOT NULL` : fixedText(engine.sequenceKey),
    userReference: (from) => reference(engine, from, { type: idType, table: users.table, id: users.columns.id }),
    groupReference: (from) => reference(engine, from, { type: idType, table: groups.table, id: groups.columns.id }),
    createTable: (table, definitions) =>
      sql`CREATE TABLE ${table} (\n  ${joined(definitions, ',\n  ')}\n)${fixedText(engine.tableOptions)}`,
    createIndex(table, on) {
      const name = indexName(table, on.map((column) => column.name).join('_'), 'index')
      return sql`CREATE INDEX ${name} ON ${table} (${joined(on, ', ')})`
    },
    createUniqueIndex: (table, column) =>
      sql`CREATE UNIQUE INDEX ${indexName(table, column, 'unique')} ON ${table} (${column})`,
    dropUniqueIndex: (table, column) => engine.dropIndex(table, indexName(table, column, 'unique').name),
    literal(value) {
      const encoded = engine.encode(value)
      return fixedText(engine.defaultOf(typeof encoded === 'string' ? engine.quoteText(encoded) : String(encoded)))
    },
    render: (statement) => renderSql(statement, engine).text,
  }
}

interface Target {
  readonly type: SqlText
  readonly table: Identifier
  readonly id: Identifier
}

function reference(
  { references }: SqlEngine,
  { table, column, rule = '' }: Reference,
  { type, table: other, id }: Target,
): readonly SqlText[] {
  const target = sql`REFERENCES ${other} (${id}) ON DELETE CASCADE`
  const also = fixedText(rule === '' ? '' : ` ${rule}`)
  if (references === 'column') return [sql`${column} ${type} ${target}${also}`]
  const name = indexName(table, column, 'reference')
  return [sql`${column} ${type}${also}`, sql`CONSTRAINT ${name} FOREIGN KEY (${column}) ${target}`]
}
