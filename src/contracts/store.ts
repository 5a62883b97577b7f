import type { Attempt, AttemptFilter, NewAttempt } from '../model/attempt.ts'
import type { Code, CodePurpose } from '../model/code.ts'
import type { FieldDefinitions, FieldValue } from '../model/field.ts'
import type { Identity, IdentityKey, KnownIdentity, NewIdentity } from '../model/identity.ts'
import type { OutboxRow } from '../model/mail.ts'
import type { ActiveSession, Carrier, Session } from '../model/session.ts'
import type { NewUser, User, UserChanges, UserId } from '../model/user.ts'
import type { AddressRuleStore } from './address-rule-store.ts'
import type { AuditStore } from './audit-store.ts'
import type { FigureStore } from './figure-store.ts'
import type { GroupStore } from './group-store.ts'
import type { ThrottleStore } from './throttle-store.ts'
import type { UserListStore } from './user-list-store.ts'

/** What a store must know of the application before it can open. */
export interface StoreSchema {
  readonly ids: 'integer' | 'uuid'
  readonly fields: FieldDefinitions
  readonly profiles: Readonly<Record<string, FieldDefinitions>>
  /** `'once-proven'`: an address is unique among the users who have proven it; any number may have it unproven. */
  readonly emailUnique: 'always' | 'once-proven'
  /** Folder of the application's own migration files, or `null`. */
  readonly migrationsFolder: string | null
}

/** What `createAuth` is given: it opens the store once the application's fields are known. */
export interface StoreFactory {
  /** Opens synchronously; a store behind a network connects on first use. */
  open(schema: StoreSchema): Store
}

/**
 * Everything Portress keeps, in its parts.
 *
 * Moments are whole milliseconds. Look-up keys arrive canonical and are compared byte for byte, whatever the
 * database's collation. A store that cannot reach its database throws `AuthError('unavailable')`; what it had not
 * acknowledged may or may not have happened. Indexes that carry a rule are created by migrations and `check` tells
 * when one is missing.
 */
export interface Store {
  /** `'single-document'`: several writes cannot be joined, so each method orders them to survive a crash in between. */
  readonly transactions: 'full' | 'single-document'
  readonly users: UserStore
  readonly identities: IdentityStore
  readonly sessions: SessionStore
  readonly codes: CodeStore
  readonly attempts: AttemptStore
  readonly outbox: OutboxStore
  readonly throttles: ThrottleStore
  readonly groups: GroupStore
  readonly userLists: UserListStore
  readonly audit: AuditStore
  readonly addressRules: AddressRuleStore
  readonly figures: FigureStore
  readonly migrations: MigrationControl
  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>
}

/** The columns that no two users may share; a declared unique field goes by its own name. */
export type InsertUserResult =
  | { readonly outcome: 'inserted'; readonly user: User }
  | { readonly outcome: 'conflict'; readonly field: string }

export type UpdateUserResult =
  | { readonly outcome: 'updated'; readonly user: User }
  | { readonly outcome: 'conflict'; readonly field: string }
  /** The user is gone, or `when` did not hold. */
  | { readonly outcome: 'missed' }

/** The change happens only if these columns hold these values at that moment. */
export type UserCondition = Partial<
  Pick<User, 'status' | 'passwordHash' | 'email' | 'username' | 'isStaff' | 'isSuperuser' | 'sessionEpoch'>
>

/** Codes that stay while the others go. */
export interface KeptCodes {
  readonly except: CodePurpose
  /** Of that purpose only those made before this moment stay. @default all of them */
  readonly madeBefore?: Date
}

/** Done together with the change of a user, as one atomic step. */
export interface UpdateUserOptions {
  readonly when?: UserCondition
  /** Ends the user's sessions: all, or all but the one named. Counts `sessionEpoch` up. */
  readonly endSessions?: 'all' | { readonly except: string }
  /** Removes the user's codes: of every purpose, or of every one but the one named. */
  readonly removeCodes?: 'all' | KeptCodes
  /** Uses this code of the user up; the change happens only while the code is there. */
  readonly takesCode?: Pick<Code, 'digest' | 'purpose'>
  /** Removes the user's identities. */
  readonly removeIdentities?: 'all'
}

