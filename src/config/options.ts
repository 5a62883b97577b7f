import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'
import type { Clock, RandomSource } from '../contracts/clock.ts'
import type { Hooks, Listeners } from '../contracts/hooks.ts'
import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import type { Logger } from '../contracts/logger.ts'
import type { MailTemplates } from '../contracts/mail-template.ts'
import type { Mailer } from '../contracts/mailer.ts'
import type { PasswordHasher } from '../contracts/password-hasher.ts'
import type { SharedThrottles } from '../contracts/shared-throttles.ts'
import type { StoreFactory } from '../contracts/store.ts'
import type { TokenManagerFactory } from '../contracts/token-manager.ts'
import type { PasswordValidator } from '../contracts/validator.ts'
import type { Account } from '../model/account.ts'
import type { FieldDefinitions, JsonValue } from '../model/field.ts'

/** Everything that may be set, except `mounts`, which belongs to `createAuth`. */
export interface EngineOptions<F extends FieldDefinitions = FieldDefinitions> {
  /** Where everything is kept, such as `sqlite('app.db')`. */
  readonly store: StoreFactory
  /**
   * At least one secret of 32 bytes or more. The first signs, all verify: put a new one in front to rotate without
   * logging anybody out, and take the old one away later. Missing entries are a start-up error.
   */
  readonly secrets: readonly (string | undefined)[]
  readonly site: SiteOptions
  readonly user?: UserOptions<F>
  /** `'uuid'` gives random UUIDs instead of numbers. Decide before the first migration. @default 'integer' */
  readonly ids?: 'integer' | 'uuid'
  /**
   * Your application's own permissions, each with what a person reads beside it: `{ 'blog.add_post': 'Can add a post' }`. A
   * name is `module.codename` in lower case, at most 100 characters. What Portress's own pages ask for is in the module
   * `portress`, which nobody else may use. @default none of your own
   */
  readonly permissions?: Readonly<Record<string, string>>
  readonly registration?: RegistrationOptions
  readonly login?: LoginOptions
  readonly social?: SocialOptions
  readonly lockout?: LockoutOptions
  readonly rateLimits?: RateLimitOptions
  readonly sessions?: SessionOptions
  readonly jwt?: JwtOptions
  readonly simpleJwt?: SimpleJwtOptions
  readonly drfJwt?: DrfJwtOptions
  readonly passwords?: PasswordOptions
  readonly codes?: CodeOptions
  readonly cookies?: CookieOptions
  readonly mail?: MailOptions
  /** How mails leave. @default the outbox keeps them, readable at its page in development */
  readonly mailer?: Mailer
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` is believed. @default [] */
  readonly trustedProxies?: readonly string[]
  /** Where locks and rate limits are counted, such as `redisThrottles(…)`; closed with the rest. @default the store */
  readonly throttles?: SharedThrottles
  /** Replaces the forms of tokens; carriers it does not serve keep theirs. */
  readonly tokens?: readonly TokenManagerFactory[]
  /** Functions that are told what has happened. One that fails is logged and changes nothing. */
  readonly events?: Listeners
  /** Functions that are asked before something happens, and may refuse. */
  readonly hooks?: Hooks
  /** `false`: nothing is logged. @default warnings and errors, each as a line of JSON on the console */
  readonly logger?: Logger | false
  /** `production` refuses what is only fit for development. @default 'production' */
  readonly environment?: 'production' | 'development'
  readonly retention?: RetentionOptions
  /**
   * Folder of the application's own migrations, relative to the working folder.
   *
   * @default none; the command line takes `migrations` beside the configuration file
   */
  readonly migrationsFolder?: string
  /** @default the system's */
  readonly clock?: Clock
  /** @default the system's */
  readonly random?: RandomSource
}

export interface SiteOptions {
  /** Shown in mails and pages; its words are refused inside passwords. */
  readonly name: string
  /** `https://example.org`, without a path. Every link and every origin check goes by it, never by the request. */
  readonly origin: string
  /** Further origins whose pages may call, exactly as a browser sends them. @default [] */
  readonly trustedOrigins?: readonly string[]
}

