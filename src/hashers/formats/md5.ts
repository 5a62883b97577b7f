import type { PasswordFormat } from '../password-format.ts'
import { saltedDigest } from './salted-digest.ts'

export const md5: PasswordFormat = saltedDigest('md5')
