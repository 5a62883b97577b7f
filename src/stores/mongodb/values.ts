import { AuthError } from '../../errors.ts'
import type { JsonValue } from '../../model/field.ts'
import type { UserId } from '../../model/user.ts'
import type { MongoDocument } from './mongo-driver.ts'

/**
 * A text that is kept as it is. A NUL ends text in other databases, and lone surrogates all become the same replacement
 * character in BSON, so that one text would be found by another.
 *
 * @throws {AuthError} `malformed_request`
 */
export function keepableText(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new AuthError('malformed_request')
  return text
}

/**
 * A value of a document. What comes from outside reaches the database as one of these kinds and no other, so that nothing can be
 * read as an operator.
 *
 * @throws {AuthError} `malformed_request` for a text that cannot be kept
 * @throws {TypeError} for values that no field holds
 */
export function encoded(value: unknown): unknown {
  if (typeof value === 'string') return keepableText(value)
  if (typeof value === 'boolean' || value instanceof Uint8Array || Number.isFinite(value)) return value
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value
  throw new TypeError(`a store cannot keep ${typeof value === 'number' ? value : `this ${typeof value}`}`)
}

/** Compares with a value, never with an operator. */
export const equals = (value: unknown): MongoDocument => ({ $eq: encoded(value) })

/** One of these values. */
export const among = (values: readonly unknown[]): MongoDocument => ({ $in: values.map(encoded) })

/** No value at all. Nothing is ever stored as `null`: sparse indexes would count it as a value. */
export const ABSENT: MongoDocument = { $exists: false }

export const PRESENT: MongoDocument = { $exists: true }

/**
 * A value of the kind. Unlike `PRESENT` it is a piece of an index, which need not walk through all who have none.
 */
export const ANY_TEXT: MongoDocument = { $gte: '' }

export const ANY_NUMBER: MongoDocument = { $gte: -Number.MAX_VALUE }

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
export const ANY_MOMENT: MongoDocument = { $gte: new Date(-8.64e15) }

/** What is in the JSON is kept as text: keys with dots and dollars are no field names, and numbers stay what they were. */
export const encodedJson = (value: JsonValue | object): string => JSON.stringify(value)

export function text(value: unknown): string {
  if (typeof value === 'string') return value
  throw unexpected(value, 'a text')
}

export const textOrNull = (value: unknown): string | null => (isAbsent(value) ? null : text(value))

export function number(value: unknown): number {
  if (typeof value === 'number') return value
  // Beyond 32 bits some settings of a client give the driver's own class.
  if (typeof value === 'object' || typeof value === 'bigint') return Number(value)
  throw unexpected(value, 'a number')
}

export function id(value: unknown): UserId {
  return typeof value === 'string' ? value : number(value)
}

export function boolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw unexpected(value, 'true or false')
}

export function moment(value: unknown): Date {
  if (value instanceof Date) return value
  throw unexpected(value, 'a moment')
}

export const momentOrNull = (value: unknown): Date | null => (isAbsent(value) ? null : moment(value))

export function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  throw unexpected(value, 'bytes')
}

export const bytesOrNull = (value: unknown): Uint8Array | null => (isAbsent(value) ? null : bytes(value))

export const json = (value: unknown): JsonValue => JSON.parse(text(value)) as JsonValue

/** The documents or values of a list; a document without the list has none. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export function document(value: unknown): MongoDocument {
  return typeof value === 'object' && value !== null ? (value as MongoDocument) : {}
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

const unexpected = (value: unknown, wanted: string): TypeError =>
  new TypeError(`the database has ${typeof value} where ${wanted} belongs`)