export interface UserOptions<F extends FieldDefinitions = FieldDefinitions> {
  /**
   * `'none'`: people log in by address alone. `'invented'`: who gives none gets one made of first and last name and the
   * user's number, such as `annsmith_28`; it is public, so nothing of the address is in it, and it stays when the names change.
   * @default 'required'
   */
  readonly username?: 'required' | 'optional' | 'invented' | 'none'
  /**
   * User names that may be addresses, where none logs in by address. `'refused'` keeps addresses out of whatever shows names,
   * such as the URLs of profiles.
   *
   * @default 'refused', or 'allowed' where `login.identifiers` has no 'email' and `user.username` is not 'invented'
   */
  readonly atInUsernames?: 'allowed' | 'refused'
  /** @default 'required' */
  readonly email?: 'required' | 'optional'
  /**
   * `'once-proven'`: several users may claim one address, and the first to prove it owns it; nobody else can have it or
   * prove it from then on. A stranger who knows an address then cannot end a registration that waits for its mail. Going back
   * to `'always'` takes a decision about every address that is shared; the guide "Let addresses repeat until they are proven"
   * has the statements. @default 'always'
   */
  readonly emailUnique?: 'always' | 'once-proven'
  /** Own columns of the user. */
  readonly fields?: F
  /** One-to-one records beside the user, by name. */
  readonly profiles?: Readonly<Record<string, FieldDefinitions>>
  /** Names nobody may take, besides the built-in ones. @default [] */
  readonly reservedUsernames?: readonly string[]
  /** Code points, 1 to 150. @default 150 */
  readonly usernameMaxLength?: number
  /**
   * How mails name a user; shown without links and markup, and cut to 60 code points. Where it gives nothing, throws, or
   * gives no text, the user is named as without it. @default first and last name, else the user name
   */
  readonly displayName?: (user: Account) => string
}

export interface RegistrationOptions {
  /** `false`: every way of making a user from outside is refused. @default true */
  readonly open?: boolean
}

export interface LoginOptions {
  /** What may be typed. @default ['username', 'email'], as far as the model has them */
  readonly identifiers?: readonly ('username' | 'email')[]
  /**
   * New users with an address are `pending` until they prove it, and nobody logs in with an address that is not proven.
   * Who has none, where `user.email` is 'optional', is `active` at once.
   *
   * @default true, or false where `user.email` is 'optional'
   */
  readonly emailMustBeVerified?: boolean
  /** Asked in order; the first that proves a user wins. @default the password backend */
  readonly backends?: readonly AuthenticationBackend[]
  /**
   * The name of the backend whose `getUser` is asked for sessions that no configured backend began: those after a registration,
   * an activation or a social log-in, and of backends that are configured no more. @default the first of `login.backends`
   */
  readonly defaultBackend?: string
  /**
   * Tell a caller about a lock instead of answering as for a wrong password. A lock is then told for names that nobody
   * has as well. @default false
   */
  readonly revealLocks?: boolean
  /**
   * Tell somebody who typed the right password that the user is disabled or the address unconfirmed, instead of
   * answering as for a wrong one. Who registers with an address and then logs in can then tell whether somebody had it
   * before. @default false
   */
  readonly revealStatus?: boolean
  /** Mail the owner when a device logs in that never did before. @default true */
  readonly mailNewDevices?: boolean
}

/** Log-in by way of others: OpenID Connect issuers, GitHub, Facebook and the like. */
export interface SocialOptions {
  /** Each proves people under a name of its own, which addresses and the database know it by. @default none */
  readonly providers?: readonly IdentityProviderFactory[]
  /**
   * Where a provider sends the browser back to, below the site's origin; `{provider}` is replaced, so that no provider
   * shares its address with another. Register exactly this with the provider.
   *
   * @default '/account/social/{provider}/callback'
   */
  readonly callback?: string
  /**
   * Let a provider that vouches for an address in as the user who has proven the same address here, and link the two.
   * Whoever runs any of the providers, or breaks into a mailbox's account there, can then come in as your users. Without
   * it the owner logs in as before and connects the provider. @default false
   */
  readonly linkProvenAddresses?: boolean
  /**
   * Keep the tokens with which the application can call the provider on the user's behalf, encrypted with a key derived
   * from `secrets`. @default false
   */
  readonly storeTokens?: boolean
}

/** What a wrong guess is counted under: who is meant, what was typed, where it comes from, what the client calls itself. */
export type LockoutKey = 'user' | 'identifier' | 'address' | 'agent'

