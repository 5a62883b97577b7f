import type { StoreSchema } from '../../contracts/store.ts'
import type { FieldDefinition, FieldDefinitions, FieldValue } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import { canonicalText } from '../../model/identifier.ts'
import type { MongoNaming } from './naming.ts'

/** The users of this application as the database keeps them. */
export interface UserModel {
  readonly ids: StoreSchema['ids']
  readonly emailUnique: StoreSchema['emailUnique']
  readonly naming: MongoNaming
  readonly fields: readonly DeclaredField[]
  readonly profiles: readonly ProfileModel[]
}

export interface ProfileModel {
  readonly name: string
  /** What its document is called. */
  readonly key: string
  readonly path: string
  readonly fields: readonly DeclaredField[]
}

/** A declared field as the database keeps it. */
export interface DeclaredField {
  readonly field: string
  readonly definition: FieldDefinition
  readonly name: string
  readonly path: string
  /** Has the canonical form of a unique text; it carries the unique index in the place of the text. */
  readonly keyPath: string | null
}

/** @throws {TypeError} for names of profiles that make the same one */
export function userModel(schema: StoreSchema, naming: MongoNaming): UserModel {
  const { fields, fieldKeys, profiles, profileKeys } = naming.fields.users
  const models = Object.entries(schema.profiles).map(([name, definitions]) => {
    const key = columnName(name)
    const path = `${profiles}.${key}`
    return { name, key, path, fields: declaredFields(definitions, path, `${profileKeys}.${key}`) }
  })
  if (new Set(models.map(({ key }) => key)).size < models.length) {
    throw new TypeError('two profiles have names that make the same field')
  }
  return {
    ids: schema.ids,
    emailUnique: schema.emailUnique,
    naming,
    fields: declaredFields(schema.fields, fields, fieldKeys),
    profiles: models,
  }
}

/** Where the value is whose index makes the field unique. */
export const uniquePath = ({ keyPath, path }: DeclaredField): string => keyPath ?? path

/** What is compared where a field is unique; `null` where there is nothing to compare. */
export function keyOfField({ keyPath }: DeclaredField, value: FieldValue): FieldValue {
  return keyPath !== null && typeof value === 'string' ? canonicalText(value) : value
}

function declaredFields(definitions: FieldDefinitions, base: string, keyBase: string): readonly DeclaredField[] {
  return Object.entries(definitions).map(([field, definition]) => {
    const name = columnName(field)
    const isKeyed = definition.unique && definition.kind === 'text'
    return { field, definition, name, path: `${base}.${name}`, keyPath: isKeyed ? `${keyBase}.${name}` : null }
  })
}
