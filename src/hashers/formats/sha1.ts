import type { PasswordFormat } from '../password-format.ts'
import { saltedDigest } from './salted-digest.ts'

export const sha1: PasswordFormat = saltedDigest('sha1')