export interface LockoutOptions {
  /**
   * What is counted, each by itself; names in a list of their own are counted together, so that
   * `[['user', 'address'], 'address']` locks a user only for the source of the guesses. One must hold `'user'` and be without
   * `'agent'`, which a guesser may choose. @default ['user', 'identifier', 'address']
   */
  readonly keys?: readonly (LockoutKey | readonly LockoutKey[])[]
  /** Wrong guesses that lock, per user and per typed identifier. @default 3 */
  readonly maxFailures?: number
  /** How long a wrong guess counts, in seconds. @default 900 */
  readonly windowSeconds?: number
  /** The first lock, in seconds; each further one doubles. @default 60 */
  readonly firstLockSeconds?: number
  /** The longest lock, in seconds. @default 3600 */
  readonly maxLockSeconds?: number
  /**
   * How long the first lock lasts, how long the second, and so on, in seconds; the last one repeats. In place of
   * `firstLockSeconds` and `maxLockSeconds`. @default from the first to the longest, each twice as long as the one before
   */
  readonly lockTiersSeconds?: readonly number[]
  /**
   * A lock ends only when somebody unlocks it, resets the password, or a success clears it. Anybody can then shut anybody
   * out for as long as that takes, and every name that was ever locked stays in the store. Logged at start.
   * @default false
   */
  readonly dangerouslyPermanent?: boolean
  /**
   * Without a wrong guess for so long, the next lock is a first one again, in seconds.
   *
   * @default 86400, or twice the longest of `lockTiersSeconds` where that is more
   */
  readonly forgetAfterSeconds?: number
  /** Wrong guesses that lock a source address (IPv6: its /64), over all users. @default 50 */
  readonly maxFailuresPerAddress?: number
  /** Whose guesses are neither counted nor kept out by a lock; their rate stays limited. @default nobody */
  readonly neverLock?: LockoutList
  /**
   * Whose passwords are refused without being looked at. Such a user is answered like a wrong password, such an address at
   * once. @default nobody
   */
  readonly alwaysRefuse?: LockoutList
  /** How long a request waits for others that have all slots, in milliseconds. @default 5000 */
  readonly maxWaitMilliseconds?: number
}

export interface LockoutList {
  /** Addresses and CIDR ranges. @default [] */
  readonly addresses?: readonly string[]
  /**
   * User names and e-mail addresses in any spelling, and values of declared fields that log in as they are stored: of the
   * user who is meant, under whichever of them, or of what was typed where that is nobody's. @default []
   */
  readonly identifiers?: readonly string[]
}

/** `count` in `perSeconds`, then one more each time a share of it has passed. */
export interface RateLimit {
  readonly count: number
  readonly perSeconds: number
}

/** Each limit can be replaced; `false` switches it off. */
export interface RateLimitOptions {
  /** Mails of any kind to one address. @default 5 an hour */
  readonly mailsPerRecipient?: RateLimit | false
  /** Requests that cause mail, from one source. @default 30 an hour */
  readonly mailsPerAddress?: RateLimit | false
  /** Registrations from one source. @default 30 an hour */
  readonly registrationsPerAddress?: RateLimit | false
  /** Social log-ins begun, finished or presented from one source. @default 60 a minute */
  readonly socialLoginsPerAddress?: RateLimit | false
  /** Passwords checked or set from one source, of any kind. @default 120 a minute */
  readonly passwordsPerAddress?: RateLimit | false
  /** Codes and refresh tokens presented from one source. @default 60 a minute */
  readonly codesPerAddress?: RateLimit | false
  /** New user names, addresses or unique values tried by one user. @default 10 an hour */
  readonly changesPerUser?: RateLimit | false
  /** Exports of everything about one user. @default 10 an hour */
  readonly exportsPerUser?: RateLimit | false
}

export interface SessionOptions {
  /** A session ends when unused for so long, in seconds. @default 1209600 (14 days) */
  readonly idleSeconds?: number
  /** A session ends after so long whatever its use, in seconds. @default 2592000 (30 days) */
  readonly absoluteSeconds?: number
  /** Live sessions a user may have; one more ends the one unused longest. @default 100 */
  readonly maxPerUser?: number
}

export interface JwtOptions {
  /** How long an access token is good, in seconds. @default 900, or 300 with `stateless` */
  readonly accessLifetimeSeconds?: number
  /** `aud` of access tokens. @default the site's origin */
  readonly audience?: string
  /**
   * Accept an access token without asking the store. Log-out and a changed password are then noticed only when it
   * expires, so its lifetime may be at most 300 seconds. @default false
   */
  readonly stateless?: boolean
  /** How long a rotated refresh token still returns the same child, in seconds. @default 10 */
  readonly refreshGraceSeconds?: number
}

/** The tokens of doors whose clients were written for djangorestframework-simplejwt, by the names of its settings. */
export interface SimpleJwtOptions {
  /** `ACCESS_TOKEN_LIFETIME`: how long an access token is good, in seconds. @default 300 */
  readonly accessTokenLifetimeSeconds?: number
  /** `REFRESH_TOKEN_LIFETIME`: how long a refresh token is good, in seconds, at most `sessions.absoluteSeconds`. @default 86400 */
  readonly refreshTokenLifetimeSeconds?: number
  /**
   * `ROTATE_REFRESH_TOKENS`: each exchange gives a new refresh token, too. A log-in then lasts `sessions.absoluteSeconds`
   * at most. @default false
   */
  readonly rotateRefreshTokens?: boolean
  /**
   * `BLACKLIST_AFTER_ROTATION`: a refresh token that was exchanged is refused from then on; one that comes back after
   * `jwt.refreshGraceSeconds`, or that is older than the one before, ends the session. Only with `rotateRefreshTokens`.
   * @default false
   */
  readonly blacklistAfterRotation?: boolean
  /** `USER_ID_CLAIM`: the claim with the user's id. @default 'user_id' */
  readonly userIdClaim?: string
  /** `LEEWAY`: how long a token is still taken after it has expired, in seconds, for clocks that differ. @default 0 */
  readonly leewaySeconds?: number
  /** `UPDATE_LAST_LOGIN`: a log-in for such tokens counts as the user's last log-in. @default false */
  readonly updateLastLogin?: boolean
  /**
   * Further claims for both tokens, made anew for each of them: everybody who sees a token can read them. None may have
   * the name of one that the token has already; that is a fault of the program, and nothing is issued. @default none
   */
  readonly claims?: (account: Account) => Readonly<Record<string, JsonValue>>
}

