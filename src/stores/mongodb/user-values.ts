import type { FieldValue, FieldValues, JsonValue } from '../../model/field.ts'
import { canonicalEmail, canonicalUsername } from '../../model/identifier.ts'
import type { NewUser, User, UserChanges } from '../../model/user.ts'
import { nameKey } from '../../model/user-list.ts'
import { type Changes, changesOf, documentOf, embedded, joinedChanges, type Values } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldName } from './naming.ts'
import { type DeclaredField, keyOfField, type ProfileModel, type UserModel } from './user-model.ts'
import { encoded, encodedJson } from './values.ts'

/** What is written about a user. */
export interface UserValues extends Changes {
  /** Values that nobody else may have, by the names by which conflicts are told. */
  readonly keys: ReadonlyMap<string, unknown>
}

/** A user's address, and whether it is proven. */
export type AddressState = Pick<User, 'email' | 'emailVerifiedAt'>

const NO_ADDRESS: AddressState = { email: null, emailVerifiedAt: null }

/** What a document of a user begins with. */
export interface FirstState {
  readonly id: User['id']
  readonly version: string
  readonly era: string
}

/**
 * The document of a new user; fields that were not given have their default.
 *
 * @throws {TypeError} for a field or profile that nobody declared
 */
export function newUserDocument(
  model: UserModel,
  user: NewUser,
  { id, version, era }: FirstState,
): { readonly document: MongoDocument; readonly keys: UserValues['keys'] } {
  const names = model.naming.fields.users
  assertDeclared(model.fields, user.fields)
  const profiles = Object.entries(user.profiles).map(([name, values]) => {
    const profile = requireProfile(model, name)
    return [profile, newFields(profile.fields, values)] as const
  })
  const fields = newFields(model.fields, user.fields)
  const document = {
    _id: encoded(id),
    ...documentOf(names, {
      ...builtInValues(model, user, NO_ADDRESS),
      dateJoined: user.dateJoined,
      sessionEpoch: 0,
      sessionEra: era,
      version,
      fields: embedded(fields.stored),
      fieldKeys: embedded(fields.keys),
      profiles: embedded(Object.fromEntries(profiles.map(([{ key }, { stored }]) => [key, stored]))),
      profileKeys: embedded(Object.fromEntries(profiles.map(([{ key }, { keys }]) => [key, keys]))),
    }),
  }
  return { document, keys: uniqueKeys(model, user) }
}

/**
 * What a change of a user who was like this writes. Look-up keys follow the values they are made of.
 *
 * @throws {TypeError} for a field or profile that nobody declared
 */
