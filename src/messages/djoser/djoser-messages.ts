/** Every sentence that only the djoser door says, in one language; all others are those of `DrfMessages`. */
export interface DjoserMessages {
  /** As in `DrfMessages`. */
  readonly language: string
  /** A log-in with a wrong name or password, or into an account that is not active. */
  readonly cannotLogIn: string
  /** The `token` of a mail that is not this user's, has run out or was used. */
  readonly tokenInvalid: string
  /** The `uid` of a mail that nobody has. */
  readonly userIdInvalid: string
  /** The account is active already. */
  readonly tokenStale: string
  readonly passwordsDiffer: string
  /** `field` is the key of the body: `username`, `email`. */
  readonly fieldsDiffer: (field: string) => string
  /** A `current_password` that is not. */
  readonly passwordInvalid: string
  readonly emailUnknown: string
  /** The store refused the new row. */
  readonly cannotCreate: string
  readonly mails: DjoserMailWords
  /** What several mails have in common. */
  readonly mail: {
    readonly username: (username: string) => string
    readonly thanks: string
    readonly team: (siteName: string) => string
  }
}

export type DjoserMailWords = { readonly [K in LinkedMail]: LinkedMailWords } & {
  readonly [K in NoticeMail]: NoticeMailWords
}

type LinkedMail = 'activation' | 'passwordReset' | 'usernameReset'

type NoticeMail = 'confirmation' | 'passwordChanged' | 'usernameChanged'

export interface NoticeMailWords {
  readonly subject: (siteName: string) => string
  /** Why the mail was sent; its first line. */
  readonly reason: (siteName: string) => string
}

export interface LinkedMailWords extends NoticeMailWords {
  /** In front of the link, which has a line of its own. */
  readonly instruction: string
}
