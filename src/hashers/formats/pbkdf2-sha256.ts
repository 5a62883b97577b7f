import type { PasswordFormat } from '../password-format.ts'
import { pbkdf2 } from './pbkdf2.ts'

export const pbkdf2Sha256: PasswordFormat = pbkdf2({ algorithm: 'pbkdf2_sha256', digest: 'sha256', hashLength: 32 })
