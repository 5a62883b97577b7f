import type { User, UserId } from '../model/user.ts'
import type { UserStore } from './store.ts'

/** What somebody typed to log in. */
export interface Credentials {
  readonly identifier: string
  readonly password: string
}

/** What a backend may use. */
export interface BackendTools {
  readonly users: Pick<UserStore, 'findById' | 'findByIdentifier'>
  /** Costs the same whatever is stored; `null` is never right. See `PasswordHasher.verify`. */
  verifyPassword(password: string, encoded: string | null): Promise<boolean>
  /** The form in which identifiers are looked up and counted. */
  canonical(identifier: string): string
}

/** How a backend judged. */
export type BackendVerdict =
  /** `backend` is written into the session where another one did the proving. @default this one's name */
  | { readonly outcome: 'proven'; readonly user: User; readonly backend?: string }
  /** Not mine, or wrong: the next backend is asked. */
  | { readonly outcome: 'unproven' }
  /** Nobody else is asked; the attempt has failed. */
  | { readonly outcome: 'refused' }

/**
 * One way to recognise a user by what was typed.
 *
 * A backend answers from the store and the hasher alone: status, verification, lockout and logging are the gate's.
 * Each call evaluates exactly one password hash whatever it finds, so that nothing can be told from the time.
 */
export interface AuthenticationBackend {
  /** Written into the session it begins. Unique among the configured ones. */
  readonly name: string
  /**
   * The users an identifier may mean, best first, at most a few. The gate counts failures against them, so a backend
   * must name here whom `authenticate` could prove.
   */
  candidates(identifier: string, tools: BackendTools): Promise<readonly User[]>
  authenticate(credentials: Credentials, candidates: readonly User[], tools: BackendTools): Promise<BackendVerdict>
  /** The user of a session on a later request, or `null` to end it. Leave out to trust the store. */
  getUser?(id: UserId, tools: BackendTools): Promise<User | null>
}

/**
 * Recognises somebody by whatever came with one log-in, in place of the configured backends.
 *
 * It is asked inside the gate, and not at all during a lock. Wrong guesses count against what was typed and against the
 * user whom that names, so what is handed over as typed must be the part that says who is meant. The lock of whom it
 * proves holds, too. What it takes longer for one name than for another is its own to avoid.
 */
export interface Authenticator {
  /** Written into the session it begins, unless another name comes with the proof. */
  readonly name: string
  /** Whom it proves, or `null`. */
  authenticate(tools: BackendTools): Promise<AuthenticatedId | null>
}

/** Somebody who was proven by an `Authenticator`. */
export interface AuthenticatedId {
  readonly id: UserId
  /** The name of the backend that did it. */
  readonly backend?: string
}
