import type { FieldError } from '../../errors.ts'
import type { DrfFieldErrorParams, DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { FieldDefinition, FieldKind } from '../../model/field.ts'
import { readFieldValue } from '../../model/field-value.ts'
import type { FieldDescription } from './field-set.ts'
import { type FieldReader, type FieldResult, textField } from './fields.ts'

/** How the original tells clients to write a moment. */
const DATE_FORMAT = 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]'

/** Digits; a longer number is not even looked at. */
const MAX_NUMBER_LENGTH = 1000

/**
 * A reader for one declared field, with what Django REST framework takes for its kind beside what JSON has for it: yes
 * and no for a boolean, digits for a number.
 */
export function declaredField(wireName: string, definition: FieldDefinition, mode: 'create' | 'update'): FieldReader {
  const label = labelOf(wireName)
  const required = mode === 'create' && definition.required
  const allowNull = !definition.required && definition.default === null
  if (definition.kind === 'text') {
    const { maxLength } = definition
    const limits = maxLength === undefined ? {} : { maxLength }
    return textField({ label, required, allowNull, allowBlank: !definition.required, ...limits })
  }
  return {
    description: { type: typeOf(definition), required, label, isSecret: false, ...limitsOf(definition) },
    // A browser leaves a box that is not ticked out of its form.
    ...(definition.kind === 'boolean' && required ? { valueIfFormLacksIt: false } : {}),
    read(value, { words, isForm }) {
      // An input of a form that was left empty.
      const isEmpty = isForm && value === ''
      if (value === null || isEmpty) return readNothing({ isEmpty, required, allowNull }, words)
      return judge(definition, isForm && definition.kind === 'json' ? parsed(value) : value, words)
    },
  }
}

interface Nothing {
  readonly isEmpty: boolean
  readonly required: boolean
  readonly allowNull: boolean
}

function readNothing({ isEmpty, required, allowNull }: Nothing, words: DrfMessages): FieldResult {
  if (allowNull) return { value: null, errors: [] }
  if (!isEmpty) return { errors: [words.fields.notNull] }
  return required ? { errors: [words.fields.notBlank] } : { errors: [], isAbsent: true }
}

/** `favourite_colour` is shown as "Favourite colour". */
function labelOf(wireName: string): string {
  const words = wireName.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function typeOf({ kind, integer }: FieldDefinition): FieldDescription['type'] {
  const types: { readonly [K in FieldKind]: FieldDescription['type'] } = {
    text: 'string',
    number: integer ? 'integer' : 'float',
    boolean: 'boolean',
    date: 'datetime',
    enum: 'choice',
    json: 'field',
  }
  return types[kind]
}

function limitsOf({ min, max, choices }: FieldDefinition): Pick<FieldDescription, 'min' | 'max' | 'choices'> {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(choices === undefined ? {} : { choices }),
  }
}

function judge(definition: FieldDefinition, value: unknown, words: DrfMessages): FieldResult {
  if (definition.kind === 'number' && typeof value === 'string' && value.length > MAX_NUMBER_LENGTH) {
    return { errors: [words.fields.numberTooLong] }
  }
  const read = readFieldValue(definition, converted(definition, value))
  if (!('error' in read)) return { value: read.value, errors: [] }
  return { errors: [sentenceFor(read.error, { definition, value, words })] }
}

/** What the original takes for a value of the kind; anything else stays as it is, for the complaint. */
function converted({ kind, integer }: FieldDefinition, value: unknown): unknown {
  switch (kind) {
    case 'number':
      return typeof value === 'string' ? numberIn(value, integer === true) : value
    case 'boolean':
      return booleanIn(value)
    case 'date':
      return typeof value === 'string' ? withZone(value.trim()) : value
    case 'enum':
      return typeof value === 'number' ? String(value) : value
    default:
      return value
  }
}

function numberIn(text: string, isInteger: boolean): unknown {
  const form = isInteger ? /^\s*[+-]?\d+(?:\.0*)?\s*$/ : /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i
  return form.test(text) ? Number(text) : text
}

const YES: ReadonlySet<unknown> = new Set(['t', 'y', 'yes', 'true', 'on', '1', 1])
const NO: ReadonlySet<unknown> = new Set(['f', 'n', 'no', 'false', 'off', '0', 0])

/** Words in lower or upper case, or with a capital, and no other mixture. */
function booleanIn(value: unknown): unknown {
  const isPlain = typeof value !== 'string' || /^(?:[a-z]+|[A-Z]?[a-z]*|[A-Z]+|[01])$/.test(value)
  const word = typeof value === 'string' ? value.toLowerCase() : value
  if (!isPlain) return value
  return YES.has(word) || (!NO.has(word) && value)
}

/** A moment without a zone is one in UTC, as with Django's default `TIME_ZONE`; so is what `datetime-local` sends. */
function withZone(text: string): string {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d[\d:.]*)(.*)$/.exec(text) ?? []
  return day === undefined ? text : `${day}T${time}${zone === '' ? 'Z' : zone}`
}

/** What is no JSON becomes what no reader takes. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

interface Judged {
  readonly definition: FieldDefinition
  readonly value: unknown
  readonly words: DrfMessages
}

function sentenceFor({ code, params }: FieldError, { definition, value, words }: Judged): string {
  if (code === 'not_number' && definition.integer) return words.fields.notAnInteger
  return words.fieldErrors[code]({ ...params, ...shown(code, value) })
}

function shown(code: FieldError['code'], value: unknown): DrfFieldErrorParams {
  if (code === 'not_date') return { format: DATE_FORMAT }
  const isShort = (typeof value === 'string' && value.length <= 100) || typeof value === 'number'
  return code === 'not_a_choice' && isShort ? { input: value } : {}
}
