import type { UserId } from './user.ts'

/** As texts of addresses have it: no sign, no leading zero, nothing around it. */
const INTEGER = /^[1-9]\d{0,15}$/

/** RFC 9562 §4. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The id that a value from outside stands for, as a number or a text, or `null` where it can be nobody's. */
export function readUserId(value: unknown, ids: 'integer' | 'uuid'): UserId | null {
  if (ids === 'uuid') return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : null
  const number = typeof value === 'string' && INTEGER.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null
}
