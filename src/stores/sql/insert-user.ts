import type { InsertUserOptions, InsertUserResult } from '../../contracts/store.ts'
import type { NewUser, UserId } from '../../model/user.ts'
import { type AtomicStep, change, insertRow, readFirst } from './atomic-step.ts'
import type { ColumnValues } from './row-writer.ts'
import type { Holder, UniqueRule } from './unique-rules.ts'
import type { ProfileStatements, UserStatements } from './user-statements.ts'
import { changedUserValues, NO_ADDRESS, newUserValues, type UserValues } from './user-values.ts'

/**
 * Adds a user after making room: every holder is judged before one of them is deleted, so that a conflict leaves all of
 * them alone. When somebody takes a value in between, the engine refuses the row, the step starts again and finds the
 * holder.
 */
export function* insertUser(
  statements: UserStatements,
  user: NewUser,
  { replacePendingBefore, inventUsername }: InsertUserOptions,
): AtomicStep<InsertUserResult> {
  const values = newUserValues(statements.model, user)
  const room: MadeRoom = { replaced: [], sharing: [] }
  for (const rule of statements.rules) {
    const holder = yield* findHolder(rule, values)
    if (!holder) continue
    if (isSharing(rule, holder)) room.sharing.push(holder.id)
    else if (isReplaceable(rule, holder, replacePendingBefore)) room.replaced.push(holder.id)
    else return { outcome: 'conflict', field: rule.field }
  }
  yield* makeRoom(statements, room)
  const id = yield* writeUser(statements, user, values)
  if (user.username === null && inventUsername !== undefined) yield* writeName(statements, id, inventUsername)
  const inserted = yield* readFirst(statements.findById, { id })
  if (!inserted) throw new Error('a user that was just inserted cannot be read')
  return { outcome: 'inserted', user: inserted }
}

/** Who has the value that is about to be written, or claimed, if it is written at all. */
export function* findHolder(rule: UniqueRule, values: UserValues): AtomicStep<Holder | null> {
  const row = rule.profile ? values.profiles.get(rule.profile.name) : values.user
  const claimed = rule.claimColumn === null ? null : row?.[rule.claimColumn.name]
  const key = row?.[rule.column.name] ?? claimed ?? null
  return key === null ? null : yield* readFirst(rule.findHolder, { key })
}

/** Those who do not keep what is about to be written. */
export interface MadeRoom {
  /** Are deleted. */
  readonly replaced: UserId[]
  /** Only claim it from now on. */
  readonly sharing: UserId[]
}

export function* makeRoom(statements: UserStatements, { replaced, sharing }: MadeRoom): AtomicStep<void> {
  for (const id of replaced) yield* change(statements.delete, { id })
  for (const id of sharing) yield* change(statements.share, { id })
}

/** The row is of a time in which unproven addresses were unique as well. */
export const isSharing = (rule: UniqueRule, holder: Holder): boolean =>
  rule.yields === 'unproven' && !holder.hasProvenAddress

export function* insertProfile(profile: ProfileStatements, userId: UserId, values: ColumnValues): AtomicStep<void> {
  const row = { [profile.userId.name]: userId, ...values }
  yield* insertRow(profile.writer.insert(row), row)
}

function isReplaceable(rule: UniqueRule, holder: Holder, before: Date): boolean {
  if (!holder.isUnconfirmed) return false
  return rule.yields === 'unconfirmed' || holder.dateJoined.getTime() < before.getTime()
}

/** Enough for names that somebody has given themself to be in the way, one after the other. */
const NAME_ATTEMPTS = 10

/** The row is there already: only it tells the number that a name is made from. */
function* writeName(
  { model, rules, writer }: UserStatements,
  id: UserId,
  inventUsername: NonNullable<InsertUserOptions['inventUsername']>,
): AtomicStep<void> {
  const rule = rules.find(({ field }) => field === 'username')
  for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt += 1) {
    const values = changedUserValues(model, { username: inventUsername(id, attempt) }, NO_ADDRESS)
    if (rule && (yield* findHolder(rule, values))) continue
    const row = { ...values.user, [model.naming.users.columns.id.name]: id }
    yield* change(writer.update(row), row)
    return
  }
  throw new Error(`none of ${NAME_ATTEMPTS} names that were made up is free`)
}

function* writeUser(statements: UserStatements, user: NewUser, values: UserValues): AtomicStep<UserId> {
  const { id: key } = statements.model.naming.users.columns
  const row = user.id === null ? values.user : { [key.name]: user.id, ...values.user }
  const drawn = yield* insertRow(statements.writer.insert(row), row)
  const id = user.id ?? drawn
  if (id === null) throw new Error('the engine drew no id for a new user')
  for (const profile of statements.profiles) {
    const ofProfile = values.profiles.get(profile.model.name)
    if (ofProfile) yield* insertProfile(profile, id, ofProfile)
  }
  return id
}
