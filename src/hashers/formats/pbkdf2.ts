import { pbkdf2Sync } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'

/** Django's default of 2026 is 1,500,000 and grows by a quarter a year; this is about 1.4 seconds of one core. */
const MAX_ITERATIONS = 5_000_000

export interface Pbkdf2Options {
  readonly algorithm: 'pbkdf2_sha256' | 'pbkdf2_sha1'
  readonly digest: 'sha256' | 'sha1'
  readonly hashLength: number
}

/** `pbkdf2_<digest>$<iterations>$<salt>$<Base64>`. The salt is text and may be any text without `$`. */
export function pbkdf2({ algorithm, digest, hashLength }: Pbkdf2Options): PasswordFormat {
  const pattern = new RegExp(`^${algorithm}\\$(?<iterations>[1-9]\\d{0,8})\\$(?<salt>[^$]+)\\$[A-Za-z0-9+/=]+$`)
  return {
    reencode(password, encoded) {
      const fields = pattern.exec(encoded)?.groups
      const iterations = Number(fields?.['iterations'])
      const salt = fields?.['salt']
      if (salt === undefined || iterations > MAX_ITERATIONS) return null
      const hash = pbkdf2Sync(password, salt, iterations, hashLength, digest)
      return `${algorithm}$${iterations}$${salt}$${hash.toString('base64')}`
    },
  }
}