export function changedUserValues(model: UserModel, changes: UserChanges, before: User): UserValues {
  const builtIn = changesOf(model.naming.fields.users, builtInValues(model, changes, before))
  const parts = [builtIn, changedFields(model.fields, changes.fields ?? {})]
  for (const [name, values] of Object.entries(changes.profiles ?? {})) {
    const profile = requireProfile(model, name)
    const isNew = (before.profiles[name] ?? null) === null
    parts.push(isNew ? newProfile(model, profile, values) : changedFields(profile.fields, values))
  }
  const set = Object.assign({}, ...parts.map(({ $set }) => $set))
  const unset = Object.assign({}, ...parts.map(({ $unset }) => $unset))
  return { ...joinedChanges(set, unset), keys: uniqueKeys(model, changes, before) }
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

type BuiltInValues = Values<FieldName<'users'>>

function builtInValues(model: UserModel, user: UserChanges, before: AddressState): BuiltInValues {
  const given = BUILT_IN_FIELDS.filter((field) => user[field] !== undefined).map((field) => [field, user[field]])
  const { username, firstName, lastName } = user
  return {
    ...Object.fromEntries(given),
    ...(username !== undefined && { usernameKey: username === null ? null : canonicalUsername(username) }),
    ...(firstName !== undefined && { firstNameKey: nameKey(firstName) }),
    ...(lastName !== undefined && { lastNameKey: nameKey(lastName) }),
    ...addressKeys(model, user, before),
  }
}

/** Where an address is unique only once it is proven, it goes by another key before that. */
function addressKeys({ emailUnique }: UserModel, user: UserChanges, before: AddressState): Values<FieldName<'users'>> {
  const { email = before.email, emailVerifiedAt = before.emailVerifiedAt } = user
  const key = email === null ? null : canonicalEmail(email)
  if (emailUnique === 'always') return user.email === undefined ? {} : { emailKey: key }
  if (user.email === undefined && user.emailVerifiedAt === undefined) return {}
  const isProven = emailVerifiedAt !== null
  return { emailKey: isProven ? key : null, sharedEmailKey: isProven ? null : key }
}

/** Also that of an address that is only claimed: its owner, if there is one, is in the way. */
function uniqueKeys(model: UserModel, user: UserChanges, before: AddressState = NO_ADDRESS): UserValues['keys'] {
  const { emailKey, sharedEmailKey } = addressKeys(model, user, before)
  const keys = new Map<string, unknown>([
    ['username', typeof user.username === 'string' ? canonicalUsername(user.username) : null],
    ['email', emailKey ?? sharedEmailKey],
  ])
  for (const [field, value] of givenKeys(model.fields, user.fields ?? {})) keys.set(field, value)
  for (const [name, values] of Object.entries(user.profiles ?? {})) {
    const { fields } = requireProfile(model, name)
    for (const [field, value] of givenKeys(fields, values)) keys.set(`${name}.${field}`, value)
  }
  return new Map([...keys].filter(([, value]) => value !== null && value !== undefined))
}

const givenKeys = (fields: readonly DeclaredField[], values: FieldValues): readonly (readonly [string, FieldValue])[] =>
  fields
    .filter(({ definition }) => definition.unique)
    .map((declared) => [declared.field, keyOfField(declared, values[declared.field] ?? null)])

/** A whole record: fields that were not given have their default. */
function newFields(
  fields: readonly DeclaredField[],
  values: FieldValues,
): { readonly stored: MongoDocument; readonly keys: MongoDocument } {
  assertDeclared(fields, values)
  const stored: Record<string, unknown> = {}
  const keys: Record<string, unknown> = {}
  for (const declared of fields) {
    const given = values[declared.field]
    const value = given === undefined ? declared.definition.default : given
    if (isKept(declared, value)) stored[declared.name] = storedValue(declared, value)
    if (declared.keyPath !== null && value !== null) keys[declared.name] = encoded(keyOfField(declared, value))
  }
  return { stored, keys }
}

function newProfile({ naming }: UserModel, profile: ProfileModel, values: FieldValues): Changes {
  const { stored, keys } = newFields(profile.fields, values)
  return { $set: { [profile.path]: stored, [`${naming.fields.users.profileKeys}.${profile.key}`]: keys } }
}

function changedFields(fields: readonly DeclaredField[], values: FieldValues): Changes {
  assertDeclared(fields, values)
  const set: Record<string, unknown> = {}
  const unset: Record<string, unknown> = {}
  for (const declared of fields) {
    const value = values[declared.field]
    if (value === undefined) continue
    if (isKept(declared, value)) set[declared.path] = storedValue(declared, value)
    else unset[declared.path] = ''
    if (declared.keyPath === null) continue
    if (value === null) unset[declared.keyPath] = ''
    else set[declared.keyPath] = encoded(keyOfField(declared, value))
  }
  return joinedChanges(set, unset)
}

/** Where no value means the default, `null` has to be said. */
const isKept = ({ definition }: DeclaredField, value: FieldValue): boolean =>
  value !== null || definition.default !== null

function storedValue({ definition }: DeclaredField, value: FieldValue): unknown {
  if (value === null) return null
  return definition.kind === 'json' ? encodedJson(value as JsonValue) : encoded(value)
}

function assertDeclared(fields: readonly DeclaredField[], values: FieldValues): void {
  const unknown = Object.keys(values).find((field) => fields.every((declared) => declared.field !== field))
  if (unknown !== undefined) throw new TypeError(`there is no declared field "${unknown}"`)
}

function requireProfile({ profiles }: UserModel, name: string): ProfileModel {
  const profile = profiles.find((one) => one.name === name)
  if (profile === undefined) throw new TypeError(`there is no profile "${name}"`)
  return profile
}
