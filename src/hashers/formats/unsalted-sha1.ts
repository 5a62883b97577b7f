import { createHash } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'

/** `sha1$$` and 40 hex digits. Read, so that it can be replaced; never written. */
export const unsaltedSha1: PasswordFormat = {
  reencode: (password) => `sha1$$${createHash('sha1').update(password).digest('hex')}`,
}
