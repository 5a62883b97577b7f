import type { UpdateProfileInput } from '../../commands/update-profile.ts'
import { toAccount } from '../../model/account.ts'
import type { JsonValue } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import type { User } from '../../model/user.ts'
import { type AccountField, accountObject } from '../drf/account-object.ts'
import { declaredFields, declaredInput, writeDeclared } from '../drf/declared-fields.ts'
import type { FieldNames } from '../drf/field-errors.ts'
import type { WireValues } from '../drf/field-set.ts'
import { emailField, type FieldReader, textField, usernameField } from '../drf/fields.ts'
import { personNameFields } from '../drf/person-name-fields.ts'
import { shownOnly } from '../drf/shown-only.ts'
import { uniqueField, uniqueUsername } from '../drf/unique-fields.ts'
import { ruledUsername } from './ruled-username.ts'
import type { RestAuthSettings } from './settings.ts'

/** `create`: what is required must be there, for `PUT`; `update`: nothing must. */
export type Mode = 'create' | 'update'

/** A user at `user/`: how one is put, what may be written, and what complaints are told under. */
export interface UserDetails {
  readonly write: (user: User) => JsonValue
  readonly readers: (mode: Mode) => Readonly<Record<string, FieldReader>>
  /** What the command takes, out of what those readers gave. */
  readonly input: (values: WireValues) => Omit<UpdateProfileInput, 'userId' | 'email' | 'activation'>
  readonly names: FieldNames
}

type Model = RestAuthSettings['user']

/** Declared fields, and those of every profile, stand flat beside the built-in ones. */
export function userDetailsOf(settings: RestAuthSettings): UserDetails {
  const { serialize, user: model } = settings
  const { userDetails } = serialize
  return {
    write: userDetails === undefined ? builtInWriter(model) : (user) => userDetails(toAccount(user)),
    readers: (mode) => ({
      ...builtInReaders(settings, mode),
      ...declaredFields(model.fields, mode),
      ...Object.assign({}, ...Object.values(model.profiles).map((definitions) => declaredFields(definitions, mode))),
    }),
    input: (values) => ({
      username: values['username'],
      firstName: values['first_name'],
      lastName: values['last_name'],
      fields: declaredInput(model.fields, values),
      profiles: profilesInput(model, values),
    }),
    names: namesOf(model),
  }
}

const ID: AccountField = { name: 'id', wireName: 'pk', definition: null }
const USERNAME: AccountField = { name: 'username', wireName: 'username', definition: null }
const EMAIL: AccountField = { name: 'email', wireName: 'email', definition: null }
const FIRST_NAME: AccountField = { name: 'firstName', wireName: 'first_name', definition: null }
const LAST_NAME: AccountField = { name: 'lastName', wireName: 'last_name', definition: null }

function builtInWriter({ username, fields, profiles }: Model): (user: User) => JsonValue {
  const builtIn = accountObject([ID, ...(username === 'none' ? [] : [USERNAME]), EMAIL, FIRST_NAME, LAST_NAME])
  return (user) => ({
    ...builtIn(user),
    ...writeDeclared(fields, user.fields),
    ...Object.assign(
      {},
      ...Object.entries(profiles).map(([name, own]) => writeDeclared(own, user.profiles[name] ?? {})),
    ),
  })
}

function builtInReaders(settings: RestAuthSettings, mode: Mode): Readonly<Record<string, FieldReader>> {
  const { user, usernameRules, generation } = settings
  const { maxLength } = usernameRules
  const plain = usernameField({
    label: 'Username',
    required: user.username === 'required' && mode === 'create',
    maxLength,
  })
  const username = generation === '7' ? ruledUsername(settings, plain) : plain
  return {
    pk: shownOnly(textField({ label: 'ID' }), 'integer'),
    ...(user.username === 'none' ? {} : { username }),
    email: shownOnly(emailField({ label: 'Email address' }), 'email'),
    first_name: personNameFields.first,
    last_name: personNameFields.last,
  }
}

/** Only profiles of which something was sent: one that a user does not have yet begins with it. */
function profilesInput({ profiles }: Model, values: WireValues): NonNullable<UpdateProfileInput['profiles']> {
  const sent = Object.entries(profiles).map(
    ([name, definitions]) => [name, declaredInput(definitions, values)] as const,
  )
  return Object.fromEntries(sent.filter(([, fields]) => Object.keys(fields).length > 0))
}

function namesOf({ fields, profiles }: Model): FieldNames {
  const unique = (name: string) => uniqueField(columnName(name))
  const ofProfiles = Object.entries(profiles).flatMap(([profile, own]) =>
    Object.keys(own).map((name) => [`${profile}.${name}`, unique(name)] as const),
  )
  return {
    ...Object.fromEntries(Object.keys(fields).map((name) => [name, unique(name)] as const)),
    ...Object.fromEntries(ofProfiles),
    username: uniqueUsername('username'),
    firstName: 'first_name',
    lastName: 'last_name',
  }
}
