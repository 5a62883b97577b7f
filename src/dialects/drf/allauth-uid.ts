import type { UserId } from '../../model/user.ts'

/** The largest id that a number holds exactly, in base 36, has eleven signs. */
const NUMBER = /^[0-9a-z]{1,11}$/i

const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i

/** What a link calls a user where allauth makes it: a number in base 36, a UUID as bare hexadecimal digits. */
export const encodeAllauthUid = (id: UserId): string =>
  typeof id === 'number' ? id.toString(36) : id.replaceAll('-', '')

/** The text of the id, or `null` for what no link has. */
export function decodeAllauthUid(uid: unknown): string | null {
  if (typeof uid !== 'string') return null
  const uuid = UUID.exec(uid)
  if (uuid !== null) return uuid.slice(1).join('-').toLowerCase()
  if (!NUMBER.test(uid)) return null
  const id = Number.parseInt(uid, 36)
  return Number.isSafeInteger(id) ? String(id) : null
}
