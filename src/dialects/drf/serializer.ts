import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { FieldSet, ReadFields } from './field-set.ts'
import type { FieldReader, FieldResult } from './fields.ts'
import { readObject } from './read-object.ts'

export interface SerializerOptions {
  /** Fields that are missing stay as they are, and none is required: `PATCH`. @default false */
  readonly isPartial?: boolean
}

/** Reads fields in the way of a serializer: all of them are judged, and all complaints told together. */
export function serializer(fields: Readonly<Record<string, FieldReader>>, options: SerializerOptions = {}): FieldSet {
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.description])),
    read(data, words) {
      const body = readObject(data, words)
      return 'errors' in body ? body : readAll(fields, body.object, { words, isForm: data.isForm, ...options })
    },
  }
}

interface Reading extends SerializerOptions {
  readonly words: DrfMessages
  readonly isForm: boolean
}

function readAll(
  fields: Readonly<Record<string, FieldReader>>,
  body: Readonly<Record<string, unknown>>,
  reading: Reading,
): ReadFields {
  const values: Record<string, unknown> = {}
  const errors: Record<string, readonly string[]> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.description.isReadOnly) continue
    const read = Object.hasOwn(body, name) ? field.read(body[name], reading) : readMissing(field, reading)
    if (read.errors.length > 0) errors[name] = read.errors
    else if (!read.isAbsent) values[name] = read.value
  }
  return { values, errors }
}

function readMissing(
  { description, valueIfFormLacksIt }: FieldReader,
  { words, isForm, isPartial }: Reading,
): FieldResult {
  if (isPartial) return ABSENT
  if (isForm && valueIfFormLacksIt !== undefined) return { value: valueIfFormLacksIt, errors: [] }
  return description.required ? { errors: [words.fieldErrors.required({})] } : ABSENT
}

const ABSENT: FieldResult = { errors: [], isAbsent: true }
