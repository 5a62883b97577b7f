import type { FieldValues } from './field.ts'

/** A number from a sequence that never gives one out twice, or a UUID where `ids: 'uuid'` is set. */
export type UserId = number | string

/**
 * `pending` until the first activation, then `active`, and `pending` again where a new address must be confirmed first;
 * `disabled` by an operator, and then no mailed link brings the user back. The wire's `is_active` means `active`.
 */
export type UserStatus = 'pending' | 'active' | 'disabled'

/** A person who can log in. */
export interface User {
  readonly id: UserId
  /** As typed, after NFKC. `null` where the model has no user names or this user chose none. */
  readonly username: string | null
  /** As typed, with the domain in lower case. `null` where the model makes it optional. */
  readonly email: string | null
  /** `algorithm$…`; `null` for a user who cannot log in with a password. */
  readonly passwordHash: string | null
  readonly firstName: string
  readonly lastName: string
  readonly status: UserStatus
  readonly isStaff: boolean
  readonly isSuperuser: boolean
  /** `null` until the present address was proven by a mailed code. */
  readonly emailVerifiedAt: Date | null
  readonly dateJoined: Date
  readonly lastLoginAt: Date | null
  /** Counted up whenever the user's sessions are ended together; a session begins only in the epoch of its proof. */
  readonly sessionEpoch: number
  /** The developer's own fields, by the name they were declared under. */
  readonly fields: FieldValues
  /** One-to-one records by profile name; `null` where this user has none yet. */
  readonly profiles: Readonly<Record<string, FieldValues | null>>
}

/** What a store needs for a new user; the store draws integer ids itself. */
export interface NewUser extends Omit<User, 'id' | 'lastLoginAt' | 'sessionEpoch' | 'profiles'> {
  /** Set only where `ids` is `'uuid'`. */
  readonly id: UserId | null
  readonly profiles: Readonly<Record<string, FieldValues>>
}

/** The columns of a user that commands may change, all optional. `fields` and `profiles` are merged, not replaced. */
export type UserChanges = {
  readonly [K in keyof Omit<User, 'id' | 'dateJoined' | 'sessionEpoch' | 'fields' | 'profiles'>]?: User[K]
} & {
  readonly fields?: FieldValues
  readonly profiles?: Readonly<Record<string, FieldValues>>
}

/** Tells whether the user may hold a session at all. */
export function isActive(user: Pick<User, 'status'>): boolean {
  return user.status === 'active'
}

/** Tells whether the user registered and was never let in: then name and address are held for some days only. */
export function isUnconfirmed(user: Pick<User, 'status' | 'sessionEpoch'>): boolean {
  return user.status === 'pending' && user.sessionEpoch === 0
}
