import type { UserId } from './user.ts'

/** How an attempt to prove a user ended. */
export type AttemptOutcome =
  | 'success'
  | 'wrong_password'
  | 'unknown_user'
  | 'not_active'
  | 'not_verified'
  | 'locked'
  | 'refused'

/** One row of the attempt log. */
export interface Attempt {
  readonly id: number | string
  readonly at: Date
  /** `null` when nobody was found behind the identifier. */
  readonly userId: UserId | null
  /** What was typed, cut to 254 characters, without control characters. `null` where the user was known already. */
  readonly identifier: string | null
  readonly address: string | null
  readonly userAgent: string | null
  /** Through which door: a dialect's name, `admin`, `cli` or `library`. */
  readonly door: string
  /** What the password was asked for: `login`, `change-password`, … */
  readonly action: string
  readonly outcome: AttemptOutcome
  /** The session that a success began. */
  readonly sessionId: string | null
  readonly loggedOutAt: Date | null
}

export type NewAttempt = Omit<Attempt, 'id' | 'loggedOutAt'>

/** Which attempts to list; all given conditions must hold. Newest first. */
export interface AttemptFilter {
  readonly userId?: UserId
  readonly identifier?: string
  readonly address?: string
  readonly outcome?: AttemptOutcome
  /** `true`: only successes; `false`: all others. */
  readonly succeeded?: boolean
  readonly door?: string
  readonly action?: string
  /** The whole of what the client called itself. */
  readonly userAgent?: string
  /** Not earlier. */
  readonly since?: Date
  /** Earlier. */
  readonly until?: Date
  /** The last attempt of the page before: those behind it, also when it is not there any more. */
  readonly before?: Pick<Attempt, 'at' | 'id'>
  /** At most so many rows. */
  readonly limit: number
}
