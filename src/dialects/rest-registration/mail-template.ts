import type { StyledMailInput } from '../../http/dialect.ts'

/** The mails of this door. `registerEmailTaken` goes to an address that has an account already. */
export type VerificationMail = 'register' | 'resetPassword' | 'registerEmail' | 'registerEmailTaken'

/** What templates are given. */
export interface MailContext {
  readonly mail: VerificationMail
  /** BCP 47. */
  readonly language: string
  readonly siteName: string
  readonly user: StyledMailInput['recipient']
  /** Where the mail goes. */
  readonly email: string
  /** The whole link; `null` in a mail without one. */
  readonly verificationUrl: string | null
}

type Template = (context: MailContext & Readonly<Record<string, unknown>>) => string

/** What a mail is made of; each part is a function of the context, which escapes what it puts into HTML. */
export interface MailTemplates {
  readonly subject: Template
  /** Text, or HTML with `isHtml`. */
  readonly body?: Template
  /** @default false */
  readonly isHtml?: boolean
  readonly textBody?: Template
  readonly htmlBody?: Template
}

/** `null`: the built-in templates. */
export type MailSelector = (mail: VerificationMail) => MailTemplates | null

/** What a link is signed with. */
export interface SignedValues {
  readonly user_id: string
  /** Only in links that prove a new address. */
  readonly email?: string
  /** Unix seconds. */
  readonly timestamp: string
  readonly signature: string
}

/** Makes the link out of the page's address and the signed values. */
export type UrlBuilder = (baseUrl: string, values: SignedValues) => string
