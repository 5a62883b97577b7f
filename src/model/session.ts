import type { User, UserId } from './user.ts'

/** How a session's proof travels: a cookie, an opaque bearer token, or an access token with a refresh token. */
export type Carrier = 'cookie' | 'token' | 'jwt'

/** How the user proved to be who they are when the session began. */
export type Assurance = 'password' | 'identity-provider' | 'passkey' | 'second-factor'

/** One proof of log-in, whatever carries it. The store never sees its secret. */
export interface Session {
  /** The public handle, random: it names the session to its owner and opens nothing. */
  readonly id: string
  readonly userId: UserId
  /** SHA-256 of the secret that the carrier holds. */
  readonly digest: Uint8Array
  readonly carrier: Carrier
  readonly createdAt: Date
  /** Coarse: written at most once a minute. */
  readonly lastUsedAt: Date
  /** Moves forward with use, never past `expiresAt`. */
  readonly idleExpiresAt: Date
  /** The absolute end. */
  readonly expiresAt: Date
  readonly address: string | null
  readonly userAgent: string | null
  readonly assurance: Assurance
  /** The name of the backend that recognised the user. */
  readonly backend: string
  /** How often the refresh token was rotated; 0 for carriers without one. */
  readonly generation: number
  /** When the refresh token was last rotated. */
  readonly rotatedAt: Date | null
}

/** A live session together with its user, read in one statement. */
export interface ActiveSession {
  readonly session: Session
  readonly user: User
}

/** What the holder of a new or renewed session is given. The secrets in it exist nowhere else. */
export interface IssuedToken {
  readonly session: Session
  /** The cookie's value, the opaque token, or the access token. */
  readonly token: string
  readonly expiresAt: Date
  /** Only for the carrier `jwt`. */
  readonly refreshToken: string | null
}
