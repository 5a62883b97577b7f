import type { NewUserInput } from '../../commands/steps/read-new-user.ts'
import { columnName } from '../../model/field-names.ts'
import type { AccountField } from '../drf/account-object.ts'
import { declaredField } from '../drf/declared-field.ts'
import { declaredInput } from '../drf/declared-fields.ts'
import type { FieldNames, NamedField } from '../drf/field-errors.ts'
import type { WireValues } from '../drf/field-set.ts'
import { emailField, type FieldReader, usernameField } from '../drf/fields.ts'
import { personNameFields } from '../drf/person-name-fields.ts'
import { uniqueEmail, uniqueField, uniqueUsername } from '../drf/unique-fields.ts'
import type { DjoserModel, LoginField } from './model.ts'

type Readers = Readonly<Record<string, FieldReader>>

/** `create`: what is required must be there, for `POST` and `PUT`; `update`: nothing must. */
export type Mode = 'create' | 'update'

/** Readers for what registration asks for, besides the password. */
export function registrationReaders(model: DjoserModel): Readers {
  const { loginField, usernameField: own, isUsernameRequired } = model
  // Without the name nobody could register, though `LOGIN_FIELD` is another one.
  const alsoUsername = own === 'username' && loginField !== own && isUsernameRequired ? [own] : []
  const login = [loginField, ...alsoUsername].map((name) => [name, loginReader(model, name)] as const)
  return { ...requiredReaders(model, 'create'), ...Object.fromEntries(login) }
}

/** Readers for what users may change about themselves. */
export function profileReaders(model: DjoserModel, mode: Mode): Readers {
  const readers = Object.entries(requiredReaders(model, mode))
  return Object.fromEntries(readers.filter(([name]) => name !== model.loginField))
}

/** The name to log in with, as it is typed where it must be right. */
export function loginReader(model: DjoserModel, field: LoginField, label: string = labels[field]): FieldReader {
  if (field === 'email') return emailField({ label })
  const { usernameField: own, isUsernameRequired: required, usernameMaxLength: maxLength } = model
  return usernameField({ label, maxLength, required: required || own !== 'username' })
}

const labels: { readonly [K in LoginField]: string } = { username: 'Username', email: 'Email address' }

function requiredReaders(model: DjoserModel, mode: Mode): Readers {
  const { requiredFields } = model
  return Object.fromEntries(requiredFields.map((field) => [field.wireName, readerFor(model, field, mode)]))
}

function readerFor(
  { isEmailRequired }: DjoserModel,
  { name, wireName, definition }: AccountField,
  mode: Mode,
): FieldReader {
  if (definition !== null) return declaredField(wireName, definition, mode)
  switch (name) {
    case 'email':
      return emailField({
        label: labels.email,
        required: isEmailRequired && mode === 'create',
        allowBlank: !isEmailRequired,
      })
    case 'firstName':
      return personNameFields.first
    default:
      return personNameFields.last
  }
}

/** What commands take, out of what was read. */
export function accountInput({ definitions }: DjoserModel, values: WireValues): Omit<NewUserInput, 'profiles'> {
  return {
    username: values['username'],
    email: values['email'],
    firstName: values['first_name'],
    lastName: values['last_name'],
    fields: declaredInput(definitions, values),
  }
}

/** What complaints of commands about an account are told under, and how it is said that something is taken. */
export function accountNames({ definitions }: DjoserModel): FieldNames {
  const declared = Object.keys(definitions).map((name) => {
    return [name, uniqueField(columnName(name))] as const
  })
  return {
    ...Object.fromEntries(declared),
    username: uniqueUsername('username'),
    email: uniqueEmail('email'),
    firstName: 'first_name',
    lastName: 'last_name',
  }
}

/** A name to log in with, under its own key such as `new_username`. */
export const uniqueLogin = (field: LoginField, wireName: string): NamedField =>
  field === 'username' ? uniqueUsername(wireName) : uniqueEmail(wireName)
