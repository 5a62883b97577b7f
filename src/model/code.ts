import type { JsonValue } from './field.ts'
import type { UserId } from './user.ts'

/** What a mailed code is for. A code of one purpose never opens another. */
export type CodePurpose = 'verify-email' | 'reset-password' | 'change-email' | 'cancel-email-change' | 'unlock'

/** A mailed single-use secret, as the store keeps it. */
export interface Code {
  /** SHA-256 of the secret. */
  readonly digest: Uint8Array
  readonly purpose: CodePurpose
  readonly userId: UserId
  /** What the code was made for. */
  readonly payload: JsonValue
  readonly createdAt: Date
  readonly expiresAt: Date
}
