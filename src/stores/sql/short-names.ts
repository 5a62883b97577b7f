import { builtInTables, MAX_NAME_LENGTH } from './naming.ts'
import type { UserModel } from './user-model.ts'

/**
 * Refuses names of tables and columns that an engine would cut off, so that two of them became one.
 *
 * @throws {TypeError}
 */
export function assertShortNames({ naming, columns, profiles }: UserModel): void {
  const builtIn = builtInTables(naming).flatMap(({ table, columns: ofTable }) => [table, ...Object.values(ofTable)])
  const declared = [...columns, ...profiles.flatMap((profile) => profile.columns)]
  const names = [
    ...builtIn,
    ...profiles.map(({ table }) => table),
    ...declared.flatMap(({ column, keyColumn }) => (keyColumn ? [column, keyColumn] : [column])),
  ]
  const long = names.find(({ name }) => Buffer.byteLength(name) > MAX_NAME_LENGTH)
  if (long)
    throw new TypeError(
      `the database has no room for the name "${long.name}": it is longer than ${MAX_NAME_LENGTH} bytes`,
    )
}
