import type { UpdateProfileInput } from '../../commands/update-profile.ts'
import { toAccount } from '../../model/account.ts'
import type { FieldDefinition, JsonValue } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import type { User } from '../../model/user.ts'
import { declaredField } from '../drf/declared-field.ts'
import { declaredInput, writeFieldValue } from '../drf/declared-fields.ts'
import type { FieldNames } from '../drf/field-errors.ts'
import type { WireValues } from '../drf/field-set.ts'
import { emailField, type FieldReader, textField, usernameField } from '../drf/fields.ts'
import { personNameFields } from '../drf/person-name-fields.ts'
import { shownOnly } from '../drf/shown-only.ts'
import { uniqueEmail, uniqueField, uniqueUsername } from '../drf/unique-fields.ts'
import { writeMoment } from '../drf/write-moment.ts'
import type { RestRegistrationSettings } from './settings.ts'

/** A user at this door: how one is put, what may be written, and what complaints are told under. */
export interface Profile {
  /** At `profile/`. */
  readonly write: (user: User) => JsonValue
  /** After registration. */
  readonly writeRegistered: (user: User) => JsonValue
  /** What registration takes beside the password, and what the profile may change; the rest is read-only. */
  readonly readers: (mode: 'register' | 'profile') => Readonly<Record<string, FieldReader>>
  /** What commands take, out of what those readers gave. The address has endpoints of its own. */
  readonly input: (values: WireValues) => Omit<UpdateProfileInput, 'userId' | 'email' | 'activation'>
  readonly names: FieldNames
}

type Readers = Readonly<Record<string, FieldReader>>

export function profileOf(settings: RestRegistrationSettings): Profile {
  const { serialize, user: model } = settings
  const { profile: own, registerOutput } = serialize
  const profile = own === undefined ? writer(settings) : (user: User): JsonValue => own(toAccount(user))
  return {
    write: profile,
    writeRegistered: registerOutput === undefined ? profile : (user) => registerOutput(toAccount(user)),
    readers: (mode) => readersOf(settings, mode),
    input: (values) => ({
      username: values['username'],
      firstName: values['first_name'],
      lastName: values['last_name'],
      fields: declaredInput(model.fields, values),
      profiles: nestedProfiles(model, values),
    }),
    names: namesOf(model),
  }
}

type Model = RestRegistrationSettings['user']

/** What this door calls a field that every user has, and how its value is written. */
interface BuiltIn {
  readonly wireName: string
  readonly write: (user: User) => JsonValue
}

/** The original has no name and no address that is missing: there they are empty. */
const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['id', { wireName: 'id', write: ({ id }) => id }],
  ['lastLoginAt', { wireName: 'last_login', write: ({ lastLoginAt: at }) => (at === null ? null : writeMoment(at)) }],
  ['isSuperuser', { wireName: 'is_superuser', write: ({ isSuperuser }) => isSuperuser }],
  ['username', { wireName: 'username', write: ({ username }) => username ?? '' }],
  ['firstName', { wireName: 'first_name', write: ({ firstName }) => firstName }],
  ['lastName', { wireName: 'last_name', write: ({ lastName }) => lastName }],
  ['email', { wireName: 'email', write: ({ email }) => email ?? '' }],
  ['isStaff', { wireName: 'is_staff', write: ({ isStaff }) => isStaff }],
  ['isActive', { wireName: 'is_active', write: ({ status }) => status === 'active' }],
  ['dateJoined', { wireName: 'date_joined', write: ({ dateJoined }) => writeMoment(dateJoined) }],
])

function writer({ publicFields, user: { fields } }: RestRegistrationSettings): (user: User) => JsonValue {
  const shown = publicFields.filter((name) => fields[name]?.public !== false).map((name) => writtenField(name))
  return (user) => Object.fromEntries(shown.map(({ wireName, write }) => [wireName, write(user)]))
}

function writtenField(name: string): BuiltIn {
  return (
    BUILT_IN.get(name) ?? {
      wireName: columnName(name),
      write: ({ fields }) => writeFieldValue(fields[name] ?? null),
    }
  )
}

function readersOf(settings: RestRegistrationSettings, mode: 'register' | 'profile'): Readers {
  const { publicFields, editableFields, user: model } = settings
  const taken = publicFields.filter((name) => model.fields[name]?.writable !== false)
  const readers = taken.map((name) => {
    const reader = readerFor(name, model)
    const isOpen = mode === 'register' || editableFields.has(name)
    return [writtenField(name).wireName, isOpen ? reader : shownOnly(reader)] as const
  })
  return Object.fromEntries(readers)
}

function readerFor(name: string, { fields, username, email, usernameMaxLength: maxLength }: Model): FieldReader {
  const definition: FieldDefinition | undefined = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (definition !== undefined) return declaredField(columnName(name), definition, 'create')
  switch (name) {
    case 'username':
      return usernameField({ label: 'Username', required: username === 'required', maxLength })
    case 'email':
      return emailField({ label: 'Email address', required: email === 'required', allowBlank: email !== 'required' })
    case 'firstName':
      return personNameFields.first
    case 'lastName':
      return personNameFields.last
    default:
      return guardedReader(name)
  }
}

/** What nobody can write here, whatever they send. */
function guardedReader(name: string): FieldReader {
  const label = LABELS.get(name) ?? name
  return shownOnly(textField({ label }), name === 'id' ? 'integer' : name.startsWith('is') ? 'boolean' : 'datetime')
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['id', 'ID'],
  ['lastLoginAt', 'Last login'],
  ['isSuperuser', 'Superuser status'],
  ['isStaff', 'Staff status'],
  ['isActive', 'Active'],
  ['dateJoined', 'Date joined'],
])

/** Records of a profile stand under its name; only a schema of the site's own reads any. */
function nestedProfiles({ profiles }: Model, values: WireValues): NonNullable<UpdateProfileInput['profiles']> {
  const sent = Object.keys(profiles).filter((name) => Object.hasOwn(values, name))
  return Object.fromEntries(sent.map((name) => [name, values[name]]))
}

function namesOf({ fields }: Model): FieldNames {
  return {
    ...Object.fromEntries(Object.keys(fields).map((name) => [name, uniqueField(columnName(name))] as const)),
    username: uniqueUsername('username'),
    email: uniqueEmail('email'),
    firstName: 'first_name',
    lastName: 'last_name',
  }
}
