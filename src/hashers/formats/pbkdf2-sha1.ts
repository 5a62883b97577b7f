import type { PasswordFormat } from '../password-format.ts'
import { pbkdf2 } from './pbkdf2.ts'

export const pbkdf2Sha1: PasswordFormat = pbkdf2({ algorithm: 'pbkdf2_sha1', digest: 'sha1', hashLength: 20 })
