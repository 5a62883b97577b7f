import type { FieldDefinition, FieldDefinitions, FieldKind, FieldValue } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import { canonicalText } from '../../model/identifier.ts'
import { type Identifier, identifier } from './sql.ts'
import type { ColumnType, Decoders, SqlEngine } from './sql-engine.ts'

/** A declared field as the database keeps it. */
export interface DeclaredColumn {
  readonly field: string
  readonly definition: FieldDefinition
  readonly column: Identifier
  /** Holds the canonical form of a unique text; it carries the unique index in the column's place. */
  readonly keyColumn: Identifier | null
}

const COLUMN_TYPES = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'moment',
  enum: 'text',
  json: 'json',
} as const satisfies Record<FieldKind, ColumnType>

/**
 * The columns of declared fields, in the order of their declaration.
 *
 * @throws {TypeError} for a field whose column exists already
 */
export function declaredColumns(fields: FieldDefinitions, builtIn: readonly Identifier[]): readonly DeclaredColumn[] {
  const taken = new Set(builtIn.map((column) => column.name))
  const take = (name: string, field: string): Identifier => {
    if (taken.has(name)) throw new TypeError(`the field "${field}" needs the column "${name}", which exists already`)
    taken.add(name)
    return identifier(name)
  }
  return Object.entries(fields).map(([field, definition]) => ({
    field,
    definition,
    column: take(columnName(field), field),
    keyColumn: isKeptByKey(definition) ? take(keyColumnName(columnName(field)), field) : null,
  }))
}

export function columnType(definition: Pick<FieldDefinition, 'kind' | 'integer'>): ColumnType {
  return definition.kind === 'number' && definition.integer ? 'integer' : COLUMN_TYPES[definition.kind]
}

/** Tells whether uniqueness is that of a canonical form, kept beside the text as it was given. */
export function isKeptByKey(definition: Pick<FieldDefinition, 'kind' | 'unique'>): boolean {
  return definition.unique && definition.kind === 'text'
}

export function keyColumnName(column: string): string {
  return `${column}_key`
}

/** The column whose index makes the field unique. */
export function uniqueColumn(declared: DeclaredColumn): Identifier {
  return declared.keyColumn ?? declared.column
}

/** What is stored for the field, by column: the value, and its canonical form where that is unique. */
export function declaredValues(declared: DeclaredColumn, value: FieldValue): readonly (readonly [string, unknown])[] {
  const stored = declared.definition.kind === 'json' && value !== null ? JSON.stringify(value) : value
  if (!declared.keyColumn) return [[declared.column.name, stored]]
  const key = typeof value === 'string' ? canonicalText(value) : null
  return [
    [declared.column.name, stored],
    [declared.keyColumn.name, key],
  ]
}

/** Reads a declared field's column back. */
export function fieldDecoder(kind: FieldKind, engine: SqlEngine): (value: unknown) => FieldValue {
  const decode = decoderOf(kind, engine.decode)
  return (value) => (value === null ? null : decode(value))
}

function decoderOf(kind: FieldKind, decode: Decoders): (value: unknown) => FieldValue {
  switch (kind) {
    case 'text':
    case 'enum':
      return decode.text
    case 'number':
      return decode.number
    case 'boolean':
      return decode.boolean
    case 'date':
      return decode.moment
    case 'json':
      return decode.json
  }
}
