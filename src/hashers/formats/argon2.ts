import { Buffer } from 'node:buffer'
import type { PasswordFormat } from '../password-format.ts'
import type { Argon2Engine } from './argon2-engine.ts'
import { parseArgon2Text } from './argon2-text.ts'

/** `argon2$argon2id$v=19$m=…,t=…,p=…$salt$hash`, all kinds and versions. */
export function argon2(engine: Argon2Engine): PasswordFormat {
  return {
    reencode(password, encoded) {
      const text = parseArgon2Text(encoded)
      if (!text) return null
      const hash = engine(password, { ...text, hashLength: text.hash.length })
      if (!hash) return null
      const start = encoded.slice(0, encoded.lastIndexOf('$') + 1)
      return start + Buffer.from(hash).toString('base64').replace(/=+$/, '')
    },
  }
}