/** How a user is added. */
export interface InsertUserOptions {
  /** Unconfirmed users who joined before hold nothing any more. */
  readonly replacePendingBefore: Date
  /**
   * Makes the name of a user who brings none, from the number that the user gets, in the same atomic step. It is asked again,
   * with the next attempt, counted from 0, while what it makes is taken, at most 10 times. @default the user has none
   */
  readonly inventUsername?: (id: UserId, attempt: number) => string
}

/**
 * Users with their declared fields and profiles.
 *
 * One who is `pending` in the `sessionEpoch` 0 is *unconfirmed*: registered and never let in. A `pending` user in a later
 * epoch was let in before and must confirm a new address: that one is never deleted to make room.
 *
 * Where `emailUnique` is `'once-proven'`, an address with an `emailVerifiedAt` is *owned* and any other only *claimed*. An
 * owned address is nobody else's: neither can it be claimed from then on, nor can a claim of before become a second owner.
 * Claims never conflict with each other, and nobody makes room for them.
 */
export interface UserStore {
  /**
   * Adds the user unless a unique value is taken.
   *
   * An unconfirmed holder that joined before `replacePendingBefore` does not count: it is deleted with all that belongs
   * to it, so that nobody can squat on a name or an address. An unconfirmed holder of the same *address* never counts.
   * Of any number of concurrent calls for one value exactly one inserts; that is not so for addresses that are only claimed.
   */
  insert(user: NewUser, options: InsertUserOptions): Promise<InsertUserResult>
  findById(id: UserId): Promise<User | null>
  /**
   * Up to `limit` users whose canonical user name or address is `key`: the owner of the name first, then the owner of the
   * address, then those who only claim it, in the order of their ids. However many claim it, the work is that of `limit`
   * rows: anybody can register an address as often as they like.
   */
  findByIdentifier(key: string, fields: readonly ('username' | 'email')[], limit: number): Promise<readonly User[]>
  /**
   * Up to `limit` users, in the order of their ids, who have this value in a declared field: `phone`, or `author.penName`
   * for the field of a profile. Text is compared in canonical form. Nobody has `null`, or a value of another kind.
   *
   * @throws {TypeError} for a field that is not declared `unique`
   */
  findByField(field: string, value: FieldValue, limit: number): Promise<readonly User[]>
  /**
   * Up to `limit` users in the order of their ids, from the first whose id comes after `after`, which need not be
   * anybody's; `null` begins with the first of all. UUIDs are in the order of their text.
   */
  list(page: { readonly after: UserId | null; readonly limit: number }): Promise<readonly User[]>
  /**
   * Changes a user together with what `options` name, as one atomic step.
   *
   * An unconfirmed holder of the address being set does not count: it is deleted with all that belongs to it. Nobody has
   * proven its address, so whoever sets it here, proven or not, has no less of a right to it. Of any number of users who
   * become the owner of one address at once exactly one does; the others conflict in `email`.
   */
  update(id: UserId, changes: UserChanges, options?: UpdateUserOptions): Promise<UpdateUserResult>
  /** Sets `lastLoginAt`. It may be lost in a loss of power, so that a log-in need not wait for it. */
  noteLogin(id: UserId, at: Date): Promise<void>
  /**
   * Deletes the user with identities, sessions, codes, profiles and attempts. `false` when there was none, or `when` did not hold.
   */
  delete(id: UserId, when?: UserCondition): Promise<boolean>
  /** Deletes unconfirmed users that joined before the moment, at most `limit`, and tells how many. */
  deletePendingBefore(before: Date, limit: number): Promise<number>
}

export type InsertWithUserResult =
  | { readonly outcome: 'inserted'; readonly user: User; readonly identity: Identity }
  | { readonly outcome: 'conflict'; readonly field: string }
  | { readonly outcome: 'identity-taken' }

export type InsertIdentityResult =
  | { readonly outcome: 'inserted'; readonly identity: Identity }
  /** Somebody has it: this user or another, which is not told. */
  | { readonly outcome: 'conflict' }
  /** The user is gone, or `when` did not hold. */
  | { readonly outcome: 'missed' }

/** What became of taking an identity away. */
export type DeleteIdentityResult =
  | 'deleted'
  /** There was none, or it belongs to somebody else. */
  | 'missed'
  /** Without it the user could not log in any more. */
  | 'last-way-in'

