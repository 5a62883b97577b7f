import { type Account, toAccount } from '../../model/account.ts'
import type { Actor } from '../../model/session.ts'

/** Who asks, and of what kind the request is. */
export interface PermissionInput {
  /** `null`: nobody has logged in. */
  readonly caller: Account | null
  readonly method: string
  /** The user that the path names, once it is known; `null` before, and where it names none. */
  readonly target: Account | null
}

/**
 * Lets a request pass, or not. Asked before anything else with no target, and again with one where the path names a
 * user.
 */
export type Permission = (input: PermissionInput) => boolean

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export const allowAny: Permission = () => true

export const isAuthenticated: Permission = ({ caller }) => caller !== null

/** Staff, whatever they ask for; superusers who are not staff do not count. */
export const isAdminUser: Permission = ({ caller }) => caller?.isStaff === true

/** Whoever has logged in, and then only for themselves; staff for everybody. */
export const currentUserOrAdmin: Permission = ({ caller, target }) =>
  caller !== null && (target === null || caller.isStaff || caller.id === target.id)

/** As `currentUserOrAdmin`, except that everybody who has logged in may read. */
export const currentUserOrAdminOrReadOnly: Permission = (input) =>
  input.caller !== null && (SAFE_METHODS.has(input.method) || currentUserOrAdmin(input))

/** As a permission sees the caller. */
export const callerOf = (actor: Actor | null): Account | null => (actor === null ? null : toAccount(actor.user))
