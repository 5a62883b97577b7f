import type { Ddl } from './ddl.ts'
import type { Naming } from './naming.ts'
import { type SqlText, sql } from './sql.ts'

/** What those who look after users need: indexes for their lists, the audit log, and addresses to block or allow. */
export function administrationMigration(ddl: Ddl, naming: Naming): readonly string[] {
  return [...userLists(ddl, naming), ...audit(ddl, naming), ...addressRules(ddl, naming)].map(ddl.render)
}

/**
 * Keys of names are made by the program. Those of rows that are there already come close to it, and are exact once somebody
 * changes the name.
 */
function userLists(ddl: Ddl, { users: { table, columns: c }, attempts }: Naming): readonly SqlText[] {
  const { key } = ddl.types
  return [
    sql`ALTER TABLE ${table} ADD COLUMN ${c.firstNameKey} ${key}`,
    sql`ALTER TABLE ${table} ADD COLUMN ${c.lastNameKey} ${key}`,
    sql`UPDATE ${table} SET ${c.firstNameKey} = NULLIF(LOWER(TRIM(${c.firstName})), ''),
  ${c.lastNameKey} = NULLIF(LOWER(TRIM(${c.lastName})), '')`,
    ddl.createIndex(table, [c.firstNameKey, c.id]),
    ddl.createIndex(table, [c.lastNameKey, c.id]),
    ddl.createIndex(table, [c.dateJoined, c.id]),
    ddl.createIndex(table, [c.lastLoginAt, c.id]),
    ddl.createIndex(table, [c.isStaff]),
    ddl.createIndex(table, [c.isSuperuser]),
    ddl.createIndex(table, [c.emailVerifiedAt]),
    ddl.createIndex(attempts.table, [attempts.columns.at, attempts.columns.outcome]),
  ]
}

function audit(ddl: Ddl, { audit: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${ddl.sequenceKey}`,
      sql`${c.at} ${t.moment} NOT NULL`,
      sql`${c.actorId} ${t.key}`,
      sql`${c.actorName} ${t.text}`,
      sql`${c.door} ${t.key} NOT NULL`,
      sql`${c.address} ${t.key}`,
      sql`${c.action} ${t.key} NOT NULL`,
      sql`${c.objectKind} ${t.key} NOT NULL`,
      sql`${c.objectId} ${t.key}`,
      sql`${c.objectName} ${t.text}`,
      sql`${c.changes} ${t.json} NOT NULL`,
    ]),
    ddl.createIndex(table, [c.at]),
    ddl.createIndex(table, [c.actorId, c.at]),
    ddl.createIndex(table, [c.action, c.at]),
    ddl.createIndex(table, [c.objectKind, c.objectId, c.at]),
  ]
}

function addressRules(ddl: Ddl, { addressRules: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${t.key} NOT NULL`,
      // One rule for a range: a second one replaces the first.
      sql`${c.addressRange} ${t.key} PRIMARY KEY NOT NULL`,
      sql`${c.effect} ${t.key} NOT NULL`,
      sql`${c.note} ${t.text} NOT NULL`,
      sql`${c.createdAt} ${t.moment} NOT NULL`,
      sql`${c.expiresAt} ${t.moment}`,
    ]),
    ddl.createUniqueIndex(table, c.id),
    ddl.createIndex(table, [c.expiresAt]),
  ]
}