/** Links between users and providers. */
export interface IdentityStore {
  /**
   * Links the user to the identity while `when` holds, as one atomic step. Of any number of concurrent calls for one
   * identity, with a new user or without, exactly one inserts.
   */
  insert(identity: NewIdentity, userId: UserId, when?: UserCondition): Promise<InsertIdentityResult>
  /**
   * Adds a user as `UserStore.insert` does, together with the first identity, as one atomic step. That somebody has the
   * identity is told before any other conflict.
   */
  insertWithUser(identity: NewIdentity, user: NewUser, options: InsertUserOptions): Promise<InsertWithUserResult>
  /** The identity with its user in one statement, whatever the user's status. */
  find(key: IdentityKey): Promise<KnownIdentity | null>
  /** In the order in which they were linked. */
  listForUser(userId: UserId): Promise<readonly Identity[]>
  /** Writes what a log-in brought along, if the identity is still there. */
  noteLogin(id: Identity['id'], changes: IdentityLogin): Promise<void>
  /**
   * Takes the identity from the user. Refuses where the user has no password and no other identity, as one atomic step:
   * however many of a user's identities are taken away at once, the last one stays.
   */
  delete(id: Identity['id'], userId: UserId): Promise<DeleteIdentityResult>
}

/** What is newer after a log-in; tokens only where there are any to keep. */
export type IdentityLogin = Pick<Identity, 'lastLoginAt' | 'extraData'> & Partial<Pick<Identity, 'sealedTokens'>>

/** Names one session: by the digest of its secret, or by its public handle. */
export type SessionKey = { readonly digest: Uint8Array } | { readonly id: string }

export interface SessionStore {
  /**
   * Adds the session while its user is still `active` and `user.sessionEpoch` is still what it was when the user was
   * proven, as one atomic step; `false` otherwise. So a log-in that was under way while the password was replaced
   * begins nothing. The session may be lost in a loss of power, so that a log-in need not wait for the disk.
   */
  insert(session: Session, user: Pick<User, 'sessionEpoch'>): Promise<boolean>
  /**
   * The session that has the handle of this one: as it is, or else this one, added as `insert` does. `null` when the user
   * is not active or in another epoch, whatever is there. One atomic step: of any number of concurrent calls for one
   * handle exactly one adds a row, and all get that row.
   *
   * A row with the digest `insteadOf` does not count: it is deleted.
   */
  findOrInsert(
    session: Session,
    user: Pick<User, 'sessionEpoch'>,
    options?: { readonly insteadOf?: Uint8Array },
  ): Promise<Session | null>
  /** The session with its user in one statement, whether expired or not, whatever the user's status. */
  find(key: SessionKey): Promise<ActiveSession | null>
  /** The user's sessions that have not expired, latest use first. */
  listForUser(userId: UserId, now: Date): Promise<readonly Session[]>
  /**
   * The handles of the user's live sessions behind the `keep` used latest: those that one more log-in makes too many. The
   * session of a `user-token` is none of them, because log-ins never make more of it.
   */
  listSurplus(userId: UserId, now: Date, keep: number): Promise<readonly string[]>
  /**
   * Moves `lastUsedAt` and `idleExpiresAt` forward for many sessions at once. Only rows that still exist are written
   * and no moment ever moves back.
   */
  touch(
    uses: readonly { readonly id: string; readonly lastUsedAt: Date; readonly idleExpiresAt: Date }[],
  ): Promise<void>
  /**
   * Counts `generation` up by one if it is still `generation` and the session has not expired, and returns the row
   * as it then is. Of any number of concurrent calls for one generation exactly one gets a row; the others get `null`.
   */
  rotate(id: string, change: RotateSession): Promise<Session | null>
  /** `false` when there was none, or it belongs to somebody else than `userId`. */
  delete(id: string, userId: UserId): Promise<boolean>
  /** Tells how many were ended. */
  deleteForUser(userId: UserId, options?: { readonly except?: string; readonly carrier?: Carrier }): Promise<number>
  /** Deletes sessions that expired before the moment, at most `limit`, and tells how many. */
  deleteExpired(before: Date, limit: number): Promise<number>
}

export interface RotateSession {
  readonly generation: number
  readonly now: Date
  readonly idleExpiresAt: Date
}

