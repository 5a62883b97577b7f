import type { FieldDefinition, JsonValue } from '../../model/field.ts'
import type { User } from '../../model/user.ts'
import { writeFieldValue } from './declared-fields.ts'

/** A field of the user that clients give and get. */
export interface AccountField {
  /** As the model has it: `id`, `username`, `email`, `firstName`, `lastName`, or a declared field. */
  readonly name: string
  /** On the wire: in snake_case. */
  readonly wireName: string
  /** `null` for a built-in field. */
  readonly definition: FieldDefinition | null
}

/** What of a user is read for an answer. */
export type ReadableAccount = Pick<User, 'id' | 'username' | 'email' | 'firstName' | 'lastName' | 'fields'>

type JsonObject = { readonly [key: string]: JsonValue }

/** A user as an object with these fields, in their order; those that are shown to nobody are left out. */
export function accountObject(fields: readonly AccountField[]): (account: ReadableAccount) => JsonObject {
  const shown = fields.filter(({ definition }) => definition?.public !== false)
  return (account) => Object.fromEntries(shown.map((field) => [field.wireName, valueIn(account, field)]))
}

/** The original has no name and no address that is missing: there they are empty. */
function valueIn(account: ReadableAccount, { name, definition }: AccountField): JsonValue {
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
