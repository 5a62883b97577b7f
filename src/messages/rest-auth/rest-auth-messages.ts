/**
 * Every sentence that only the rest-auth door says, in one language; all others are those of `DrfMessages`.
 *
 * Where the two generations say different things in English, both stand here; a language that has one sentence for both
 * repeats it.
 */
export interface RestAuthMessages {
  /** As in `DrfMessages`. */
  readonly language: string
  readonly login: LoginWords
  readonly logout: LogoutWords
  readonly passwords: PasswordWords
  readonly registration: RegistrationWords
  readonly social: SocialWords
  /** Neither a body nor a cookie has a refresh token. */
  readonly noRefreshToken: string
  readonly mails: RestAuthMailWords
}

/** What each generation says: 0.9, and 7. */
export interface ByGeneration<T> {
  readonly first: T
  readonly second: T
}

interface LoginWords {
  /** What to log in with is missing; the keys in quotes are those of the body. */
  readonly mustInclude: { readonly username: string; readonly email: string; readonly either: string }
  /** A wrong name or password, and an account that is not active. */
  readonly cannotLogIn: string
  /** Told only to whoever knows the password. */
  readonly emailNotVerified: string
}

interface LogoutWords {
  readonly done: string
  /** There is nothing here by which anybody could be logged in or out. */
  readonly notLoggedIn: string
  /** Nothing on this side ends the token. */
  readonly tokenRemains: string
  readonly noRefreshInCookie: string
  readonly noRefreshInBody: string
}

interface PasswordWords {
  readonly saved: string
  readonly resetSent: string
  readonly resetDone: string
  readonly oldPasswordWrong: ByGeneration<string>
  /** The `uid` or the `token` of a mailed link. */
  readonly invalidValue: string
  /** A new password and its repetition. */
  readonly differ: ByGeneration<string>
}

interface RegistrationWords {
  readonly verificationSent: string
  /** The address was proven; a status and no sentence, but shown like one. */
  readonly ok: string
  readonly emailTaken: ByGeneration<string>
  readonly passwordsDiffer: string
  readonly usernameRefused: string
  /** Where a site has no password validators at all. */
  readonly passwordTooShort: ByGeneration<(minLength: number) => string>
}

interface SocialWords {
  readonly inputMissing: string
  readonly valueIncorrect: string
  readonly exchangeFailed: string
  /** `host` is the provider's, as `api.twitter.com`. */
  readonly noPrivateAccess: (host: string) => string
  /** The last way in stays. */
  readonly noPasswordSet: string
}

export interface RestAuthMailWords {
  readonly passwordReset: LinkedMailWords & {
    /** Which name the account has, for whoever has forgotten that, too. */
    readonly username: (username: string) => string
  }
  readonly confirmEmail: LinkedMailWords
  /** To the owner of an address that somebody wanted to use for another account. */
  readonly accountExists: LinkedMailWords
  /** The last line of every mail. */
  readonly thanks: (siteName: string) => string
}

interface LinkedMailWords {
  readonly subject: ByGeneration<(siteName: string) => string>
  /** Why the mail was sent. */
  readonly reason: (siteName: string) => string
  /** In front of the link, which has a line of its own. */
  readonly instruction: string
}
