import type { InsertUserOptions, InsertUserResult } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import { canonicalEmail, canonicalUsername } from '../../model/identifier.ts'
import { isUnconfirmed, type NewUser, type UserId } from '../../model/user.ts'
import { nextNumber } from './counters.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN, waitForTurn } from './retries.ts'
import { newToken } from './tokens.ts'
import { type UniqueRule, uniqueRules } from './unique-rules.ts'
import type { UserState } from './user-documents.ts'
import { newUserDocument } from './user-values.ts'
import type { Users } from './users.ts'

/** How a user is added that has more than a new one has. */
export interface NewUserOptions extends InsertUserOptions {
  /** Drawn already. */
  readonly id?: UserId
  /** Such as a first identity. */
  readonly more?: MongoDocument
}

/**
 * Adds a user after making room: every holder is judged before one of them is deleted, so that a conflict leaves all of
 * them alone. When somebody takes a value in between, its unique index refuses the document, and the holder is found at the
 * next look.
 */
export async function insertUser(users: Users, user: NewUser, options: NewUserOptions): Promise<InsertUserResult> {
  const drawn = options.id ?? user.id
  const taken = drawn === null ? await findTaken(users, user, options) : null
  return taken === null ? insertAt(users, user, { ...options, drawn }) : { outcome: 'conflict', field: taken }
}

async function insertAt(
  users: Users,
  user: NewUser,
  { drawn, ...options }: NewUserOptions & { readonly drawn: UserId | null },
): Promise<InsertUserResult> {
  let id = drawn
  let lastError: unknown
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    id ??= await nextNumber(users.db, 'users')
    const result = await tryInsert(users, user, { ...options, id })
    if (result !== AGAIN && !('refused' in result)) return result
    if (result !== AGAIN) {
      lastError = result.refused
      // A counter that was set back gives ids again that are taken.
      if (drawn === null && (await users.findState(id)) !== null) id = null
    }
    await waitForTurn(tries)
  }
  throw lastError ?? new AuthError('unavailable', { retryAfterSeconds: 1 })
}

const MAX_TRIES = 30

/**
 * The first value that somebody has and keeps, before a number is drawn for the new user: one that nobody gets leaves a gap, and
 * a gap would tell strangers that an address of which nothing is told was refused.
 */
export async function findTaken(users: Users, user: NewUser, options: InsertUserOptions): Promise<string | null> {
  const { keys } = newUserDocument(users.model, user, { id: 0, version: '', era: '' })
  const { replacePendingBefore } = options
  const { taken } = await findRoom(users, uniqueRules(users.model), { keys, own: null, replacePendingBefore })
  return taken
}

async function tryInsert(
  users: Users,
  user: NewUser,
  { id, inventUsername, replacePendingBefore, more }: NewUserOptions & { readonly id: UserId },
): Promise<InsertUserResult | { readonly refused: unknown } | typeof AGAIN> {
  const named = await withName(users, user, { id, inventUsername })
  const { document, keys } = newUserDocument(users.model, named, { id, version: newToken(), era: newToken() })
  const room = await findRoom(users, uniqueRules(users.model), { keys, own: null, replacePendingBefore })
  if (room.taken !== null) return { outcome: 'conflict', field: room.taken }
  if (!(await makeRoom(users, room))) return AGAIN
  try {
    await users.documents.insert({ ...document, ...more })
    return { outcome: 'inserted', user: users.reader.user(document) }
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    await users.finishRemoval(id)
    return { refused: error }
  }
}

/** Those who do not keep what is about to be written. */
export interface Room {
  /** Are deleted. */
  readonly replaced: readonly UserState[]
  /** Only claim it from now on. */
  readonly sharing: readonly UserState[]
  /** The first value that somebody has and keeps. */
  readonly taken: string | null
}

/** What is about to be written, and by whom. */
export interface Wanted {
  readonly keys: ReadonlyMap<string, unknown>
  readonly own: UserId | null
  /** `null`: whoever has a name keeps it, however long ago they joined. */
  readonly replacePendingBefore: Date | null
}

export async function findRoom(users: Users, rules: readonly UniqueRule[], wanted: Wanted): Promise<Room> {
  const replaced = new Map<UserId, UserState>()
  const sharing: UserState[] = []
  for (const rule of rules) {
    const key = wanted.keys.get(rule.field)
    const holder = key === undefined ? null : await users.findHolder(rule.path, key)
    if (holder === null || holder.user.id === wanted.own) continue
    if (isSharing(rule, holder)) sharing.push(holder)
    else if (isReplaceable(rule, holder, wanted.replacePendingBefore)) replaced.set(holder.user.id, holder)
    else return { replaced: [], sharing: [], taken: rule.field }
  }
  return { replaced: [...replaced.values()], sharing, taken: null }
}

/** `false`: somebody has changed who was to make room, and must be judged again. */
export async function makeRoom(users: Users, { replaced, sharing }: Room): Promise<boolean> {
  for (const state of replaced) if (!(await users.remove(state))) return false
  for (const state of sharing) await shareAddress(users, state)
  return true
}

/** The document is of a time in which unproven addresses were unique as well. */
const isSharing = (rule: UniqueRule, { user }: UserState): boolean =>
  rule.yields === 'unproven' && user.emailVerifiedAt === null

function isReplaceable(rule: UniqueRule, { user }: UserState, before: Date | null): boolean {
  if (!isUnconfirmed(user)) return false
  if (rule.yields === 'unconfirmed') return true
  return before !== null && user.dateJoined.getTime() < before.getTime()
}

async function shareAddress(users: Users, { user }: UserState): Promise<void> {
  const { emailKey, sharedEmailKey } = users.documents.names
  await users.change(user.id, async (state) => {
    if (state.user.emailVerifiedAt !== null || state.user.email === null) return { result: null }
    const key = canonicalEmail(state.user.email)
    return { write: { set: { [sharedEmailKey]: key }, unset: { [emailKey]: '' }, result: () => null } }
  })
}

/** Enough for names that somebody has given themself to be in the way, one after the other. */
const NAME_ATTEMPTS = 10

async function withName(
  users: Users,
  user: NewUser,
  { id, inventUsername }: { readonly id: UserId; readonly inventUsername: InsertUserOptions['inventUsername'] },
): Promise<NewUser> {
  if (user.username !== null || inventUsername === undefined) return user
  for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt += 1) {
    const username = inventUsername(id, attempt)
    const holder = await users.findHolder(users.documents.names.usernameKey, canonicalUsername(username))
    if (holder === null) return { ...user, username }
  }
  throw new Error(`none of ${NAME_ATTEMPTS} names that were made up is free`)
}
