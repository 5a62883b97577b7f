import type { JsonValue } from './field.ts'
import type { UserId } from './user.ts'

/** The mails that Portress sends. */
export type MailKind =
  | 'verify-email'
  | 'already-registered'
  | 'reset-password'
  | 'invitation'
  | 'no-account'
  | 'confirm-email-change'
  | 'email-change-requested'
  | 'email-changed'
  | 'password-changed'
  | 'locked-out'
  | 'new-device'
  | 'account-activated'
  | 'reset-username'
  | 'username-changed'
  | 'identity-connected'

/** The mails that Portress has words of its own for. The others are sent only where a style of mails has them. */
export type WordedMailKind = Exclude<MailKind, 'account-activated'>

/** A mail that was asked for and not yet written. It is completed, rendered and sent outside the request. */
export interface MailJob {
  readonly kind: MailKind
  /** The stored address, never one from a request; for a mail that a visitor asked for the one typed. */
  readonly to: string
  readonly userId: UserId | null
  /** The user's epoch when the mail was asked for; `null` where the user is found out later. */
  readonly sessionEpoch: number | null
  /** Never held back by what the address has had already. */
  readonly isOwed: boolean
  /**
   * Leaves out users of any other status, and those without a password unless it says otherwise; `null`: for all whom the
   * mail is good for.
   */
  readonly onlyFor: 'active' | 'active-even-without-password' | 'pending' | null
  /** The name of the style it is written in; `null` for the product's own words. */
  readonly style: string | null
  /** BCP 47, from the request that caused the mail. */
  readonly language: string
  /** What the mail tells besides its link, such as an address or an agent. */
  readonly data: { readonly [key: string]: JsonValue }
}

/** A mail as it leaves: one recipient, both parts, no attachments. */
export interface Mail {
  readonly from: string
  readonly to: string
  /** Where answers go, written as `from` is. @default to the sender */
  readonly replyTo?: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: string
  /** Same for every try, so that a peer can tell a repetition. */
  readonly messageId: string
}

/** A row of the outbox. `body` is sealed with a key that the store does not have. */
export interface OutboxRow {
  readonly id: number | string
  readonly createdAt: Date
  readonly dueAt: Date
  readonly tries: number
  readonly sentAt: Date | null
  /** `null` once erased after sending. */
  readonly body: Uint8Array | null
  /** The last failure, without addresses or secrets. */
  readonly lastError: string | null
}
