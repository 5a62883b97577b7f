import { Buffer } from 'node:buffer'
import type { BcryptLibrary } from './bcrypt-library.ts'

/** Django's cost is 12, each further one doubles the time; 14 is about 1.3 seconds of one core. */
const MAX_COST = 14
const MIN_COST = 4
/** bcrypt reads no further. */
const MAX_PASSWORD_BYTES = 72

// The 22nd character of a salt carries two bits only, so it is one of four: other spellings of one salt never match.
const PATTERN = /^(?<salt>\$2[aby]\$(?<cost>\d\d)\$[./A-Za-z0-9]{21}[.Oeu])[./A-Za-z0-9]{31}$/

/**
 * Makes the `$2b$…` text that `password` has with the salt of `encoded`, keeping its prefix (`2a`, `2b`, `2y`: the same
 * computation). `null` for broken text, for a cost out of bounds, and for passwords over 72 bytes: cutting them would
 * let in whoever knows their start (CVE-2025-22228).
 */
export function bcryptText(library: BcryptLibrary, password: Uint8Array, encoded: string): string | null {
  const fields = PATTERN.exec(encoded)?.groups
  const cost = Number(fields?.['cost'])
  const salt = fields?.['salt']
  if (salt === undefined || cost < MIN_COST || cost > MAX_COST) return null
  if (password.length > MAX_PASSWORD_BYTES) return null
  return library.hashSync(Buffer.from(password), { salt })
}
