import type { AttemptOutcome } from '../../model/attempt.ts'
import type { Carrier } from '../../model/session.ts'

/** The answers with a body, as clients read them. `U` is the user, with what the site declares beside. */
export interface Answers<U = WireUser> {
  readonly Registered: { readonly user: U; readonly status: 'active' | 'verification_required' }
  readonly UserAnswer: { readonly user: U }
  readonly LoggedIn: BegunSession<U>
  readonly Refreshed: Begun<U> & TokenPair
  readonly SocialLoggedIn: BegunSession<U> & {
    /** This log-in made the user. */
    readonly isNew: boolean
  }
  readonly ProviderList: { readonly providers: readonly { readonly name: string; readonly title: string }[] }
  readonly SocialBegun: {
    /** Where the browser goes. */
    readonly url: string
    /** Of the cookie that the callback needs. */
    readonly expiresAt: string
  }
  readonly IdentityList: { readonly identities: readonly WireIdentity[] }
  readonly IdentityAnswer: { readonly identity: WireIdentity }
  readonly SessionList: { readonly sessions: readonly WireSession[] }
  readonly AttemptList: { readonly attempts: readonly WireAttempt[] }
  readonly UserExport: {
    readonly user: U
    readonly identities: readonly WireIdentity[]
    readonly sessions: readonly WireSession[]
    readonly attempts: readonly WireAttempt[]
    readonly groups: readonly { readonly name: string; readonly permissions: readonly string[] }[]
    readonly permissions: readonly string[]
    readonly exportedAt: string
  }
  /** RFC 7517 §5. */
  readonly KeySet: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  readonly OpenApiDocument: { readonly openapi: string; readonly [key: string]: unknown }
}

/** What answers are made of. */
export interface AnswerParts {
  readonly User: WireUser
  readonly Identity: WireIdentity
  readonly Session: WireSession
  readonly Attempt: WireAttempt
  readonly Problem: ProblemFacts & {
    readonly detail: string
    readonly errors?: Readonly<Record<string, readonly WireComplaint[]>> | undefined
  }
  readonly Fault: ProblemFacts & { readonly instance: string; readonly requestId: string }
}

/** A user as it is shown to itself. Moments are ISO 8601 here and in all that follows. */
export interface WireUser {
  readonly id: number | string
  readonly username: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly firstName: string
  readonly lastName: string
  readonly dateJoined: string
  readonly lastLoginAt: string | null
  readonly isStaff: boolean
  readonly isSuperuser: boolean
}

export interface WireSession {
  /** Names the session, and opens nothing. */
  readonly id: string
  readonly carrier: Carrier
  readonly createdAt: string
  /** To the minute. */
  readonly lastUsedAt: string
  /** `null`: it lasts until it is ended. */
  readonly expiresAt: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly isCurrent: boolean
}

/** A provider that the user can log in by. */
export interface WireIdentity {
  readonly id: number
  readonly provider: string
  /** Who it is over there. */
  readonly subject: string
  /** As the provider told it when the two were connected. */
  readonly email: string | null
  /** What the provider told of the profile. */
  readonly extraData: Readonly<Record<string, unknown>>
  readonly createdAt: string
  readonly lastLoginAt: string
}

/** Somebody tried to log in as the user. */
export interface WireAttempt {
  readonly id: number | string
  readonly at: string
  /** What was typed. */
  readonly identifier: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly door: string
  readonly action: string
  readonly outcome: AttemptOutcome
  readonly sessionId: string | null
  readonly loggedOutAt: string | null
}

/** What a log-in answers, one shape for each carrier: of a cookie the secret is in the cookie alone. */
export type BegunSession<U = WireUser> =
  | Begun<U>
  | (Begun<U> & { readonly token: string; readonly expiresAt: string })
  | (Begun<U> & TokenPair)

export interface Begun<U> {
  readonly user: U
  readonly session: WireSession
}

export interface TokenPair {
  readonly accessToken: string
  /** Of the access token. */
  readonly expiresAt: string
  readonly refreshToken: string
}

export interface WireComplaint {
  readonly code: string
  /** For the reader, in the language of `Accept-Language`. */
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

interface ProblemFacts {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
}
