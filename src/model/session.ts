import type { User, UserId } from './user.ts'

/** Every carrier there is. */
export const CARRIERS = ['cookie', 'token', 'jwt', 'user-token', 'simple-jwt', 'drf-jwt'] as const

/**
 * How a session's proof travels: a cookie, an opaque bearer token, or an access token with a refresh token. Three more are
 * for clients of Django REST framework: the one token of a user, the pair of tokens that simplejwt makes, and the single
 * one of djangorestframework-jwt.
 */
export type Carrier = (typeof CARRIERS)[number]

/** How the user proved to be who they are when the session began; `mailed-code`: by reading a mailbox, and no more. */
export type Assurance = 'password' | 'mailed-code' | 'identity-provider' | 'passkey' | 'second-factor'

/** One proof of log-in, whatever carries it. The store never sees its secret. */
export interface Session {
  /**
   * The public handle: it names the session to its owner and opens nothing. Random, but for `user-token`, whose handle
   * is made of the user's id: so there is one.
   */
  readonly id: string
  readonly userId: UserId
  /** SHA-256 of the secret that the carrier holds. */
  readonly digest: Uint8Array
  readonly carrier: Carrier
  readonly createdAt: Date
  /** Coarse: written at most once a minute. */
  readonly lastUsedAt: Date
  /** Moves forward with use where the carrier ends by disuse, never past `expiresAt`. */
  readonly idleExpiresAt: Date
  /** The absolute end. */
  readonly expiresAt: Date
  readonly address: string | null
  readonly userAgent: string | null
  readonly assurance: Assurance
  /** The name of the backend that recognised the user. */
  readonly backend: string
  /**
   * How often the refresh token was rotated; 0 for carriers without one. For `user-token` a random number that makes each
   * of a user's tokens another one.
   */
  readonly generation: number
  /** When the refresh token was last rotated. */
  readonly rotatedAt: Date | null
}

/** A live session together with its user, read in one statement. */
export interface ActiveSession {
  readonly session: Session
  readonly user: User
}

/**
 * What stands in for a session where a caller proves the password with every request: nothing of it is stored, so it is
 * nobody's to find, list, renew or end. No log-in can ask for it.
 */
export interface UnstoredSession extends Omit<Session, 'carrier' | 'digest'> {
  readonly carrier: 'none'
}

/** Who makes a call: a user, and how they came in. */
export interface Actor {
  readonly session: Session | UnstoredSession
  readonly user: User
}

/** What the holder of a new or renewed session is given. The secrets in it exist nowhere else. */
export interface IssuedToken {
  readonly session: Session
  /** The cookie's value, the opaque token, or the access token. */
  readonly token: string
  readonly expiresAt: Date
  /** Only for the carriers `jwt` and `simple-jwt`, and only where there is a new one. */
  readonly refreshToken: string | null
  /** When the refresh token ends, as things are now: that of `jwt` ends later if its session is used. */
  readonly refreshExpiresAt: Date | null
}

/**
 * Tells whether a session ends when it is unused for long. Those of Django REST framework end when their tokens say so,
 * used or not.
 */
export function endsByDisuse({ carrier }: Pick<Session, 'carrier'>): boolean {
  return carrier === 'cookie' || carrier === 'token' || carrier === 'jwt'
}

const LAST_DAY = Date.UTC(9999, 11, 31)

/** The end of a session that only its user or an operator ends: the last day that every database can keep. */
export const farEnd = (): Date => new Date(LAST_DAY)

/** Tells whether nothing but its user or an operator ends the session. */
export function isEndless({ expiresAt }: Pick<Session, 'expiresAt'>): boolean {
  return expiresAt.getTime() >= LAST_DAY
}
