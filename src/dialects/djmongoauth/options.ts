/**
 * The settings of djmongoauth, by their names there in camelCase, and what Portress lets one choose besides. The sender of
 * mails is `mail.from`; the lifetimes of mailed links are `codes.verifyEmailSeconds` and `codes.resetPasswordSeconds`.
 */
export interface DjmongoauthOptions {
  /** Names this door in the attempt log, and the style of its mails; two doors need two. @default 'djmongoauth' */
  readonly name?: string
  /**
   * `SITE_URL`: the host of the front end, with its port if need be. Mails name it, and lead to `/verify?a=…` and
   * `/reset?a=…` there. @default the host of `site.origin`, and links that lead to the product's own pages
   */
  readonly siteUrl?: string
  /** `IS_HTTPS`: whether links to `siteUrl` begin with `https`. @default as `site.origin` does */
  readonly isHttps?: boolean
  /**
   * `SESSION_EXPIRE_IN_HOUR`: how long a log-in lasts, in hours, used or not. With `tokenPerLogin` never longer than
   * `sessions.absoluteSeconds` and `sessions.idleSeconds` say. @default 168
   */
  readonly sessionExpireInHour?: number
  /**
   * Gives each log-in a token of its own, and a log-out ends that one alone. Otherwise a user has one token, every log-in gives
   * it until it ends, and a log-out ends all sessions, as in the original. @default false
   */
  readonly tokenPerLogin?: boolean
  /**
   * The status of the answer to somebody who is locked out, where `login.revealLocks` tells of locks: 400 as any other refusal
   * here, or 429 for clients that know it. Both say when to come back. @default 400
   */
  readonly lockedStatus?: 400 | 429
  /**
   * Answers a log-in with a name that nobody has as the original does, so that anybody can find out who has an account; told
   * in the log at each start. @default false: it is answered like a wrong password
   */
  readonly dangerouslyTellUnknownUsers?: boolean
  /**
   * Refuses a registration with an address that somebody has, so that anybody can find out who has an account; told in the
   * log at each start. @default false: it is answered like any other, and the owner gets a mail
   */
  readonly dangerouslyTellTakenAddresses?: boolean
}
