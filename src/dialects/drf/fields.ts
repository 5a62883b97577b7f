import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { parseEmail } from '../../model/email-address.ts'
import { codePointLength, isLongerThan, trimWhiteSpace } from '../../util/text.ts'
import type { FieldDescription } from './field-set.ts'

/** One field of a serializer. */
export interface FieldReader {
  readonly description: FieldDescription
  read(value: unknown, how: { readonly words: DrfMessages; readonly isForm: boolean }): FieldResult
  /** What a form means that does not send the field, unless it sends only some on purpose. @default nothing */
  readonly valueIfFormLacksIt?: unknown
}

export interface FieldResult {
  readonly value?: unknown
  readonly errors: readonly string[]
  /** An input of a form that was left empty counts as not sent where nothing had to be there. @default false */
  readonly isAbsent?: boolean
}

export interface TextOptions {
  readonly label: string
  /** @default true */
  readonly required?: boolean
  /** @default false */
  readonly allowBlank?: boolean
  /** @default false */
  readonly allowNull?: boolean
  /** Surrounding white space goes, as it does in every text of the original. @default true */
  readonly trim?: boolean
  /** Code points. @default none */
  readonly minLength?: number
  /** Code points; `null`: none, where the kind of field has one by itself. @default none */
  readonly maxLength?: number | null
  /** Drawn as a password. @default false */
  readonly isSecret?: boolean
}

type Judge = (text: string, words: DrfMessages) => readonly string[]

interface TextKind {
  readonly type: FieldDescription['type']
  /** What is said of a value that is no text. */
  readonly notText: (words: DrfMessages) => string
  readonly judge: Judge
}

const PLAIN: TextKind = {
  type: 'string',
  notText: (words) => words.fieldErrors.not_text({}),
  judge: (text, words) => unstorable(text, words),
}

/** Any text. Numbers are taken for their digits. */
export const textField = (options: TextOptions): FieldReader => textReader(options, PLAIN)

/** A password: a text that no page shows. */
export const passwordField = (options: TextOptions): FieldReader => textField({ isSecret: true, ...options })

export interface EmailOptions extends Omit<TextOptions, 'maxLength'> {
  /** Code points; `null`: as many as Django's own rule for addresses bears. @default 254 */
  readonly maxLength?: number | null
}

/** An address. Everything that is wrong with it is told, its form last. */
export function emailField({ maxLength = 254, ...options }: EmailOptions): FieldReader {
  const limited = maxLength === null ? options : { ...options, maxLength }
  return textReader(limited, { type: 'email', notText: notAnEmail, judge: judgeEmail })
}

/** A user name. Its characters are told before its length. */
export const usernameField = (options: TextOptions): FieldReader =>
  textReader(options, {
    ...PLAIN,
    judge: (text, words) => {
      // Unicode's letters and digits, as `\w` means them in Python.
      const isRight = /^[\p{L}\p{N}_.@+-]+$/u.test(text)
      return [...(isRight ? [] : [words.fieldErrors.username_invalid({})]), ...unstorable(text, words)]
    },
  })

const notAnEmail = (words: DrfMessages): string => words.fieldErrors.email_invalid({})

const judgeEmail: Judge = (text, words) => [...unstorable(text, words), ...(isEmail(text) ? [] : [notAnEmail(words)])]

/** Up to Django's own limit an address that is too long is only told to be too long. */
function isEmail(text: string): boolean {
  const parsed = parseEmail(text)
  if (parsed.ok) return true
  return parsed.reason === 'too_long' && text.includes('@') && text.length <= 320
}

const SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function unstorable(text: string, { fieldErrors }: DrfMessages): readonly string[] {
  const surrogate = SURROGATE.exec(text)?.[0]
  const codePoint = surrogate && `U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}`
  return [
    ...(text.includes('\0') ? [fieldErrors.null_characters({})] : []),
    ...(codePoint === undefined ? [] : [fieldErrors.surrogate_characters({ codePoint })]),
  ]
}

function textReader(options: TextOptions, kind: TextKind): FieldReader {
  const { label, required = true, isSecret = false, trim = true } = options
  const limits = limitsOf(options)
  return {
    description: { type: kind.type, required, label, isSecret, ...limits },
    read(value, { words, isForm }) {
      if (value === null) return absent(options.allowNull, null, words.fields.notNull)
      if (isForm && value === '' && mayBeLeftEmpty(options)) return emptyInput(options)
      const text = textOf(value, trim)
      if (text === null) return { errors: [kind.notText(words)] }
      if (text === '') return absent(options.allowBlank, '', words.fields.notBlank)
      const errors = inOrder({ judged: kind.judge(text, words), lengths: lengthErrors(text, limits, words), words })
      return errors.length > 0 ? { errors } : { value: text, errors }
    },
  }
}

function textOf(value: unknown, trim: boolean): string | null {
  if (typeof value === 'string') return trim ? trimWhiteSpace(value) : value
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  // An integer that lost digits on the way in would become another text than the one that was sent.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value)
}

const mayBeLeftEmpty = ({ allowNull, required = true }: TextOptions): boolean => allowNull === true || !required

const absent = (isAllowed: boolean | undefined, value: unknown, complaint: string): FieldResult =>
  isAllowed ? { value, errors: [] } : { errors: [complaint] }

function emptyInput({ allowBlank, allowNull }: TextOptions): FieldResult {
  if (allowBlank) return { value: '', errors: [] }
  return allowNull ? { value: null, errors: [] } : { errors: [], isAbsent: true }
}

interface Found {
  readonly judged: readonly string[]
  readonly lengths: readonly string[]
  readonly words: DrfMessages
}

/** A user name's characters come first, then the length, then the rest. */
function inOrder({ judged, lengths, words }: Found): readonly string[] {
  const [first] = judged
  return first === words.fieldErrors.username_invalid({})
    ? [first, ...lengths, ...judged.slice(1)]
    : [...lengths, ...judged]
}

type Limits = Pick<FieldDescription, 'minLength' | 'maxLength'>

function limitsOf({ minLength, maxLength = null }: TextOptions): Limits {
  return { ...(minLength === undefined ? {} : { minLength }), ...(maxLength === null ? {} : { maxLength }) }
}

function lengthErrors(text: string, { minLength = 0, maxLength }: Limits, words: DrfMessages): readonly string[] {
  const { fieldErrors, fields } = words
  const isTooLong = maxLength !== undefined && isLongerThan(text, maxLength)
  return [
    ...(isTooLong ? [fieldErrors.too_long({ maxLength, length: codePointLength(text) })] : []),
    ...(minLength > 0 && !isLongerThan(text, minLength - 1) ? [fields.minLength(minLength)] : []),
  ]
}
