import type { FieldKind } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import type { Ddl } from './ddl.ts'
import { columnType, type DeclaredColumn, isKeptByKey, keyColumnName, uniqueColumn } from './declared-columns.ts'
import type { ColumnSnapshot, ColumnSnapshots } from './field-snapshot.ts'
import { type Identifier, identifier, type SqlText, sql } from './sql.ts'

/** A table of declared columns, and what the migrations so far have made of it. */
export interface DraftTable {
  readonly table: Identifier
  readonly columns: readonly DeclaredColumn[]
  readonly known: ColumnSnapshots
}

/** What has to happen to a table. Columns are told by their place: `portress_users.description`. */
export interface DraftedChanges {
  readonly statements: readonly SqlText[]
  /** Says what the statements do, in words that fit into a file name. */
  readonly words: readonly string[]
  readonly kept: readonly string[]
  readonly dropped: readonly string[]
}

/**
 * Brings a table from what it is to what is declared. Nothing is dropped unless `dropUndeclared` says so.
 *
 * @throws {TypeError} for a change that would have to convert values
 */
export function draftChanges(ddl: Ddl, draft: DraftTable, dropUndeclared: boolean): DraftedChanges {
  const { table, columns, known } = draft
  const parts = columns.map((declared) => {
    const before = known[declared.field]
    return before ? changeColumn(ddl, table, { declared, before }) : addColumn(ddl, table, declared)
  })
  const undeclared = Object.entries(known).filter(([field]) => columns.every((declared) => declared.field !== field))
  for (const [field, before] of undeclared) {
    parts.push(dropUndeclared ? dropColumn(ddl, table, { field, before }) : keepColumn(table, field))
  }
  return joinChanges(parts)
}

export function joinChanges(changes: readonly DraftedChanges[]): DraftedChanges {
  return {
    statements: changes.flatMap((one) => one.statements),
    words: changes.flatMap((one) => one.words),
    kept: changes.flatMap((one) => one.kept),
    dropped: changes.flatMap((one) => one.dropped),
  }
}

/** The definitions of a declared field's columns. */
export function columnDefinitions(ddl: Ddl, { definition, column, keyColumn }: DeclaredColumn): readonly SqlText[] {
  // A choice that no two users may share is compared as names are.
  const type = ddl.types[isUniqueChoice(definition) ? 'key' : columnType(definition)]
  // No NOT NULL for a required field: users that are there already have no value. Its input is checked instead.
  const stored = definition.kind === 'json' ? JSON.stringify(definition.default) : definition.default
  const value =
    definition.default === null ? sql`${column} ${type}` : sql`${column} ${type} DEFAULT ${ddl.literal(stored)}`
  return keyColumn ? [value, sql`${keyColumn} ${ddl.types.key}`] : [value]
}

const isUniqueChoice = ({ kind, unique }: DeclaredColumn['definition']): boolean => kind === 'enum' && unique

const NOTHING: DraftedChanges = { statements: [], words: [], kept: [], dropped: [] }

function addColumn(ddl: Ddl, table: Identifier, declared: DeclaredColumn): DraftedChanges {
  const added = columnDefinitions(ddl, declared).map((definition) => sql`ALTER TABLE ${table} ADD COLUMN ${definition}`)
  const index = declared.definition.unique ? [ddl.createUniqueIndex(table, uniqueColumn(declared))] : []
  return { ...NOTHING, statements: [...added, ...index], words: [`add_${declared.column.name}`] }
}

function changeColumn(
  ddl: Ddl,
  table: Identifier,
  { declared, before }: { readonly declared: DeclaredColumn; readonly before: ColumnSnapshot },
): DraftedChanges {
  const { definition, column, keyColumn } = declared
  const place = `${table.name}.${column.name}`
  if (before.kind !== definition.kind || before.type !== columnType(definition)) {
    throw byHand(
      `${place} is ${before.kind} (${before.type}), declared is ${definition.kind} (${columnType(definition)})`,
    )
  }
  if (before.unique === definition.unique) return NOTHING
  if (!definition.unique) {
    const index = ddl.dropUniqueIndex(table, uniqueColumnOf(column, before))
    return { ...NOTHING, statements: [index], words: [`allow_equal_${column.name}`] }
  }
  if (keyColumn) throw byHand(`${place} becomes unique and needs ${keyColumn.name} filled with canonical forms`)
  if (isUniqueChoice(definition))
    throw byHand(`${place} becomes unique and needs a column that is compared byte for byte`)
  return { ...NOTHING, statements: [ddl.createUniqueIndex(table, column)], words: [`unique_${column.name}`] }
}

function dropColumn(
  ddl: Ddl,
  table: Identifier,
  { field, before }: { readonly field: string; readonly before: ColumnSnapshot },
): DraftedChanges {
  const column = identifier(columnName(field))
  const unique = uniqueColumnOf(column, before)
  const columns = isKeptByKey(before) ? [unique, column] : [column]
  const index = before.unique ? [ddl.dropUniqueIndex(table, unique)] : []
  return {
    ...NOTHING,
    statements: [...index, ...columns.map((one) => sql`ALTER TABLE ${table} DROP COLUMN ${one}`)],
    words: [`drop_${column.name}`],
    dropped: [`${table.name}.${column.name}`],
  }
}

function keepColumn(table: Identifier, field: string): DraftedChanges {
  return { ...NOTHING, kept: [`${table.name}.${columnName(field)}`] }
}

function uniqueColumnOf(
  column: Identifier,
  before: { readonly kind: FieldKind; readonly unique: boolean },
): Identifier {
  return isKeptByKey(before) ? identifier(keyColumnName(column.name)) : column
}

function byHand(problem: string): TypeError {
  return new TypeError(
    `${problem}: write this migration by hand. Copy the line "-- portress-snapshot: …" of the newest file into it and ` +
      'change the line to what the columns are afterwards',
  )
}
