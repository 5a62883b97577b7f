import { toAccount } from '../../model/account.ts'
import type { JsonValue } from '../../model/field.ts'
import type { User } from '../../model/user.ts'
import { accountObject } from '../drf/account-object.ts'
import type { DjoserModel } from './model.ts'
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
export function objectOf({ requiredFields }: DjoserModel, names: readonly string[]): ReturnType<typeof accountObject> {
  const named = [...new Set(names)].map(
    (name) => requiredFields.find((field) => field.name === name) ?? { name, wireName: name, definition: null },
  )
  return accountObject(named)
}
