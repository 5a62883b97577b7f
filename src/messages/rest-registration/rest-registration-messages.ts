/** Every sentence that only the rest-registration door says, in one language; all others are those of `DrfMessages`. */
export interface RestRegistrationMessages {
  /** As in `DrfMessages`. */
  readonly language: string
  readonly done: DoneWords
  readonly refused: RefusedWords
  /** Told of single fields. */
  readonly fields: { readonly passwordsDiffer: string; readonly oldPasswordWrong: string }
  readonly mails: RestRegistrationMailWords
}

interface DoneWords {
  readonly loggedIn: string
  readonly loggedOut: string
  readonly userVerified: string
  readonly passwordChanged: string
  readonly resetLinkSent: string
  /** Where nobody is told whether there is such a user. */
  readonly resetLinkSentIfExists: string
  readonly passwordReset: string
  readonly emailLinkSent: string
  readonly emailVerified: string
}

interface RefusedWords {
  readonly userNotFound: string
  readonly loginInvalid: string
  readonly emailTaken: string
  readonly userWithoutEmail: string
  readonly tokenError: string
  readonly tokenNotProvided: string
  readonly tokenNotRevoked: string
  readonly tokenNotFound: string
  readonly signatureExpired: string
  readonly signatureInvalid: string
}

export interface RestRegistrationMailWords {
  readonly register: LinkedMailWords
  readonly resetPassword: LinkedMailWords
  readonly registerEmail: LinkedMailWords
  /** To the owner of an address that somebody wanted to use for another account; it has no link. */
  readonly registerEmailTaken: LinkedMailWords
}

export interface LinkedMailWords {
  readonly subject: string
  /** Why the mail was sent; `email` is where it goes. */
  readonly reason: (siteName: string, email: string) => string
  /** What to do: in front of the link where there is one, which has a line of its own. */
  readonly instruction: string
}
