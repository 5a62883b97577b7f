import type { UserId } from '../../model/user.ts'
import { fromBase64Url, toBase64Url } from '../../util/base64url.ts'

const encoder = new TextEncoder()

/** Longer ones are nobody's: a UUID takes 48 signs. */
const MAX_LENGTH = 64

/** What a mailed link calls a user: the id as text, in base64url without padding. */
export const encodeUid = (id: UserId): string => toBase64Url(encoder.encode(String(id)))

/** The text of the id, or `null` for what no link has. Padding is borne, nothing else. */
export function decodeUid(uid: unknown): string | null {
  if (typeof uid !== 'string' || uid.length > MAX_LENGTH) return null
  const bytes = fromBase64Url(uid.replace(/={1,2}$/, ''))
  // An id is ASCII: whatever else was encoded is none, and needs no decoding to be told.
  return bytes?.every((byte) => byte < 0x80) ? String.fromCharCode(...bytes) : null
}
