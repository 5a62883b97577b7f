import type { GroupId, NamedGroup } from '../../model/group.ts'
import type { UserId } from '../../model/user.ts'
import type { Naming } from './naming.ts'
import { type RowWriter, rowWriter } from './row-writer.ts'
import { fixedText, type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Command, type Query, statementsFor } from './statements.ts'

/** A group with one of its permissions: there is a row for each, and one without where there is none. */
export interface GroupRow {
  readonly id: GroupId
  readonly name: string
  readonly permission: string | null
}

/** The same with how many users are in the group. */
export interface ListedGroupRow extends GroupRow {
  readonly memberCount: number
}

/** A permission of a user. */
interface PermissionRow {
  readonly isOwn: boolean
  readonly permission: string
}

interface ById {
  readonly id: GroupId
}

interface ByUser {
  readonly userId: UserId
}

/** Every statement about groups and permissions. */
export interface GroupStatements {
  readonly writer: RowWriter
  readonly find: Query<ById, GroupRow>
  /** The row stays as it is until the step ends. */
  readonly lock: Query<ById, GroupId>
  readonly findByKey: Query<{ readonly key: string }, GroupId>
  readonly rename: Command<ById & { readonly name: string; readonly nameKey: string }>
  readonly delete: Command<ById>
  readonly listFirst: Query<{ readonly limit: number }, ListedGroupRow>
  readonly listAfter: Query<{ readonly after: GroupId; readonly limit: number }, ListedGroupRow>
  readonly namesFirst: Query<{ readonly limit: number }, NamedGroup>
  readonly namesAfter: Query<{ readonly after: GroupId; readonly limit: number }, NamedGroup>
  readonly removePermissions: Command<ById>
  readonly addPermission: Command<ById & { readonly permission: string }>
  /** The user's row stays as it is until the step ends. */
  readonly lockUser: Query<ByUser, UserId>
  readonly groupsOf: Query<ByUser, GroupRow>
  readonly leaveGroups: Command<ByUser>
  readonly joinGroup: Command<ByUser & { readonly groupId: GroupId }>
  readonly removeOwnPermissions: Command<ByUser>
  readonly addOwnPermission: Command<ByUser & { readonly permission: string }>
  readonly permissionsOf: Query<ByUser, PermissionRow>
}

export function groupStatements(engine: SqlEngine, naming: Naming): GroupStatements {
  return { ...statementsOfGroups(engine, naming), ...statementsOfUsers(engine, naming) }
}

type OfUsers =
  | 'lockUser'
  | 'groupsOf'
  | 'leaveGroups'
  | 'joinGroup'
  | 'removeOwnPermissions'
  | 'addOwnPermission'
  | 'permissionsOf'

function statementsOfGroups(engine: SqlEngine, naming: Naming): Omit<GroupStatements, OfUsers> {
  const { query, command } = statementsFor(engine)
  const { table, columns: c } = naming.groups
  const { table: permissions, columns: p } = naming.groupPermissions
  const { table: members, columns: m } = naming.userGroups
  const withPermissions = joinPermissions(naming)
  const read = (row: Row) => readGroupRow(engine, row)
  const readListed = (row: Row) => ({ ...read(row), memberCount: engine.decode.number(row[3]) })
  const page = (which: SqlText): SqlText => sql`SELECT g.${c.id}, g.${c.name}, p.${p.permission}, g.member_count
    FROM (SELECT ${c.id}, ${c.name},
      (SELECT COUNT(*) FROM ${members} AS m WHERE m.${m.groupId} = ${table}.${c.id}) AS member_count
      FROM ${table} ${which}) AS g ${withPermissions} ORDER BY g.${c.id}, p.${p.permission}`
  const names = sql`SELECT ${c.id}, ${c.name} FROM ${table}`
  const readName = (row: Row) => ({ id: engine.decode.id(row[0]), name: engine.decode.text(row[1]) })
  return {
    writer: rowWriter(engine, table, c.id),
    find: query(
      ({ id }) => sql`SELECT g.${c.id}, g.${c.name}, p.${p.permission} FROM ${table} AS g ${withPermissions}
        WHERE g.${c.id} = ${id} ORDER BY p.${p.permission}`,
      read,
    ),
    lock: query(
      ({ id }) => sql`SELECT ${c.id} FROM ${table} WHERE ${c.id} = ${id} ${fixedText(engine.lockRows)}`,
      (row) => engine.decode.id(row[0]),
    ),
    findByKey: query(
      ({ key }) => sql`SELECT ${c.id} FROM ${table} WHERE ${c.nameKey} = ${key}`,
      (row) => engine.decode.id(row[0]),
    ),
    rename: command(
      ({ id, name, nameKey }) =>
        sql`UPDATE ${table} SET ${c.name} = ${name}, ${c.nameKey} = ${nameKey} WHERE ${c.id} = ${id}`,
    ),
    delete: command(({ id }) => sql`DELETE FROM ${table} WHERE ${c.id} = ${id}`),
    listFirst: query(({ limit }) => page(sql`ORDER BY ${c.id} LIMIT ${limit}`), readListed),
    listAfter: query(
      ({ after, limit }) => page(sql`WHERE ${c.id} > ${after} ORDER BY ${c.id} LIMIT ${limit}`),
      readListed,
    ),
    namesFirst: query(({ limit }) => sql`${names} ORDER BY ${c.id} LIMIT ${limit}`, readName),
    namesAfter: query(
      ({ after, limit }) => sql`${names} WHERE ${c.id} > ${after} ORDER BY ${c.id} LIMIT ${limit}`,
      readName,
    ),
    removePermissions: command(({ id }) => sql`DELETE FROM ${permissions} WHERE ${p.groupId} = ${id}`),
    addPermission: command(
      ({ id, permission }) =>
        sql`INSERT INTO ${permissions} (${p.groupId}, ${p.permission}) VALUES (${id}, ${permission})`,
    ),
  }
}

