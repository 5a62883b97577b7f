import type { MailedPurpose } from '../model/code.ts'
import type { MailKind } from '../model/mail.ts'
import type { UserId } from '../model/user.ts'
import type { MailTemplateInput, RenderedMail } from './mail-template.ts'

/** What a link in a mail is made from. */
export interface LinkInput {
  readonly purpose: MailedPurpose
  /** The live code: the link's secret. */
  readonly code: string
  readonly userId: UserId
  /** The user's name; `null` where there is none. */
  readonly username: string | null
  /** Where the mail goes: the address that the code is for. */
  readonly email: string
  /** When the code was made. */
  readonly issuedAt: Date
}

/** What a mail of a style is written from. */
export interface StyledMailInput extends MailTemplateInput {
  /** Where the mail goes; another address than the recipient's own where that is being confirmed. */
  readonly to: string
  /** Whom the mail is about, for words that name them; `null` where there is nobody. */
  readonly recipient: { readonly id: UserId; readonly username: string | null; readonly email: string | null } | null
  /** The live code alone, and `null` for mails without one. */
  readonly code: string | null
}

/**
 * How a door words the mails that are sent for it, and where their links lead.
 *
 * A kind that is missing is written in the product's own words; `'none'` keeps that mail from being sent. Both are
 * decided when the mail leaves, so that no answer tells which it was.
 */
export interface MailStyle {
  /** Kept with a mail that waits in the outbox, so it stays the same from release to release. */
  readonly name: string
  readonly mails: { readonly [K in MailKind]?: ((input: StyledMailInput) => RenderedMail) | 'none' }
  /** `null`: the product's own link. */
  link(input: LinkInput): string | null
  /** Fetches the words of a language before a mail is written in it; `null` where there is nothing to wait for. */
  loadLanguage?(language: string): Promise<void> | null
}
