import type { FieldValue } from '../../model/field.ts'
import { readFieldValue } from '../../model/field-value.ts'
import type { User } from '../../model/user.ts'
import { type DeclaredField, keyOfField, type UserModel, uniquePath } from './user-model.ts'
import type { Users } from './users.ts'
import { equals } from './values.ts'

export interface FieldLookUp {
  readonly field: string
  readonly value: FieldValue
  readonly limit: number
}

/** @throws {TypeError} for a field that is not declared, or not kept so that it is found at once */
export async function findByField(users: Users, { field, value, limit }: FieldLookUp): Promise<readonly User[]> {
  const declared = requireField(users.model, field)
  const key = keyOf(declared, value)
  if (key === null) return []
  const { documents, reader } = users
  const options = { sort: { _id: 1 }, limit, projection: reader.withoutBelongings }
  return (await documents.find({ [uniquePath(declared)]: equals(key) }, options)).map(reader.user)
}

function requireField({ fields, profiles }: UserModel, field: string): DeclaredField {
  const unique = [
    ...fields.map((declared) => [declared.field, declared] as const),
    ...profiles.flatMap(({ name, fields: ofProfile }) =>
      ofProfile.map((declared) => [`${name}.${declared.field}`, declared] as const),
    ),
  ].filter(([, { definition }]) => definition.unique)
  const known = unique.find(([name]) => name === field)?.[1]
  if (known) return known
  const names = unique.map(([name]) => `"${name}"`).join(', ')
  throw new TypeError(`users cannot be found by the field "${field}"; declare it unique. There are ${names || 'none'}`)
}

/** `null` where nobody can have such a value. */
function keyOf(declared: DeclaredField, value: FieldValue): FieldValue {
  if (value === null) return null
  const { kind, integer = false } = declared.definition
  // By the kind alone: what no longer fits the field's limits is still what somebody has.
  const read = readFieldValue({ kind: kind === 'enum' ? 'text' : kind, integer }, value)
  return 'error' in read ? null : keyOfField(declared, read.value)
}
