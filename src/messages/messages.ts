import type { ErrorCode, ErrorDetails, FieldErrorCode } from '../errors.ts'
import type { WordedMailKind } from '../model/mail.ts'

/**
 * Every sentence that a person reads, in one language. A catalogue that lacks one does not compile.
 *
 * Sentences are plain text: whoever puts one into HTML escapes it, whatever it was made of.
 */
export interface Messages {
  /** BCP 47. Moments and waits inside the sentences are written in it too. */
  readonly language: string
  /** What is wrong with one field. The field's name is not part of it. */
  readonly fieldErrors: { readonly [K in FieldErrorCode]: (params: FieldErrorParams) => string }
  readonly errors: { readonly [K in ErrorCode]: (details: ErrorDetails) => string }
  readonly mails: { readonly [K in WordedMailKind]: MailWords }
  /** What every mail has in common. */
  readonly mail: MailFrameWords
  readonly pages: PageWords
}

/** What a `FieldError` may carry. A sentence does without what is missing. */
export interface FieldErrorParams {
  readonly minLength?: string | number
  readonly maxLength?: string | number
  readonly min?: string | number
  readonly max?: string | number
  /** Separated by commas. */
  readonly choices?: string | number
  /** For `custom`: the validator's own sentence. */
  readonly message?: string | number
}

/** What a mail tells, already written for a reader and harmless as text. */
export interface MailFacts {
  readonly siteName: string
  readonly newEmail: string
  /** `null`: it does not end by itself. */
  readonly until: string | null
  readonly at: string
  readonly agent: string
  readonly address: string
  /** The name of a provider, as people read it. */
  readonly provider: string
}

/** One mail. Each entry of `before` and `after` is a paragraph; a line break inside one is kept. */
export interface MailWords {
  /** Without anything that a stranger chose. */
  readonly subject: (facts: Pick<MailFacts, 'siteName'>) => string
  readonly before: (facts: MailFacts) => readonly string[]
  /** What opening the link does; `null` for a mail that never has one. */
  readonly button: string | null
  readonly after: (facts: MailFacts) => readonly string[]
}

export interface MailFrameWords {
  readonly greeting: (name: string | null) => string
  /** Under the link. */
  readonly linkExpires: (moment: string) => string
  /** Introduces the link as text, for readers whose button does nothing. */
  readonly linkAsText: string
  readonly footer: (siteName: string) => string
  /** Stands for a fact that nobody knows. */
  readonly unknown: string
}

/** The small pages that links in mails lead to, and those of the embedded default. */
export interface PageWords {
  readonly verifyEmail: LinkPageWords
  readonly resetPassword: LinkPageWords & {
    readonly newPassword: string
    readonly newPasswordAgain: string
    readonly passwordsDiffer: string
  }
  readonly resetUsername: LinkPageWords & { readonly newUsername: string }
  readonly confirmEmailChange: LinkPageWords
  readonly cancelEmailChange: LinkPageWords
  readonly unlock: LinkPageWords
  readonly social: SocialPageWords
  /** The page was opened without the code of a mail. */
  readonly codeMissing: string
  /** The server did not answer the page. */
  readonly noAnswer: string
  readonly backToSite: (siteName: string) => string
  readonly index: {
    readonly title: (siteName: string) => string
    readonly explanation: string
    readonly mounts: string
    /** What the built-in mounts are called. */
    readonly labels: {
      readonly docs: string
      readonly openApi: string
      readonly restAuth: string
      readonly admin: string
      readonly outbox: string
      /** The provider with which anybody comes in as somebody who is made up. */
      readonly development: string
    }
  }
  readonly outbox: {
    readonly title: string
    /** Where mails are kept and not sent. */
    readonly explanation: string
    /** Where mails are sent. */
    readonly erasing: string
    readonly empty: string
    readonly to: string
    readonly subject: string
    readonly createdAt: string
    readonly state: string
    readonly waiting: string
    readonly sent: string
    /** In place of `sent` where nothing leaves. */
    readonly kept: string
    readonly failed: string
    /** In front of the reason for which the last try failed. */
    readonly lastFailure: string
    /** In place of a mail that is no longer there. */
    readonly erased: string
    readonly asText: string
    readonly asHtml: string
    readonly back: string
  }
}

/** The pages on the way to a provider and back. Each sentence is given the provider's name as people read it. */
export interface SocialPageWords {
  readonly login: ProviderPageWords
  readonly connect: ProviderPageWords
  /** Where the browser came back without what shows who is logged in, and its own button makes up for it. */
  readonly lastStep: ProviderPageWords
  /** Shown for a moment, while the browser goes on by itself. */
  readonly done: string
  /** The link for a browser that does not go on by itself. */
  readonly goOn: string
  /** The person said no over there. */
  readonly denied: (provider: string) => string
  /** The page was opened with parameters that it does not take. */
  readonly unfitLink: string
  /** A first log-in, where the site asks new users for more than a provider tells. */
  readonly incomplete: (provider: string) => string
}

/** A page with one button, about a provider. */
export interface ProviderPageWords {
  readonly title: (provider: string) => string
  readonly explanation: (provider: string) => string
  readonly button: (provider: string) => string
}

/** A page that acts only when its button is pressed, because mail scanners open links. */
export interface LinkPageWords {
  readonly title: string
  readonly explanation: string
  readonly button: string
  /** Shown once it is done. */
  readonly done: string
}
