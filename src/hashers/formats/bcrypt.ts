import type { PasswordFormat } from '../password-format.ts'
import type { BcryptLibrary } from './bcrypt-library.ts'
import { bcryptText } from './bcrypt-text.ts'

const PREFIX = 'bcrypt$'

/** `bcrypt$$2b$12$…`, over the password itself. Verifies nothing where the library is missing. */
export function bcrypt(library: () => BcryptLibrary | null): PasswordFormat {
  return {
    reencode(password, encoded) {
      const loaded = library()
      const text = loaded && bcryptText(loaded, password, encoded.slice(PREFIX.length))
      return text && PREFIX + text
    },
  }
}
