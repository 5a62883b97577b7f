import type { JsonValue } from '../../model/field.ts'
import { valueEncoder } from '../sql/encode-value.ts'
import type { Decoders } from '../sql/sql-engine.ts'
import type { PgTypes } from './pg-pool.ts'

/**
 * Numbers and bytes as the driver takes them, moments as text with their zone, so that neither the zone of this process nor
 * that of the connection has a say.
 */
export const encodeValue: (value: unknown) => unknown = valueEncoder({
  boolean: (value) => value,
  moment: momentText,
})

/** Reads columns by the type that the database says they have, whatever parsers the application has set in the driver. */
export const COLUMN_TYPES: PgTypes = { getTypeParser: (typeId) => PARSERS.get(typeId) ?? asItIs }

/** By the identifiers that built-in types have in every database. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [16, (text) => text === 't'],
  [17, parseBytes],
  [20, parseInteger],
  [21, Number],
  [23, Number],
  [700, Number],
  [701, Number],
  [1184, parseMoment],
])

const asItIs = (text: string): unknown => text

function parseInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`the database has the integer ${text}, which is too large to be exact here`)
}

function parseBytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new TypeError("connections to the database need bytea_output = 'hex'")
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

/** `2026-01-31 09:08:07.065+00`: moments are kept with three digits of the second, and connections may be in any zone. */
const MOMENT =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/

function parseMoment(text: string): Date {
  // Every authenticated request reads half a dozen. This is the form of a connection whose zone is UTC.
  if (text.endsWith('+00') && text.charCodeAt(4) === HYPHEN && text.charCodeAt(10) === SPACE) {
    const date = new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
    if (!Number.isNaN(date.getTime())) return date
  }
  const [, year, month, day, hours, minutes, seconds, fraction = '', sign, ...zone] = MOMENT.exec(text) ?? []
  if (year === undefined)
    throw new TypeError(`connections to the database need DateStyle = 'ISO', which "${text}" is not`)
  const [zoneHours = 0, zoneMinutes = 0, zoneSeconds = 0] = zone.slice(0, 3).map((part) => Number(part ?? 0))
  const offset = (zoneHours * 60 + zoneMinutes) * 60 + zoneSeconds
  const date = new Date(0)
  date.setUTCFullYear(zone[3] === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')))
  return new Date(date.getTime() - (sign === '-' ? -offset : offset) * 1000)
}

const HYPHEN = 0x2d
const SPACE = 0x20

/** ISO 8601, but for the signs that JavaScript puts before years that have not four digits. */
function momentText(moment: Date): string {
  const text = moment.toISOString()
  const year = moment.getUTCFullYear()
  if (year > 9999) return text.slice(1)
  if (year > 0) return text
  return `${String(1 - year).padStart(4, '0')}${text.slice(text.indexOf('-', 1))} BC`
}

// The casts are where the database's values become data; the types of the columns, and the parsers above, vouch for them.
export const DECODERS: Decoders = {
  text: (value) => value as string,
  textOrNull: (value) => value as string | null,
  number: (value) => value as number,
  boolean: (value) => value as boolean,
  moment: (value) => value as Date,
  momentOrNull: (value) => value as Date | null,
  bytes: (value) => value as Uint8Array,
  bytesOrNull: (value) => value as Uint8Array | null,
  json: (value) => JSON.parse(value as string) as JsonValue,
  id: (value) => value as number | string,
}
