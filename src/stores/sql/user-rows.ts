import type { FieldValue, FieldValues } from '../../model/field.ts'
import type { User, UserStatus } from '../../model/user.ts'
import { type DeclaredColumn, fieldDecoder } from './declared-columns.ts'
import { fixedText, joined, type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import type { UserModel } from './user-model.ts'

/** How users are selected, and read from rows. */
export interface UserRows {
  /** The columns, of the users table under the alias `u` and the profiles that `joins` brings in. */
  readonly columns: SqlText
  /** Follows `… AS u`. */
  readonly joins: SqlText
  /** Reads the user whose columns begin at the index `from` of the row. */
  read(row: Row, from: number): User
}

export function userRows(engine: SqlEngine, model: UserModel): UserRows {
  const readDeclared = declaredReader(engine, model)
  return {
    columns: userColumns(model),
    joins: profileJoins(model),
    read: (row, from) => readUser(engine, row, { from, ...readDeclared(row, from + BUILT_IN) }),
  }
}

interface Declared {
  readonly fields: User['fields']
  readonly profiles: User['profiles']
}

// The order of `userColumns` and of `readUser`.
const BUILT_IN = 13

function userColumns({ naming, columns, profiles }: UserModel): SqlText {
  const c = naming.users.columns
  const builtIn = sql`u.${c.id}, u.${c.username}, u.${c.email}, u.${c.passwordHash}, u.${c.firstName}, u.${c.lastName},
    u.${c.status}, u.${c.isStaff}, u.${c.isSuperuser}, u.${c.emailVerifiedAt}, u.${c.dateJoined}, u.${c.lastLoginAt},
    u.${c.sessionEpoch}`
  const declared = columns.map(({ column }) => sql`u.${column}`)
  const ofProfiles = profiles.flatMap((profile, at) => {
    const alias = profileAlias(at)
    return [naming.profileUserId, ...profile.columns.map(({ column }) => column)].map(
      (column) => sql`${alias}.${column}`,
    )
  })
  return joined([builtIn, ...declared, ...ofProfiles], ', ')
}

function profileJoins({ naming, profiles }: UserModel): SqlText {
  const joins = profiles.map(({ table }, at) => {
    const alias = profileAlias(at)
    return sql` LEFT JOIN ${table} AS ${alias} ON ${alias}.${naming.profileUserId} = u.${naming.users.columns.id}`
  })
  return joined(joins, '')
}

function profileAlias(at: number): SqlText {
  return fixedText(`p${at}`)
}

// Spelled out column by column: this is read at every request, and a loop over decoders costs half as much again.
function readUser({ decode }: SqlEngine, row: Row, { from, fields, profiles }: Declared & { from: number }): User {
  return {
    id: decode.id(row[from]),
    username: decode.textOrNull(row[from + 1]),
    email: decode.textOrNull(row[from + 2]),
    passwordHash: decode.textOrNull(row[from + 3]),
    firstName: decode.text(row[from + 4]),
    lastName: decode.text(row[from + 5]),
    status: decode.text(row[from + 6]) as UserStatus,
    isStaff: decode.boolean(row[from + 7]),
    isSuperuser: decode.boolean(row[from + 8]),
    emailVerifiedAt: decode.momentOrNull(row[from + 9]),
    dateJoined: decode.moment(row[from + 10]),
    lastLoginAt: decode.momentOrNull(row[from + 11]),
    sessionEpoch: decode.number(row[from + 12]),
    fields,
    profiles,
  }
}

function declaredReader(engine: SqlEngine, model: UserModel): (row: Row, from: number) => Declared {
  const none: Declared = { fields: Object.freeze({}), profiles: Object.freeze({}) }
  if (model.columns.length === 0 && model.profiles.length === 0) return () => none
  const readFields = fieldsReader(engine, model.columns)
  const readProfiles = model.profiles.map(({ name, columns }) => ({
    name,
    width: columns.length + 1,
    read: fieldsReader(engine, columns),
  }))
  return (row, from) => {
    const profiles: Record<string, FieldValues | null> = {}
    let at = from + model.columns.length
    for (const { name, width, read } of readProfiles) {
      // The first column is the profile's user: empty where the join found no profile.
      profiles[name] = row[at] === null ? null : read(row, at + 1)
      at += width
    }
    return { fields: readFields(row, from), profiles }
  }
}

function fieldsReader(engine: SqlEngine, columns: readonly DeclaredColumn[]): (row: Row, from: number) => FieldValues {
  const decoders = columns.map(({ field, definition }) => ({ field, decode: fieldDecoder(definition.kind, engine) }))
  return (row, from) => {
    const values: Record<string, FieldValue> = {}
    let at = from
    for (const { field, decode } of decoders) values[field] = decode(row[at++])
    return values
  }
}
