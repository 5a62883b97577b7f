import { shapeCache } from './shape-cache.ts'
import { type Identifier, identifier, joined, parameter, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type Command, type Insert, statementsFor } from './statements.ts'

/** Values by the name of their column. */
export type ColumnValues = Readonly<Record<string, unknown>>

/** Statements over any set of a table's columns, rendered once for each set. */
export interface RowWriter {
  insert(values: ColumnValues): Insert<ColumnValues>
  /** Changes the columns of `values` other than the key in the row that has the key's value. */
  update(values: ColumnValues): Command<ColumnValues>
}

export function rowWriter(engine: SqlEngine, table: Identifier, key: Identifier): RowWriter {
  const { insert, command } = statementsFor(engine)
  const inserts = shapeCache((columns: readonly string[]) => {
    const names = joined(columns.map(identifier), ', ')
    const values = joined(columns.map(parameter), ', ')
    const returning = engine.returning ? sql` RETURNING ${key}` : sql``
    return insert<ColumnValues>(() => sql`INSERT INTO ${table} (${names}) VALUES (${values})${returning}`)
  })
  const updates = shapeCache((columns: readonly string[]) => {
    const changed = columns.filter((column) => column !== key.name)
    const assignments = changed.map((column) => sql`${identifier(column)} = ${parameter(column)}`)
    return command<ColumnValues>(
      () => sql`UPDATE ${table} SET ${joined(assignments, ', ')} WHERE ${key} = ${parameter(key.name)}`,
    )
  })
  return {
    insert: (values) => inserts(Object.keys(values)),
    update: (values) => updates(Object.keys(values)),
  }
}
