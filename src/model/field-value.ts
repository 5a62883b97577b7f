import type { FieldError } from '../errors.ts'
import { inRange, parseIsoDate } from '../util/iso-date.ts'
import { isLongerThan } from '../util/text.ts'
import type { FieldDefinition, FieldValue } from './field.ts'
import { readJson } from './json-input.ts'

export type ReadValue = { readonly value: FieldValue } | { readonly error: FieldError }

/** What a kind of field allows, without the rules about presence. */
export type FieldLimits = Pick<FieldDefinition, 'kind' | 'maxLength' | 'min' | 'max' | 'integer' | 'choices'>

/** Reads one value that is not `null` as its field's kind demands. Nothing is converted but a date's text. */
export function readFieldValue(limits: FieldLimits, input: unknown): ReadValue {
  switch (limits.kind) {
    case 'text':
      return readText(limits, input)
    case 'number':
      return readNumber(limits, input)
    case 'boolean':
      return typeof input === 'boolean' ? { value: input } : { error: { code: 'not_boolean' } }
    case 'date':
      return readDate(input)
    case 'enum':
      return readChoice(limits, input)
    case 'json':
      return readJson(input)
  }
}

/** What is wrong with a text for every database: its type, its length, NUL, lone surrogates. */
export function textProblem(input: unknown, maxLength: number): FieldError | null {
  if (typeof input !== 'string') return { code: 'not_text' }
  if (isLongerThan(input, maxLength)) return { code: 'too_long', params: { maxLength } }
  if (input.includes('\0')) return { code: 'null_characters' }
  return input.isWellFormed() ? null : { code: 'surrogate_characters' }
}

function readText({ maxLength = Number.MAX_SAFE_INTEGER }: FieldLimits, input: unknown): ReadValue {
  const error = textProblem(input, maxLength)
  return error ? { error } : { value: input as string }
}

function readNumber({ min, max, integer }: FieldLimits, input: unknown): ReadValue {
  if (typeof input !== 'number' || !Number.isFinite(input)) return { error: { code: 'not_number' } }
  if (integer && !Number.isSafeInteger(input)) return { error: { code: 'not_number' } }
  if (min !== undefined && input < min) return { error: { code: 'too_small', params: { min } } }
  if (max !== undefined && input > max) return { error: { code: 'too_large', params: { max } } }
  // Databases do not keep the sign of zero.
  return { value: input === 0 ? 0 : input }
}

function readDate(input: unknown): ReadValue {
  const given = typeof input === 'string' ? parseIsoDate(input) : input
  const value = given instanceof Date ? inRange(given) : null
  return value ? { value } : { error: { code: 'not_date' } }
}

function readChoice({ choices = [] }: FieldLimits, input: unknown): ReadValue {
  const choice = choices.find((one) => one === input)
  return choice === undefined ? { error: { code: 'not_a_choice' } } : { value: choice }
}
