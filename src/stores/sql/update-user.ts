import type { UpdateUserOptions, UpdateUserResult, UserCondition } from '../../contracts/store.ts'
import type { UserChanges, UserId } from '../../model/user.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { findHolder, insertProfile, isSharing, type MadeRoom, makeRoom } from './insert-user.ts'
import type { ColumnValues, RowWriter } from './row-writer.ts'
import type { ProfileStatements, UserState, UserStatements } from './user-statements.ts'
import { changedUserValues, newValues, type UserValues } from './user-values.ts'

/** A change of one user with what belongs to it. */
export interface UserUpdate {
  readonly id: UserId
  readonly changes: UserChanges
  readonly options: UpdateUserOptions
}

/** Changes a user and what must change with it. Everything that can refuse comes before the first write. */
export function* updateUser(statements: UserStatements, update: UserUpdate): AtomicStep<UpdateUserResult> {
  const { id, changes, options } = update
  const before = yield* findAllowed(statements, id, options)
  if (!before) return { outcome: 'missed' }
  const values = changedUserValues(statements.model, changes, before)
  const room = yield* findRoom(statements, id, values)
  if (room.taken !== null) return { outcome: 'conflict', field: room.taken }
  yield* makeRoom(statements, room)
  if (options.takesCode) yield* change(statements.removeCode, { ...options.takesCode, userId: id })
  yield* writeChanges(statements, update, values)
  yield* endSessions(statements, id, options.endSessions)
  yield* removeBelongings(statements, id, options)
  const updated = yield* readFirst(statements.findById, { id })
  return updated ? { outcome: 'updated', user: updated } : { outcome: 'missed' }
}

/** The user, if they are as expected, and the code that allows the change is there. */
function* findAllowed(
  statements: UserStatements,
  userId: UserId,
  { when = {}, takesCode }: UpdateUserOptions,
): AtomicStep<UserState | null> {
  const state = yield* readFirst(statements.lock, { id: userId })
  if (!state || !isAsExpected(state, when)) return null
  const isAllowed = !takesCode || (yield* readFirst(statements.findCode, { ...takesCode, userId })) !== null
  return isAllowed ? state : null
}

interface Room extends MadeRoom {
  /** The first value that somebody else has and keeps. */
  readonly taken: string | null
}

function* findRoom(statements: UserStatements, id: UserId, values: UserValues): AtomicStep<Room> {
  const room: MadeRoom = { replaced: [], sharing: [] }
  for (const rule of statements.rules) {
    const holder = yield* findHolder(rule, values)
    if (!holder || holder.id === id) continue
    if (isSharing(rule, holder)) room.sharing.push(holder.id)
    else if (rule.yields === 'unconfirmed' && holder.isUnconfirmed) room.replaced.push(holder.id)
    else return { ...room, taken: rule.field }
  }
  return { ...room, taken: null }
}

/** Deletes a user who still is as expected, and tells how many that were. */
export function* deleteUser(statements: UserStatements, id: UserId, when: UserCondition): AtomicStep<number> {
  const state = yield* readFirst(statements.lock, { id })
  return state && isAsExpected(state, when) ? yield* change(statements.delete, { id }) : 0
}

export function isAsExpected(state: UserState, when: UserCondition): boolean {
  const { status = state.status, passwordHash = state.passwordHash } = when
  const { email = state.email, username = state.username, sessionEpoch = state.sessionEpoch } = when
  const { isStaff = state.isStaff, isSuperuser = state.isSuperuser } = when
  return (
    state.status === status &&
    state.passwordHash === passwordHash &&
    state.email === email &&
    state.username === username &&
    state.isStaff === isStaff &&
    state.isSuperuser === isSuperuser &&
    state.sessionEpoch === sessionEpoch
  )
}

function* writeChanges(statements: UserStatements, update: UserUpdate, values: UserValues): AtomicStep<void> {
  const { id: key } = statements.model.naming.users.columns
  yield* updateRow(statements.writer, values.user, { [key.name]: update.id })
  for (const profile of statements.profiles) {
    const ofProfile = values.profiles.get(profile.model.name)
    if (ofProfile) yield* writeProfile(profile, update, ofProfile)
  }
}

function* writeProfile(profile: ProfileStatements, update: UserUpdate, values: ColumnValues): AtomicStep<void> {
  const { name, columns } = profile.model
  if (yield* readFirst(profile.find, { userId: update.id })) {
    return yield* updateRow(profile.writer, values, { [profile.userId.name]: update.id })
  }
  yield* insertProfile(profile, update.id, newValues(columns, update.changes.profiles?.[name] ?? {}))
}

function* updateRow(writer: RowWriter, values: ColumnValues, key: ColumnValues): AtomicStep<void> {
  if (Object.keys(values).length === 0) return
  const row = { ...values, ...key }
  yield* change(writer.update(row), row)
}

function* removeBelongings(
  statements: UserStatements,
  userId: UserId,
  { removeCodes: codes, removeIdentities }: UpdateUserOptions,
): AtomicStep<void> {
  if (codes) {
    const { except = null, madeBefore = null } = codes === 'all' ? {} : codes
    yield* change(statements.removeCodes, { userId, except, madeBefore })
  }
  if (removeIdentities) yield* change(statements.removeIdentities, { userId })
}

function* endSessions(
  statements: UserStatements,
  userId: UserId,
  which: UpdateUserOptions['endSessions'],
): AtomicStep<void> {
  if (!which) return
  yield* change(statements.nextEpoch, { userId })
  if (which === 'all') yield* change(statements.endSessions, { userId })
  else yield* change(statements.endOtherSessions, { userId, except: which.except })
}
