import type { UserId } from '../model/user.ts'
import type { Counted } from './user-list-store.ts'

/** Attempts of a time. */
export interface AttemptWindow {
  /** Not earlier. */
  readonly since: Date
  /** Earlier. */
  readonly until: Date
}

export interface AttemptCounts {
  readonly successes: number
  readonly failures: number
  /** `false`: there are at least so many. */
  readonly isExact: boolean
}

/** What belongs to a user, and goes with the user. */
export interface UserBelongings {
  /** Also those that have expired. */
  readonly sessions: number
  readonly identities: number
  readonly codes: number
  readonly attempts: number
  readonly groups: number
  readonly permissions: number
  /** Profiles that the user has. */
  readonly profiles: number
}

/** Figures for operators. Each looks at no more than about `max` rows and then says that there are at least so many. */
export interface FigureStore {
  /** Sessions that have not expired. */
  liveSessions(now: Date, max: number): Promise<Counted>
  /** Where there are more than `max` attempts, only `max` of them are counted, whichever. */
  attempts(window: AttemptWindow, max: number): Promise<AttemptCounts>
  /** Mails that are neither sent nor given up. */
  waitingMails(max: number): Promise<Counted>
  /** Exact up to 1000 of each kind, and never more than that. Nobody has nothing. */
  belongingsOf(userId: UserId): Promise<UserBelongings>
}
