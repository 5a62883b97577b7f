import { codePointLength } from '../util/text.ts'
import type { FieldDefinition, FieldKind, FieldOptions, JsonValue } from './field.ts'
import { fieldNameProblem } from './field-names.ts'
import { readFieldValue } from './field-value.ts'

export interface TextOptions extends FieldOptions<string> {
  /** Code points, 1 to 100000; for a unique field at most 255. @default 255 */
  readonly maxLength?: number
}

export interface NumberOptions extends FieldOptions<number> {
  readonly min?: number
  readonly max?: number
  /** Whole numbers only. @default false */
  readonly integer?: boolean
}

export interface EnumOptions<C extends string> extends FieldOptions<NoInfer<C>> {
  /** The values to choose from: at least one, none twice. */
  readonly choices: readonly C[]
}

/** Options with which a user always has a value, so that the field's type has no `null`. */
export type Always<T> = { readonly required: true } | { readonly default: T }

/** Makes definitions, one method for each kind of field. */
export interface FieldBuilder {
  text(options: TextOptions & Always<string>): FieldDefinition<string>
  text(options?: TextOptions): FieldDefinition<string | null>
  number(options: NumberOptions & Always<number>): FieldDefinition<number>
  number(options?: NumberOptions): FieldDefinition<number | null>
  boolean(options: FieldOptions<boolean> & Always<boolean>): FieldDefinition<boolean>
  boolean(options?: FieldOptions<boolean>): FieldDefinition<boolean | null>
  /** A moment. Clients send ISO 8601: a day, or a day and a time with its zone. */
  date(options: FieldOptions<Date> & Always<Date>): FieldDefinition<Date>
  date(options?: FieldOptions<Date>): FieldDefinition<Date | null>
  enum<const C extends string>(options: EnumOptions<C> & Always<NoInfer<C>>): FieldDefinition<C>
  enum<const C extends string>(options: EnumOptions<C>): FieldDefinition<C | null>
  /** Anything JSON, up to 64 KiB and 20 levels. It cannot be unique. */
  json(options?: Omit<FieldOptions<JsonValue>, 'unique'>): FieldDefinition<JsonValue>
}

/**
 * Declares own fields of the user, stored as columns and typed in every command and answer.
 *
 * Without `required` and without `default` a field may be `null`. A definition that cannot work throws at once.
 *
 * ```ts
 * createAuth({ user: { fields: { description: field.text({ maxLength: 50, default: 'None' }) } } })
 * ```
 *
 * @throws {TypeError} with what to write instead
 */
export const field: FieldBuilder = {
  text: (options: TextOptions = {}) => define<string>('text', { maxLength: 255, ...options }),
  number: (options: NumberOptions = {}) => define<number>('number', options),
  boolean: (options: FieldOptions<boolean> = {}) => define<boolean>('boolean', options),
  date: (options: FieldOptions<Date> = {}) => define<Date>('date', options),
  enum: <C extends string>(options: EnumOptions<C>) => define<C>('enum', options),
  json: (options: FieldOptions<JsonValue> = {}) => define<JsonValue>('json', options),
}

/**
 * Refuses names of fields or profiles that cannot be a column, or that already mean something on a user.
 *
 * @throws {TypeError} with the name and what is wrong with it
 */
export function assertFieldNames(named: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(named)) {
    const problem = fieldNameProblem(name)
    if (problem) throw new TypeError(`user field "${name}": ${problem}`)
  }
}

// Every option of every kind; `assertOptions` knows which kind has which.
type AnyOptions = FieldOptions<unknown> & Omit<TextOptions & NumberOptions & Partial<EnumOptions<string>>, 'default'>

function define<T>(kind: FieldKind, options: AnyOptions): FieldDefinition<T> {
  assertOptions(kind, options)
  const { required = false, unique = false, writable = true, default: given = null, ...rest } = options
  const limits = { ...rest, kind }
  assertLimits(kind, options)
  const read = given === null ? { value: null } : readFieldValue(limits, given)
  if ('error' in read) throw problem(kind, `its default does not fit the field itself (${read.error.code})`)
  return Object.freeze({ public: true, ...limits, required, unique, writable, default: read.value })
}

function assertOptions(kind: FieldKind, options: AnyOptions): void {
  const allowed = [...COMMON_OPTIONS, ...OWN_OPTIONS[kind]]
  for (const name of Object.keys(options)) {
    if (!allowed.includes(name)) throw problem(kind, `there is no option "${name}"; there are ${allowed.join(', ')}`)
  }
  if (options.required && options.writable === false && options.default === undefined) {
    throw problem(kind, 'nobody can give a required field that is not writable; write a default instead of required')
  }
  if (options.unique && options.default !== undefined) {
    throw problem(kind, 'two users would share the default of a unique field; leave one of both out')
  }
  if (options.unique && kind === 'json') throw problem(kind, 'JSON cannot be unique; write a text field beside it')
}

const COMMON_OPTIONS = ['required', 'default', 'unique', 'writable', 'public']

const OWN_OPTIONS = {
  text: ['maxLength'],
  number: ['min', 'max', 'integer'],
  boolean: [],
  date: [],
  enum: ['choices'],
  json: [],
} as const satisfies Record<FieldKind, readonly string[]>

function assertLimits(kind: FieldKind, options: AnyOptions): void {
  if (kind === 'text') assertMaxLength(options)
  if (kind === 'number') assertRange(options)
  if (kind === 'enum') assertChoices(options.choices ?? [])
}

function assertMaxLength({ maxLength = 0, unique }: AnyOptions): void {
  // A unique index of MySQL holds 3,072 bytes, and a canonical form can be longer than the text.
  const limit = unique ? 255 : 100_000
  if (Number.isInteger(maxLength) && maxLength >= 1 && maxLength <= limit) return
  throw problem('text', `maxLength must be a whole number from 1 to ${limit}, not ${maxLength}`)
}

function assertRange({ min = -Infinity, max = Infinity }: AnyOptions): void {
  if (min <= max) return
  throw problem('number', `min (${min}) must not be above max (${max})`)
}

function assertChoices(choices: readonly string[]): void {
  const isFine = (choice: unknown) =>
    typeof choice === 'string' && choice !== '' && choice.isWellFormed() && codePointLength(choice) <= 100
  if (choices.length > 0 && choices.every(isFine) && new Set(choices).size === choices.length) return
  throw problem('enum', "write choices: ['one', 'two'], each a text of 1 to 100 characters and none twice")
}

function problem(kind: FieldKind, message: string): TypeError {
  return new TypeError(`field.${kind}: ${message}`)
}
