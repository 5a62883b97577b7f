import type { RefusalReason } from '../errors.ts'
import type { ActiveSession, Assurance, Carrier, IssuedToken, Session } from '../model/session.ts'
import type { User, UserId } from '../model/user.ts'
import type { Clock, RandomSource } from './clock.ts'
import type { SessionStore } from './store.ts'

/** What a new session is told about how it came to be. */
export interface IssueInput {
  /** The handle the session gets; random, chosen by the engine. A manager of one session a user makes its own. */
  readonly sessionId: string
  readonly user: User
  readonly carrier: Carrier
  readonly assurance: Assurance
  readonly backend: string
  readonly address: string | null
  readonly userAgent: string | null
  /** The session ends at most so long after it begins, used or not. @default as the manager says */
  readonly lifetimeSeconds?: number | undefined
}

/** What became of a presented refresh token. */
export type RotateResult =
  | { readonly outcome: 'rotated'; readonly issued: IssuedToken; readonly user: User }
  /** A token that had been rotated long ago came back: somebody copied it. */
  | { readonly outcome: 'reused'; readonly session: Session }
  | { readonly outcome: 'invalid' }

/** What a value is presented as. */
export type TokenUse = 'access' | 'refresh' | 'any'

/** What a manager finds out about a value. */
export type TokenFindings =
  | { readonly outcome: 'good'; readonly active: ActiveSession }
  /** `userId` is whom a genuine value names, so that the engine can tell what became of that user. */
  | {
      readonly outcome: 'refused'
      readonly reason: RefusalReason
      readonly userId: UserId | null
      /** The claim that is missing, for the reason `missing_claim`. */
      readonly claim?: string
    }

/**
 * Gives out, recognises and takes back the bearer values of sessions.
 *
 * A manager decides the form of a value and its lifetime; whether its user may use it is the engine's.
 */
export interface TokenManager {
  /** The carriers it serves; every carrier is served by exactly one manager. */
  readonly carriers: readonly Carrier[]
  /** Tells by its form alone whether a value is one of this manager's, without looking it up. */
  recognizes(token: string): boolean
  /** `null` when the user was disabled, or their sessions were ended, since `input.user` was read. */
  issue(input: IssueInput): Promise<IssuedToken | null>
  /** The session behind a value, or `null`. Expiry has been checked; the user's status has not. */
  authenticate(token: string): Promise<ActiveSession | null>
  /** Exchanges a refresh token. Managers without refresh tokens answer `invalid`. */
  rotate(refreshToken: string): Promise<RotateResult>
  /**
   * Tells whether a value of any form is good, or why not, and changes nothing. Asked where a caller wants to know just
   * that, and otherwise only after a refusal, so it may take its time. Leave out to tell nothing.
   */
  inspect?(token: string, use: TokenUse): Promise<TokenFindings>
  /** Ends the session so that its values are refused from now on. `false` when it was gone. */
  revoke(session: Session): Promise<boolean>
  /** RFC 7517 public keys for those who check tokens themselves. */
  publicKeys(): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** What a manager's keys are for. */
export type TokenKeyPurpose = 'refresh-token' | 'access-token' | 'user-token' | 'simple-jwt' | 'drf-jwt'

/** What a manager is built from. */
export interface TokenTools {
  readonly sessions: SessionStore
  readonly clock: Clock
  readonly random: RandomSource
  /** Keys derived from the configured secrets for one purpose: the first signs, all verify. */
  keysFor(purpose: TokenKeyPurpose): readonly [Uint8Array, ...Uint8Array[]]
  readonly issuer: string
  readonly lifetimes: { readonly idleMilliseconds: number; readonly absoluteMilliseconds: number }
}

/** Makes a manager once the store and the secrets are known. */
export type TokenManagerFactory = (tools: TokenTools) => TokenManager
