import type { FieldDefinition, FieldDefinitions, FieldValue, FieldValues, JsonValue } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import { declaredField } from './declared-field.ts'
import type { WireValues } from './field-set.ts'
import type { FieldReader } from './fields.ts'
import { writeMoment } from './write-moment.ts'

type Named = readonly [name: string, definition: FieldDefinition]

/**
 * Readers for the fields that an application declared, by their names on the wire: `favouriteColour` is
 * `favourite_colour` there. What clients may not write is left out, and so ignored like everything unknown.
 *
 * `create`: what is required must be there, for `POST` and `PUT`; `update`: nothing must.
 */
export function declaredFields(
  definitions: FieldDefinitions,
  mode: 'create' | 'update',
): Readonly<Record<string, FieldReader>> {
  const readers = writable(definitions).map(([name, definition]) => {
    const wireName = columnName(name)
    return [wireName, declaredField(wireName, definition, mode)] as const
  })
  return Object.fromEntries(readers)
}

/** What commands take as `fields`, out of what those readers gave. */
export function declaredInput(definitions: FieldDefinitions, values: WireValues): Readonly<Record<string, unknown>> {
  const sent = writable(definitions).filter(([name]) => Object.hasOwn(values, columnName(name)))
  return Object.fromEntries(sent.map(([name]) => [name, values[columnName(name)]]))
}

/** The declared fields of a user that are shown, by their names on the wire. */
export function writeDeclared(definitions: FieldDefinitions, values: FieldValues): Readonly<Record<string, JsonValue>> {
  const shown = Object.entries(definitions).filter(([, definition]) => definition.public)
  return Object.fromEntries(shown.map(([name]) => [columnName(name), writeFieldValue(values[name] ?? null)]))
}

/** One value as JSON. */
export const writeFieldValue = (value: FieldValue): JsonValue => (value instanceof Date ? writeMoment(value) : value)

const writable = (definitions: FieldDefinitions): readonly Named[] =>
  Object.entries(definitions).filter(([, definition]) => definition.writable)
