import { toAccount } from '../../model/account.ts'
import type { JsonValue } from '../../model/field.ts'
import type { User } from '../../model/user.ts'
import { writeFieldValue } from '../drf/declared-fields.ts'
import type { DjoserModel, ModelField } from './model.ts'
import type { DjoserSettings } from './settings.ts'

/** How users are put in answers. */
export interface UserObjects {
  readonly user: (user: User) => JsonValue
  readonly currentUser: (user: User) => JsonValue
  readonly userCreate: (user: User) => JsonValue
}

export function userObjects({ model, serialize }: DjoserSettings): UserObjects {
  const { requiredFields, userIdField: id, loginField: login } = model
  const required = requiredFields.map(({ name }) => name)
  const user = serialize.user ?? objectOf(model, [...required, id, login])
  const currentUser = serialize.currentUser ?? user
  const userCreate = serialize.userCreate ?? objectOf(model, [...required, login, id])
  return {
    user: (given) => user(toAccount(given)),
    currentUser: (given) => currentUser(toAccount(given)),
    userCreate: (given) => userCreate(toAccount(given)),
  }
}

/** The named fields in their order, each of them once. */
export function objectOf(model: DjoserModel, names: readonly string[]): (account: Readable) => JsonObject {
  const shown = [...new Set(names)].flatMap((name) => {
    const field = model.requiredFields.find((one) => one.name === name)
    return field?.definition?.public === false ? [] : [field ?? { name, wireName: name, definition: null }]
  })
  return (account) => Object.fromEntries(shown.map((field) => [field.wireName, valueIn(account, field)]))
}

type JsonObject = { readonly [key: string]: JsonValue }

type Readable = Pick<User, 'id' | 'username' | 'email' | 'firstName' | 'lastName' | 'fields'>

/** The original has no name and no address that is missing: there they are empty. */
function valueIn(account: Readable, { name, definition }: ModelField): JsonValue {
  if (definition !== null) return writeFieldValue(account.fields[name] ?? null)
  switch (name) {
    case 'id':
      return account.id
    case 'username':
      return account.username ?? ''
    case 'email':
      return account.email ?? ''
    case 'firstName':
      return account.firstName
    default:
      return account.lastName
  }
}
