import { canonicalText } from './identifier.ts'
import type { UserId, UserStatus } from './user.ts'

/** By what users can be listed. `fields.phone`: by the declared field of that name, where it is one that can order users. */
export type UserOrderKey =
  | 'id'
  | 'username'
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'dateJoined'
  | 'lastLoginAt'
  | `fields.${string}`

/**
 * The order of a list. Texts are in the order of the bytes of their canonical form in UTF-8, equal values in the order of
 * ids. Whoever has no value comes last, in both directions.
 */
export interface UserOrder {
  readonly by: UserOrderKey
  /** Also that of ids among equal values, and among those without a value. */
  readonly direction: 'ascending' | 'descending'
}

/** What is looked for in the texts of users. */
export interface UserSearch {
  /**
   * In the form of `canonicalIdentifier`, not empty. Each must be found in one of a user's texts: user name, address, first
   * name, last name, and declared fields that are unique texts.
   */
  readonly words: readonly string[]
  /** Where in the text: only as its beginning, or in any place. */
  readonly match: 'beginning' | 'anywhere'
}

/** Whom to list. All given conditions must hold. */
export interface UserConditions {
  readonly search?: UserSearch
  readonly status?: UserStatus
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
  /** Whether the address is proven. */
  readonly isEmailVerified?: boolean
  /** Members of this group. */
  readonly groupId?: UserId
  /** Not earlier. */
  readonly joinedSince?: Date
  /** Earlier. */
  readonly joinedUntil?: Date
  /** Not earlier; nobody who never logged in. */
  readonly lastLoginSince?: Date
  /** Earlier; nobody who never logged in. */
  readonly lastLoginUntil?: Date
  readonly hasLoggedIn?: boolean
  /** Only these, at most 1000. */
  readonly ids?: readonly UserId[]
}

/** A place between two rows of a list in one order. Whoever keeps one does not look into it, and it fits no other order. */
export interface UserListPosition {
  /** Which part of the order it is in: those with a value, those without, … */
  readonly part: number
  /** Of the row in front of it, as it came; `null` where rows have none. A moment is a number of milliseconds. */
  readonly key: string | number | null
  readonly id: UserId
}

/** Code points of a name by which users are in order and found. */
const NAME_KEY_LENGTH = 150

/** The canonical form of a first or last name, or `null` for a user who has none. */
export function nameKey(name: string): string | null {
  const key = Array.from(canonicalText(name).trim()).slice(0, NAME_KEY_LENGTH).join('').trimEnd()
  return key === '' ? null : key
}
