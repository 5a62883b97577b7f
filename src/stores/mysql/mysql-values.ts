import { AuthError } from '../../errors.ts'
import type { JsonValue } from '../../model/field.ts'
import { valueEncoder } from '../sql/encode-value.ts'
import type { Decoders } from '../sql/sql-engine.ts'

/** Moments as text in UTC, so that neither the zone of this process nor that of the connection has a say. */
export const encodeValue: (value: unknown) => unknown = valueEncoder({
  boolean: (value) => (value ? 1 : 0),
  moment: momentText,
})

/** `2026-01-31 09:08:07.065`. There is no room for years that have not four digits. */
function momentText(moment: Date): string {
  const text = moment.toISOString()
  if (text.length !== WIDTH) throw new AuthError('malformed_request')
  return `${text.slice(0, 10)} ${text.slice(11, -1)}`
}

const WIDTH = '2026-01-31T09:08:07.065Z'.length

/**
 * A value as a prepared statement takes it. Whole numbers go as text: the driver would send them as floating point, which MySQL
 * does not take for a `LIMIT`.
 */
export function parameterOf(value: unknown): string | number | Buffer | null {
  if (typeof value === 'string' || value === null) return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : value
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  throw new TypeError(`a statement cannot take this ${typeof value}`)
}

// The casts are where the database's values become data; the types of the columns vouch for them.
export const DECODERS: Decoders = {
  text: readText,
  textOrNull: (value) => (value === null ? null : readText(value)),
  number: readNumber,
  boolean: (value) => readNumber(value) !== 0,
  moment: readMoment,
  momentOrNull: (value) => (value === null ? null : readMoment(value)),
  // The driver's bytes are a part of the whole packet, which would stay in memory with them.
  bytes: (value) => new Uint8Array(value as Buffer),
  bytesOrNull: (value) => (value === null ? null : new Uint8Array(value as Buffer)),
  json: (value) => JSON.parse(readText(value)) as JsonValue,
  id: (value) => (value instanceof Uint8Array ? readText(value) : readNumber(value)),
}

/** Keys are kept as bytes, other texts as text. */
function readText(value: unknown): string {
  return typeof value === 'string' ? value : (value as Buffer).toString('utf8')
}

/** The driver gives integers as text where they are not exact, or the application has told it to. */
function readNumber(value: unknown): number {
  if (typeof value === 'number') return value
  const number = Number(value as string)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`the database has the integer ${value}, which is too large to be exact here`)
}

/** `2026-01-31 09:08:07.065`, or without a fraction where that is zero. */
function readMoment(value: unknown): Date {
  const text = value as string
  return new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`)
}
