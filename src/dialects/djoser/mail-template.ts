import type { RenderedMail, StyledMailInput } from '../../http/dialect.ts'

/** What mails call the site, and where their links lead. */
export interface MailSite {
  readonly protocol: string
  /** With its port, where that is not the protocol's own. */
  readonly domain: string
  readonly siteName: string
}

/** What a mail of this door is written from: the context of the original's templates. */
export interface DjoserMailInput extends MailSite {
  /** BCP 47. */
  readonly language: string
  readonly user: StyledMailInput['recipient']
  /** Only in mails with a link. */
  readonly uid: string | null
  readonly token: string | null
  /** The whole address. */
  readonly url: string | null
}

/** Writes one mail in place of the built-in words. It escapes what it puts into HTML. */
export type DjoserMailTemplate = (input: DjoserMailInput) => RenderedMail
