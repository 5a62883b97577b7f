import type { InsertUserResult } from '../../contracts/store.ts'
import type { NewUser, UserId } from '../../model/user.ts'
import { type AtomicStep, change, insertRow, readFirst } from './atomic-step.ts'
import type { ColumnValues } from './row-writer.ts'
import type { Holder, UniqueRule } from './unique-rules.ts'
import type { ProfileStatements, UserStatements } from './user-statements.ts'
import { newUserValues, type UserValues } from './user-values.ts'

/**
 * Adds a user after making room: every holder is judged before one of them is deleted, so that a conflict leaves all of
 * them alone. When somebody takes a value in between, the engine refuses the row, the step starts again and finds the
 * holder.
 */
export function* insertUser(
  statements: UserStatements,
  user: NewUser,
  replacePendingBefore: Date,
): AtomicStep<InsertUserResult> {
  const values = newUserValues(statements.model, user)
  const replaced: UserId[] = []
  for (const rule of statements.rules) {
    const holder = yield* findHolder(rule, values)
    if (!holder) continue
    if (!isReplaceable(rule, holder, replacePendingBefore)) return { outcome: 'conflict', field: rule.field }
    replaced.push(holder.id)
  }
  for (const id of replaced) yield* change(statements.delete, { id })
  const id = yield* writeUser(statements, user, values)
  const inserted = yield* readFirst(statements.findById, { id })
  if (!inserted) throw new Error('a user that was just inserted cannot be read')
  return { outcome: 'inserted', user: inserted }
}

/** Who has the value that is about to be written, if the rule's column is written at all. */
export function* findHolder(rule: UniqueRule, values: UserValues): AtomicStep<Holder | null> {
  const row = rule.profile ? values.profiles.get(rule.profile.name) : values.user
  const key = row?.[rule.column.name] ?? null
  return key === null ? null : yield* readFirst(rule.findHolder, { key })
}

export function* insertProfile(profile: ProfileStatements, userId: UserId, values: ColumnValues): AtomicStep<void> {
  const row = { [profile.userId.name]: userId, ...values }
  yield* insertRow(profile.writer.insert(row), row)
}

function isReplaceable(rule: UniqueRule, holder: Holder, before: Date): boolean {
  if (!holder.isUnconfirmed) return false
  // Nobody has proven a pending address, so whoever registers it now has the same right to it.
  return rule.field === 'email' || holder.dateJoined.getTime() < before.getTime()
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
