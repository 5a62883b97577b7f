import { createHash } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'

/** 32 hex digits, alone or behind `md5$$`. Read, so that it can be replaced; never written. */
export const unsaltedMd5: PasswordFormat = {
  reencode(password, encoded) {
    const prefix = encoded.slice(0, encoded.lastIndexOf('$') + 1)
    return prefix + createHash('md5').update(password).digest('hex')
  },
}
