import type { JsonValue } from './field.ts'
import type { UserId } from './user.ts'

/** What a mailed code is for. A code of one purpose never opens another. */
export type MailedPurpose =
  | 'verify-email'
  | 'reset-password'
  | 'reset-username'
  | 'change-email'
  | 'cancel-email-change'
  | 'unlock'

/**
 * What a row among the codes is for. `hand-over` brings a social log-in from the callback to a page of the application. `spent-verify-email` marks a code that was used, for as long as it would have been
 * good: it opens nothing, and lets a second press of one link be told from a link that never was.
 */
export type CodePurpose = MailedPurpose | 'spent-verify-email' | 'hand-over'

/** A single-use secret, most of them mailed, as the store keeps it. */
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
