import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'
import type { BcryptLibrary } from './bcrypt-library.ts'
import { bcryptText } from './bcrypt-text.ts'

const PREFIX = 'bcrypt_sha256$'

/** `bcrypt_sha256$$2b$12$…`, over the 64 hex digits of the password's SHA-256, so that every byte counts. */
export function bcryptSha256(library: () => BcryptLibrary | null): PasswordFormat {
  return {
    reencode(password, encoded) {
      const loaded = library()
      const digest = Buffer.from(createHash('sha256').update(password).digest('hex'))
      const text = loaded && bcryptText(loaded, digest, encoded.slice(PREFIX.length))
      return text && PREFIX + text
    },
  }
}
