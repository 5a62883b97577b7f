import type { FieldError } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { WireErrors } from './field-set.ts'

/**
 * What a field of a command is called on the wire, and what is said of it where that is not the common sentence. A
 * complaint about a field without a name of its own goes by its own name.
 */
export type FieldNames = Readonly<Record<string, string | NamedField>>

export interface NamedField {
  readonly name: string
  /** In place of the common sentence; `null` leaves that as it is. */
  readonly sentence: (error: FieldError, words: DrfMessages) => string | null
}

/** The complaints of a command in the words of the wire. Several of its fields may have one name there. */
export function wireErrors(
  fields: Readonly<Record<string, readonly FieldError[]>>,
  names: FieldNames,
  words: DrfMessages,
): WireErrors {
  const errors = new Map<string, readonly string[]>()
  for (const [field, complaints] of Object.entries(fields)) {
    const { name, sentence } = namedField(field, names)
    const sentences = complaints.map((complaint) => sentence(complaint, words) ?? commonSentence(complaint, words))
    errors.set(name, [...(errors.get(name) ?? []), ...sentences])
  }
  return Object.fromEntries(errors)
}

function namedField(field: string, names: FieldNames): NamedField {
  const named = Object.hasOwn(names, field) ? names[field] : undefined
  return typeof named === 'object' ? named : { name: named ?? field, sentence: () => null }
}

const commonSentence = ({ code, params = {} }: FieldError, { fieldErrors }: DrfMessages): string =>
  fieldErrors[code](params)