/** The token of doors whose clients were written for djangorestframework-jwt. */
export interface DrfJwtOptions {
  /** `JWT_EXPIRATION_DELTA`: how long a token is good, in seconds, at most `sessions.absoluteSeconds`. @default 300 */
  readonly accessTokenLifetimeSeconds?: number
}

export interface PasswordOptions {
  /** Code points. 15 is recommended where nothing but the password protects a user. @default 8 */
  readonly minLength?: number
  /** Asked in order. @default length, common, similarity, all-digits, context words */
  readonly validators?: readonly PasswordValidator[]
  readonly argon2?: Argon2Options
  /** Worker threads; one of them rests while the main thread is busy. @default one a core */
  readonly workers?: number
  /** Work that may wait, in seconds of all workers' time. @default 3 */
  readonly maxQueueSeconds?: number
  /** Replaces hashing as a whole. */
  readonly hasher?: PasswordHasher
}

export interface Argon2Options {
  /** KiB. @default 19456 */
  readonly memoryKiB?: number
  /** @default 2 */
  readonly passes?: number
  /** @default 1 */
  readonly parallelism?: number
}

export interface CodeOptions {
  /** Seconds. @default 604800 (7 days) */
  readonly verifyEmailSeconds?: number
  /** Of links that reset a password or a user name. Seconds, at most a day. @default 3600 */
  readonly resetPasswordSeconds?: number
  /** Of the link by which somebody whom an operator has added chooses their first password. Seconds, at most 30 days. @default 259200 (3 days) */
  readonly invitationSeconds?: number
  /** Seconds. @default 86400 */
  readonly changeEmailSeconds?: number
  /** Seconds. @default 86400 */
  readonly unlockSeconds?: number
}

export interface CookieOptions {
  /** Cookies without `Secure` and without the `__Host-` prefix, for plain HTTP. Logged at start. @default false */
  readonly dangerouslyAllowPlainHttp?: boolean
  /** @default 'Lax' */
  readonly sameSite?: 'Lax' | 'Strict'
  /**
   * Doors of other vocabularies make known devices of browsers, too: a log-in there that sets cookies sets one more than
   * the original does. @default false
   */
  readonly deviceAtEveryDoor?: boolean
}

export interface MailOptions {
  /** `Name <address>` or an address. @default `<site name> <no-reply@host of the origin>` */
  readonly from?: string
  /** Languages that may be chosen by `Accept-Language`, the default one first. @default ['en', 'de'] */
  readonly languages?: readonly string[]
  /** Replaces the words of single mails. */
  readonly templates?: MailTemplates
  /** Where the links in mails lead; `{code}` is replaced. @default the pages of the built-in mount */
  readonly links?: Partial<LinkTemplates>
  /** Tell an address without an account that somebody asked to reset its password. @default false */
  readonly sendNoAccountNotice?: boolean
}

/** Paths below the site's origin, or absolute addresses of trusted origins. */
export interface LinkTemplates {
  /** @default '/account/verify-email?code={code}' */
  readonly verifyEmail: string
  /** @default '/account/reset-password?code={code}' */
  readonly resetPassword: string
  /** @default '/account/reset-username?code={code}' */
  readonly resetUsername: string
  /** @default '/account/change-email?code={code}' */
  readonly changeEmail: string
  /** @default '/account/cancel-email-change?code={code}' */
  readonly cancelEmailChange: string
  /** @default '/account/unlock?code={code}' */
  readonly unlock: string
}

export interface RetentionOptions {
  /** Attempts are deleted after so many days. @default 90 */
  readonly attemptsDays?: number
  /** Users that never activated are deleted after so many days. @default 7 */
  readonly pendingUsersDays?: number
  /** Entries for identifiers that nobody has; the oldest go first, locked ones never. @default 100000 */
  readonly maxUnknownIdentifiers?: number
  /** Entries of the audit log are deleted after so many days. @default 365 */
  readonly auditDays?: number
}
