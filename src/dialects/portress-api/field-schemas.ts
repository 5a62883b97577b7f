import * as z from 'zod'
import type { FieldDefinition, FieldDefinitions, FieldKind } from '../../model/field.ts'

/**
 * Declared fields as keys of a body. `create` wants what is required; `update` wants nothing. Fields that clients may
 * not write are left out, so that the document does not tell of them.
 */
export function fieldShape(definitions: FieldDefinitions, mode: 'create' | 'update'): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(definitions)
      .filter(([, definition]) => definition.writable)
      .map(([name, definition]) => {
        const described = schemaOf(definition).meta(limitsOf(definition))
        const schema = mayBeNull(definition) ? described.nullable() : described
        return [name, mode === 'create' && definition.required ? schema : schema.optional()]
      }),
  )
}

/** Declared fields as keys of an answer: those that are shown. */
export function shownFieldShape(definitions: FieldDefinitions): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(definitions)
      .filter(([, definition]) => definition.public)
      .map(([name, definition]) => [
        name,
        mayBeNull(definition) ? schemaOf(definition).nullable() : schemaOf(definition),
      ]),
  )
}

/** A text; what is given besides is only described, the command judges it. */
export function text(described: Readonly<Record<string, unknown>>): z.ZodString {
  return z.string('not_text').meta(described)
}

const mayBeNull = (definition: FieldDefinition): boolean => !definition.required && definition.default === null

// The messages are the codes of the complaints.
const SCHEMAS: { readonly [K in Exclude<FieldKind, 'enum'>]: () => z.ZodType } = {
  text: () => z.string('not_text'),
  number: () => z.number('not_number'),
  boolean: () => z.boolean('not_boolean'),
  date: () => z.string('not_date').meta({ format: 'date-time' }),
  json: () => z.unknown(),
}

function schemaOf({ kind, choices = [] }: FieldDefinition): z.ZodType {
  return kind === 'enum' ? z.enum(choices, 'not_a_choice') : SCHEMAS[kind]()
}

function limitsOf({ kind, maxLength, min, max, integer }: FieldDefinition): Record<string, unknown> {
  return {
    ...(kind === 'date' ? { description: 'ISO 8601: a day, or a day and a time with its zone.' } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(integer ? { type: 'integer' } : {}),
  }
}
