import { createHash } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'

/** `<digest>$<salt>$<hex>` over the salt followed by the password. Read, so that it can be replaced; never written. */
export function saltedDigest(digest: 'md5' | 'sha1'): PasswordFormat {
  const pattern = new RegExp(`^${digest}\\$(?<salt>[^$]+)\\$[0-9a-f]+$`)
  return {
    reencode(password, encoded) {
      const salt = pattern.exec(encoded)?.groups?.['salt']
      if (salt === undefined) return null
      return `${digest}$${salt}$${createHash(digest).update(salt).update(password).digest('hex')}`
    },
  }
}