function statementsOfUsers(engine: SqlEngine, naming: Naming): Pick<GroupStatements, OfUsers> {
  const { query, command } = statementsFor(engine)
  const { groups, groupPermissions, userGroups, userPermissions, users } = naming
  const { table: members, columns: m } = userGroups
  const { table: owned, columns: o } = userPermissions
  const g = groups.columns
  const p = groupPermissions.columns
  return {
    lockUser: query(
      ({ userId }) => sql`SELECT ${users.columns.id} FROM ${users.table}
        WHERE ${users.columns.id} = ${userId} ${fixedText(engine.lockRows)}`,
      (row) => engine.decode.id(row[0]),
    ),
    groupsOf: query(
      ({ userId }) => sql`SELECT g.${g.id}, g.${g.name}, p.${p.permission} FROM ${members} AS m
        JOIN ${groups.table} AS g ON g.${g.id} = m.${m.groupId} ${joinPermissions(naming)}
        WHERE m.${m.userId} = ${userId} ORDER BY g.${g.id}, p.${p.permission}`,
      (row) => readGroupRow(engine, row),
    ),
    leaveGroups: command(({ userId }) => sql`DELETE FROM ${members} WHERE ${m.userId} = ${userId}`),
    joinGroup: command(
      ({ userId, groupId }) => sql`INSERT INTO ${members} (${m.userId}, ${m.groupId}) VALUES (${userId}, ${groupId})`,
    ),
    removeOwnPermissions: command(({ userId }) => sql`DELETE FROM ${owned} WHERE ${o.userId} = ${userId}`),
    addOwnPermission: command(
      ({ userId, permission }) =>
        sql`INSERT INTO ${owned} (${o.userId}, ${o.permission}) VALUES (${userId}, ${permission})`,
    ),
    permissionsOf: query(
      ({ userId }) => sql`SELECT 1, o.${o.permission} FROM ${owned} AS o WHERE o.${o.userId} = ${userId}
        UNION SELECT 0, p.${p.permission} FROM ${members} AS m
          JOIN ${groupPermissions.table} AS p ON p.${p.groupId} = m.${m.groupId} WHERE m.${m.userId} = ${userId}
        ORDER BY 1, 2`,
      (row) => ({ isOwn: engine.decode.number(row[0]) === 1, permission: engine.decode.text(row[1]) }),
    ),
  }
}

const joinPermissions = ({ groups, groupPermissions: { table, columns } }: Naming): SqlText =>
  sql`LEFT JOIN ${table} AS p ON p.${columns.groupId} = g.${groups.columns.id}`

function readGroupRow({ decode }: SqlEngine, row: Row): GroupRow {
  return { id: decode.id(row[0]), name: decode.text(row[1]), permission: decode.textOrNull(row[2]) }
}
