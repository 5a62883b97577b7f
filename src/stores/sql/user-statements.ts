import type { CodePurpose } from '../../model/code.ts'
import type { User, UserId, UserStatus } from '../../model/user.ts'
import { type RowWriter, rowWriter } from './row-writer.ts'
import { fixedText, type Identifier, type SqlText, sql, unlessNull } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Command, type ParametersOf, type Query, statementsFor } from './statements.ts'
import { type UniqueRule, uniqueRules } from './unique-rules.ts'
import type { ProfileModel, UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

/** What a change of a user may depend on. */
export type UserState = Pick<
  User,
  'status' | 'passwordHash' | 'email' | 'username' | 'isStaff' | 'isSuperuser' | 'sessionEpoch' | 'emailVerifiedAt'
>

/** The statements about users that several steps share. */
export interface UserStatements {
  readonly model: UserModel
  readonly rules: readonly UniqueRule[]
  readonly writer: RowWriter
  readonly profiles: readonly ProfileStatements[]
  readonly findById: Query<{ readonly id: UserId }, User>
  readonly listFirst: Query<{ readonly limit: number }, User>
  readonly listAfter: Query<{ readonly after: UserId; readonly limit: number }, User>
  /** Reads what `when` compares; the row stays as it is until the step ends. */
  readonly lock: Query<{ readonly id: UserId }, UserState>
  /** Nobody else uses the code up until the step ends. */
  readonly findCode: Query<UserCode, UserCode>
  readonly removeCode: Command<UserCode>
  readonly noteLogin: Command<{ readonly id: UserId; readonly at: Date }>
  readonly delete: Command<{ readonly id: UserId }>
  /** Makes a claim of the address that the user has without having proven it. */
  readonly share: Command<{ readonly id: UserId }>
  readonly removeIdentities: Command<{ readonly userId: UserId }>
  readonly removeCodes: Command<{
    readonly userId: UserId
    readonly except: string | null
    readonly madeBefore: Date | null
  }>
  /** From now on no session begins for a proof of before. */
  readonly nextEpoch: Command<{ readonly userId: UserId }>
  readonly endSessions: Command<{ readonly userId: UserId }>
  readonly endOtherSessions: Command<{ readonly userId: UserId; readonly except: string }>
}

/** One code, as the code of one user. */
interface UserCode {
  readonly userId: UserId
  readonly digest: Uint8Array
  readonly purpose: CodePurpose
}

export interface ProfileStatements {
  readonly model: ProfileModel
  /** The column that names the profile's user. */
  readonly userId: Identifier
  readonly writer: RowWriter
  readonly find: Query<{ readonly userId: UserId }, { readonly userId: UserId }>
}

export function userStatements(engine: SqlEngine, model: UserModel): UserStatements {
  const { query, command } = statementsFor(engine)
  const { users, identities, sessions, codes } = model.naming
  const { id, status, passwordHash, email, username, lastLoginAt, sessionEpoch: epoch } = users.columns
  const { emailVerifiedAt, emailKey, sharedEmailKey, isStaff, isSuperuser } = users.columns
  const rows = userRows(engine, model)
  const select = sql`SELECT ${rows.columns} FROM ${users.table} AS u${rows.joins}`
  const read = (row: Row): User => rows.read(row, 0)
  return {
    model,
    rules: uniqueRules(engine, model),
    writer: rowWriter(engine, users.table, id),
    profiles: model.profiles.map((profile) => profileStatements(engine, model, profile)),
    findById: query((p) => sql`${select} WHERE u.${id} = ${p.id}`, read),
    listFirst: query((p) => sql`${select} ORDER BY u.${id} LIMIT ${p.limit}`, read),
    listAfter: query((p) => sql`${select} WHERE u.${id} > ${p.after} ORDER BY u.${id} LIMIT ${p.limit}`, read),
    lock: query(
      (p) => sql`SELECT ${status}, ${passwordHash}, ${email}, ${username}, ${epoch}, ${emailVerifiedAt},
          ${isStaff}, ${isSuperuser}
        FROM ${users.table} WHERE ${id} = ${p.id} ${fixedText(engine.lockRows)}`,
      (row) => readState(engine, row),
    ),
    findCode: query(
      (p) => sql`SELECT ${codes.columns.userId} FROM ${codes.table} WHERE ${isCode(codes.columns, p)}
        ${fixedText(engine.lockRows)}`,
      (_row, input) => input,
    ),
    removeCode: command((p) => sql`DELETE FROM ${codes.table} WHERE ${isCode(codes.columns, p)}`),
    noteLogin: command((p) => sql`UPDATE ${users.table} SET ${lastLoginAt} = ${p.at} WHERE ${id} = ${p.id}`),
    delete: command((p) => sql`DELETE FROM ${users.table} WHERE ${id} = ${p.id}`),
    share: command(
      (p) => sql`UPDATE ${users.table} SET ${sharedEmailKey} = ${emailKey}, ${emailKey} = NULL WHERE ${id} = ${p.id}`,
    ),
    removeIdentities: command(
      (p) => sql`DELETE FROM ${identities.table} WHERE ${identities.columns.userId} = ${p.userId}`,
    ),
    removeCodes: command(
      (p) => sql`DELETE FROM ${codes.table}
        WHERE ${codes.columns.userId} = ${p.userId} AND (
          ${unlessNull(sql`${codes.columns.purpose} <> ${p.except}`)} OR ${codes.columns.createdAt} >= ${p.madeBefore})`,
    ),
    nextEpoch: command((p) => sql`UPDATE ${users.table} SET ${epoch} = ${epoch} + 1 WHERE ${id} = ${p.userId}`),
    endSessions: command((p) => sql`DELETE FROM ${sessions.table} WHERE ${sessions.columns.userId} = ${p.userId}`),
    endOtherSessions: command(
      (p) => sql`DELETE FROM ${sessions.table}
        WHERE ${sessions.columns.userId} = ${p.userId} AND ${sessions.columns.id} <> ${p.except}`,
    ),
  }
}

const isCode = (c: UserModel['naming']['codes']['columns'], p: ParametersOf<UserCode>): SqlText =>
  sql`${c.digest} = ${p.digest} AND ${c.purpose} = ${p.purpose} AND ${c.userId} = ${p.userId}`

function readState({ decode }: SqlEngine, row: Row): UserState {
  return {
    status: decode.text(row[0]) as UserStatus,
    passwordHash: decode.textOrNull(row[1]),
    email: decode.textOrNull(row[2]),
    username: decode.textOrNull(row[3]),
    sessionEpoch: decode.number(row[4]),
    emailVerifiedAt: decode.momentOrNull(row[5]),
    isStaff: decode.boolean(row[6]),
    isSuperuser: decode.boolean(row[7]),
  }
}

function profileStatements(engine: SqlEngine, { naming }: UserModel, model: ProfileModel): ProfileStatements {
  const userId = naming.profileUserId
  return {
    model,
    userId,
    writer: rowWriter(engine, model.table, userId),
    find: statementsFor(engine).query(
      (p) => sql`SELECT ${userId} FROM ${model.table} WHERE ${userId} = ${p.userId}`,
      (_row, input) => input,
    ),
  }
}
