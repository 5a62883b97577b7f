import type { FieldValues } from '../../model/field.ts'
import { canonicalEmail, canonicalUsername } from '../../model/identifier.ts'
import type { NewUser, User, UserChanges } from '../../model/user.ts'
import { nameKey } from '../../model/user-list.ts'
import { type DeclaredColumn, declaredValues } from './declared-columns.ts'
import type { ColumnValues } from './row-writer.ts'
import type { UserModel } from './user-model.ts'

/** What is written about a user: into the users table, and into the tables of the profiles that are named. */
export interface UserValues {
  readonly user: ColumnValues
  readonly profiles: ReadonlyMap<string, ColumnValues>
}

/**
 * What a new user is in the database, without an id; fields that were not given have their default.
 *
 * @throws {TypeError} for a field or profile that nobody declared
 */
export function newUserValues(model: UserModel, user: NewUser): UserValues {
  const { dateJoined, sessionEpoch } = model.naming.users.columns
  const values = {
    ...builtInValues(model, user, NO_ADDRESS),
    [dateJoined.name]: user.dateJoined,
    [sessionEpoch.name]: 0,
    ...newValues(model.columns, user.fields),
  }
  return { user: values, profiles: profileValues(model, user.profiles, newValues) }
}

/** A user's address, and whether it is proven. */
export type AddressState = Pick<User, 'email' | 'emailVerifiedAt'>

export const NO_ADDRESS: AddressState = { email: null, emailVerifiedAt: null }

/**
 * What a change of a user with this address writes. Look-up columns follow the columns they are made of.
 *
 * @throws {TypeError} for a field or profile that nobody declared
 */
export function changedUserValues(model: UserModel, changes: UserChanges, before: AddressState): UserValues {
  const values = { ...builtInValues(model, changes, before), ...changedValues(model.columns, changes.fields ?? {}) }
  return { user: values, profiles: profileValues(model, changes.profiles ?? {}, changedValues) }
}

function profileValues(
  { profiles }: UserModel,
  given: Readonly<Record<string, FieldValues>>,
  valuesOf: typeof newValues,
): UserValues['profiles'] {
  const entries = Object.entries(given).map(([name, fields]) => {
    const profile = profiles.find((one) => one.name === name)
    if (!profile) throw new TypeError(`there is no profile "${name}"`)
    return [name, valuesOf(profile.columns, fields)] as const
  })
  return new Map(entries)
}

/** A whole record: fields that were not given have their default. */
export function newValues(columns: readonly DeclaredColumn[], values: FieldValues): ColumnValues {
  assertDeclared(columns, values)
  return Object.fromEntries(
    columns.flatMap((declared) => declaredValues(declared, values[declared.field] ?? defaultOf(declared, values))),
  )
}

function changedValues(columns: readonly DeclaredColumn[], values: FieldValues): ColumnValues {
  assertDeclared(columns, values)
  const changed = columns.filter(({ field }) => values[field] !== undefined)
  return Object.fromEntries(changed.flatMap((declared) => declaredValues(declared, values[declared.field] ?? null)))
}

function defaultOf({ field, definition }: DeclaredColumn, values: FieldValues) {
  return values[field] === null ? null : definition.default
}

function assertDeclared(columns: readonly DeclaredColumn[], values: FieldValues): void {
  const unknown = Object.keys(values).find((field) => columns.every((declared) => declared.field !== field))
  if (unknown !== undefined) throw new TypeError(`there is no declared field "${unknown}"`)
}

function builtInValues(model: UserModel, user: UserChanges, before: AddressState): ColumnValues {
  const { columns: c } = model.naming.users
  const values: Record<string, unknown> = {}
  for (const field of BUILT_IN_FIELDS) {
    if (user[field] !== undefined) values[c[field].name] = user[field]
  }
  if (user.username !== undefined) {
    values[c.usernameKey.name] = user.username === null ? null : canonicalUsername(user.username)
  }
  if (user.firstName !== undefined) values[c.firstNameKey.name] = nameKey(user.firstName)
  if (user.lastName !== undefined) values[c.lastNameKey.name] = nameKey(user.lastName)
  return { ...values, ...addressKeys(model, user, before) }
}

/** Where an address is unique only once it is proven, it goes by another column before that. */
function addressKeys({ emailUnique, naming }: UserModel, user: UserChanges, before: AddressState): ColumnValues {
  const { emailKey, sharedEmailKey } = naming.users.columns
  const { email = before.email, emailVerifiedAt = before.emailVerifiedAt } = user
  const key = email === null ? null : canonicalEmail(email)
  if (emailUnique === 'always') return user.email === undefined ? {} : { [emailKey.name]: key }
  if (user.email === undefined && user.emailVerifiedAt === undefined) return {}
  const isProven = emailVerifiedAt !== null
  return { [emailKey.name]: isProven ? key : null, [sharedEmailKey.name]: isProven ? null : key }
}

const BUILT_IN_FIELDS = [
  'username',
  'email',
  'passwordHash',
  'firstName',
  'lastName',
  'status',
  'isStaff',
  'isSuperuser',
  'emailVerifiedAt',
  'lastLoginAt',
] as const satisfies readonly (keyof UserChanges)[]