export interface CodeStore {
  /** The code may be lost in a loss of power, unless something that is kept for good was written after it. */
  insert(code: Code): Promise<void>
  /** Reads a live code of this purpose without using it up. */
  find(digest: Uint8Array, purpose: CodePurpose, now: Date): Promise<Code | null>
  /**
   * Deletes the code and returns it, or returns `null` when it is unknown, expired, of another purpose or already
   * taken. Of any number of concurrent calls for one code, exactly one receives it.
   */
  take(digest: Uint8Array, purpose: CodePurpose, now: Date): Promise<Code | null>
  /** Removes the user's codes of the purpose, or of every purpose. */
  deleteForUser(userId: UserId, purpose?: CodePurpose): Promise<void>
  deleteExpired(before: Date, limit: number): Promise<number>
}

export interface AttemptStore {
  insert(attempt: NewAttempt): Promise<void>
  list(filter: AttemptFilter): Promise<readonly Attempt[]>
  /** The session that an attempt began has another handle than was expected. */
  renameSession(from: string, to: string): Promise<void>
  /** Notes when the sessions that attempts began were ended by their owner. */
  markLoggedOut(sessionIds: readonly string[], at: Date): Promise<void>
  deleteBefore(before: Date, limit: number): Promise<number>
}

export interface OutboxStore {
  insert(row: { readonly createdAt: Date; readonly body: Uint8Array }): Promise<void>
  /**
   * Hands out up to `limit` rows that are due and unsent, oldest first, and makes each invisible to other claims
   * until `leaseUntil`. Of any number of concurrent claims exactly one receives a row. Counts `tries` up.
   */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<readonly OutboxRow[]>
  /** Writes what became of a claimed row: a completed body, the next try, or the end. */
  settle(id: OutboxRow['id'], result: OutboxResult): Promise<void>
  /** Latest first: all, or those that `wanted` says. */
  list(limit: number, wanted?: OutboxFilter): Promise<readonly OutboxRow[]>
  /** Makes a row that is neither sent nor given up due at this moment, if it was due later. `false` when there is no such row. */
  retry(id: OutboxRow['id'], now: Date): Promise<boolean>
  /** When the earliest unsent row falls due, or `null`. */
  nextDue(): Promise<Date | null>
  deleteSentBefore(before: Date, limit: number): Promise<number>
}

/** Which rows of the outbox to list; all given conditions must hold. */
export interface OutboxFilter {
  /** `failed`: given up. A mail that failed and is tried again is `waiting`. */
  readonly state?: 'waiting' | 'sent' | 'failed'
  /** The last row of the page before: those behind it, also when it is not there any more. */
  readonly before?: Pick<OutboxRow, 'createdAt' | 'id'>
}

export type OutboxResult =
  | { readonly outcome: 'rendered'; readonly body: Uint8Array }
  /** `body: null` erases it. */
  | { readonly outcome: 'sent'; readonly at: Date; readonly body: Uint8Array | null }
  | { readonly outcome: 'retry'; readonly dueAt: Date; readonly error: string }
  /** Never tried again; the body is erased. */
  | { readonly outcome: 'abandoned'; readonly at: Date; readonly error: string }
  /** There was nothing to send; the row goes. */
  | { readonly outcome: 'dropped' }

/** One step of the schema, as text a person can read. */
export interface Migration {
  /** `0001_initial`, in the order in which they are applied. */
  readonly name: string
  readonly statements: readonly string[]
  readonly checksum: string
}

export interface MigrationStatus {
  readonly applied: readonly string[]
  readonly pending: readonly Migration[]
  /**
   * What is wrong besides pending migrations: a missing column or index, a file that changed after it was applied.
   * A store with problems must not serve.
   */
  readonly problems: readonly string[]
}

export interface MigrationControl {
  status(): Promise<MigrationStatus>
  /** Applies what is pending, each migration as one step; several processes may call it at once. */
  apply(): Promise<readonly string[]>
  /** The migration that the declared fields still need beyond the folder's files, or `null`. */
  draft(options: { readonly dropUndeclared: boolean }): Promise<MigrationDraft | null>
}

export interface MigrationDraft {
  /** File name without a folder, such as `0002_add_description.sql`. */
  readonly fileName: string
  readonly text: string
  /** Columns that are no longer declared and that the draft keeps. */
  readonly kept: readonly string[]
  /** Columns that the draft drops; only with `dropUndeclared`. */
  readonly dropped: readonly string[]
}
