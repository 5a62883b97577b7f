import type { WordedMailKind } from '../model/mail.ts'

/** What a template is given. Every string in it may come from a stranger; the mail's own HTML part is escaped. */
export interface MailTemplateInput {
  readonly siteName: string
  readonly language: string
  /** The user's name to greet with, without anything that looks like a link; `null` where there is none to show. */
  readonly userName: string | null
  /** The link with its live code; `null` for mails without one. */
  readonly link: string | null
  /** When the link dies. */
  readonly expiresAt: Date | null
  /**
   * What the mail tells besides its link; a moment is a `Date` or its ISO text. What is missing is called unknown.
   *
   * - `email-change-requested`, `email-changed`: `newEmail`
   * - `locked-out`: `until`; `null`: the lock does not end by itself
   * - `new-device`: `userAgent`, `address`, `at`
   * - `identity-connected`: `provider`, `userAgent`, `address`, `at`
   */
  readonly data: Readonly<Record<string, unknown>>
}

/** What a template makes: a subject of one line, and both parts, each of them complete. */
export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where answers go: an address, or `Name <address>`. @default to the sender */
  readonly replyTo?: string
}

/** Functions that write single mails in place of the built-in words. They escape what they put into HTML. */
export type MailTemplates = { readonly [K in WordedMailKind]?: (input: MailTemplateInput) => RenderedMail }
