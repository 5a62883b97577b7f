import type { RequestInfo } from '../model/request-info.ts'
import type { User, UserId } from '../model/user.ts'
import type { UserStore } from './store.ts'

/** What somebody typed to log in. */
export interface Credentials {
  /** Empty where the user of a session confirms something by the password. */
  readonly identifier: string
  readonly password: string
  /** Where it comes from. */
  readonly request: RequestInfo
}

/** What a backend may use. */
export interface BackendTools {
  readonly users: Pick<UserStore, 'findById' | 'findByIdentifier' | 'findByField'>
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
 * Each call evaluates as many password hashes as any other, whatever it finds, so that nothing can be told from the time.
 */
export interface AuthenticationBackend {
  /** Written into the session it begins: 1 to 64 letters, digits and `_ . : -`. Unique among the configured ones. */
  readonly name: string
  /**
   * What it looks users up by: `username`, `email`, or declared fields such as `phone`. The program does not start where a
   * field is no `unique` text, or where user names could be addresses. @default nothing is checked
   */
  readonly identifiers?: readonly string[]
  /** How many hashes one call of `authenticate` evaluates. Refused and locked attempts are made to cost the same. @default 1 */
  readonly evaluations?: number
  /**
   * The one spelling under which guesses at an identifier are counted, for those that can be written in more ways than
   * `BackendTools.canonical` knows of, such as telephone numbers. `null`: not one of those. @default the canonical one
   */
  countedAs?(identifier: string): string | null
  /**
   * The users an identifier may mean, best first, at most a few. The gate counts failures against them, so a backend
   * must name here whom `authenticate` could prove. Who is locked is left out before they are handed on.
   */
  candidates(identifier: string, tools: BackendTools): Promise<readonly User[]>
  authenticate(credentials: Credentials, candidates: readonly User[], tools: BackendTools): Promise<BackendVerdict>
  /**
   * The user of a session on a later request, or `null` to end it. Sessions that no configured backend began, such as those of
   * social log-in, are asked of `login.defaultBackend`. Leave out to trust the store.
   */
  getUser?(id: UserId, tools: BackendTools): Promise<User | null>
  /**
   * Whether the user may do something that nothing stored allows, such as what a directory says. It is asked of active users
   * alone, for declared permissions. A backend without it grants nothing: to recognise somebody allows them nothing.
   */
  hasPermission?(user: User, permission: string, tools: PermissionTools): Promise<PermissionVerdict>
}

/** What a backend may use to answer for a permission. */
export type PermissionTools = Omit<BackendTools, 'verifyPassword'>

/** `unknown`: the next backend is asked. `denied`: none of the others is; what is stored holds all the same. */
export type PermissionVerdict = 'granted' | 'unknown' | 'denied'

/**
 * Recognises somebody by whatever came with one log-in, in place of the configured backends.
 *
 * It is asked inside the gate, and not at all during a lock. Wrong guesses count against what was typed and against the
 * user whom that names, so what is handed over as typed must be the part that says who is meant. The lock of whom it
 * proves holds, too. What it takes longer for one name than for another is its own to avoid.
 */
export interface Authenticator {
  /** Written into the session it begins, unless another name comes with the proof: 1 to 64 letters, digits and `_ . : -`. */
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
