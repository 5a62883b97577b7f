import type { Ddl } from './ddl.ts'
import type { Naming } from './naming.ts'
import { sql } from './sql.ts'

/** Groups, who is in them, and what users and groups may do. */
export function groupsMigration(ddl: Ddl, naming: Naming): readonly string[] {
  const { types: t } = ddl
  const { groups, groupPermissions: ofGroup, userGroups: member, userPermissions: ofUser } = naming
  return [
    ddl.createTable(groups.table, [
      sql`${groups.columns.id} ${ddl.userKey}`,
      sql`${groups.columns.name} ${t.text} NOT NULL`,
      sql`${groups.columns.nameKey} ${t.key} NOT NULL`,
    ]),
    ddl.createUniqueIndex(groups.table, groups.columns.nameKey),
    ddl.createTable(ofGroup.table, [
      ...ddl.groupReference({ table: ofGroup.table, column: ofGroup.columns.groupId, rule: 'NOT NULL' }),
      sql`${ofGroup.columns.permission} ${t.key} NOT NULL`,
      sql`PRIMARY KEY (${ofGroup.columns.groupId}, ${ofGroup.columns.permission})`,
    ]),
    ddl.createTable(member.table, [
      ...ddl.userReference({ table: member.table, column: member.columns.userId, rule: 'NOT NULL' }),
      ...ddl.groupReference({ table: member.table, column: member.columns.groupId, rule: 'NOT NULL' }),
      sql`PRIMARY KEY (${member.columns.userId}, ${member.columns.groupId})`,
    ]),
    ddl.createIndex(member.table, [member.columns.groupId]),
    ddl.createTable(ofUser.table, [
      ...ddl.userReference({ table: ofUser.table, column: ofUser.columns.userId, rule: 'NOT NULL' }),
      sql`${ofUser.columns.permission} ${t.key} NOT NULL`,
      sql`PRIMARY KEY (${ofUser.columns.userId}, ${ofUser.columns.permission})`,
    ]),
  ].map(ddl.render)
}
