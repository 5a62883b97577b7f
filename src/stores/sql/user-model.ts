import type { StoreSchema } from '../../contracts/store.ts'
import { type DeclaredColumn, declaredColumns } from './declared-columns.ts'
import type { Naming } from './naming.ts'
import type { Identifier } from './sql.ts'

/** The users of this application as the database keeps them: built-in names, declared columns, profile tables. */
export interface UserModel {
  readonly ids: StoreSchema['ids']
  readonly emailUnique: StoreSchema['emailUnique']
  readonly naming: Naming
  readonly columns: readonly DeclaredColumn[]
  readonly profiles: readonly ProfileModel[]
}

export interface ProfileModel {
  readonly name: string
  readonly table: Identifier
  readonly columns: readonly DeclaredColumn[]
}

/** @throws {TypeError} for declared names that collide with tables or columns */
export function userModel(schema: StoreSchema, naming: Naming): UserModel {
  const profiles = Object.entries(schema.profiles).map(([name, fields]) => ({
    name,
    table: naming.profileTable(name),
    columns: declaredColumns(fields, [naming.profileUserId]),
  }))
  const tables = new Set(profiles.map(({ table }) => table.name))
  if (tables.size < profiles.length) throw new TypeError('two profiles have names that make the same table')
  return {
    ids: schema.ids,
    emailUnique: schema.emailUnique,
    naming,
    columns: declaredColumns(schema.fields, Object.values(naming.users.columns)),
    profiles,
  }
}
