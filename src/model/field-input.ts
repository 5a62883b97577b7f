import type { FieldError } from '../errors.ts'
import { hasControlCharacters } from '../util/text.ts'
import type { FieldDefinition, FieldDefinitions, FieldValue, FieldValues } from './field.ts'
import { readFieldValue, textProblem } from './field-value.ts'

/** Declared fields as they may be stored, and every complaint by field. Use `values` only where `errors` is empty. */
export interface FieldInput {
  readonly values: FieldValues
  readonly errors: Readonly<Record<string, readonly FieldError[]>>
}

/**
 * Reads values for declared fields from what a client sent.
 *
 * `create` answers with every declared field, defaults included; `update` with those that were sent. A field that is
 * unknown or not writable is a complaint, never ignored, so that nobody believes it was stored.
 */
export function readFieldInput(
  definitions: FieldDefinitions,
  input: Readonly<Record<string, unknown>>,
  mode: 'create' | 'update',
): FieldInput {
  const sent = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const values = new Map<string, FieldValue>()
  const errors = new Map<string, readonly FieldError[]>()
  for (const [name, value] of sent) {
    const read = readSent(definitions, name, value)
    if ('error' in read) errors.set(name, [read.error])
    else values.set(name, read.value)
  }
  if (mode === 'create') addMissing(definitions, { values, errors, sent })
  // From maps, because a client may send a field named `__proto__`.
  return { values: Object.fromEntries(values), errors: Object.fromEntries(errors) }
}

/** What is wrong with one line of text of a built-in field, such as a first name. An empty one is right. */
export function textProblems(input: unknown, options: { readonly maxLength: number }): readonly FieldError[] {
  const problem = textProblem(input, options.maxLength)
  if (problem) return [problem]
  // A line break in a name could become a header of a mail (CVE-2015-5144).
  return typeof input === 'string' && hasControlCharacters(input) ? [{ code: 'not_text' }] : []
}

type Read = { readonly value: FieldValue } | { readonly error: FieldError }

function readSent(definitions: FieldDefinitions, name: string, value: unknown): Read {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
  if (!definition) return { error: { code: 'unknown_field' } }
  if (!definition.writable) return { error: { code: 'not_writable' } }
  if (isEmpty(definition, value)) return { error: { code: 'required' } }
  return value === null ? { value: null } : readFieldValue(definition, value)
}

/** A field that promises a value takes no `null`; one that must be given is not given by an empty text. */
function isEmpty(definition: FieldDefinition, value: unknown): boolean {
  if (value === null) return definition.required || definition.default !== null
  return value === '' && definition.required
}

interface Collected {
  readonly values: Map<string, FieldValue>
  readonly errors: Map<string, readonly FieldError[]>
  readonly sent: ReadonlyMap<string, unknown>
}

function addMissing(definitions: FieldDefinitions, { values, errors, sent }: Collected): void {
  for (const [name, definition] of Object.entries(definitions)) {
    if (sent.has(name)) continue
    if (definition.required) errors.set(name, [{ code: 'required' }])
    else values.set(name, definition.default)
  }
}
