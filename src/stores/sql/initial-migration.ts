import type { Ddl } from './ddl.ts'
import type { Naming } from './naming.ts'
import { type SqlText, sql } from './sql.ts'

/** The tables of the first release, but the one that lists migrations. */
export function initialMigration(ddl: Ddl, naming: Naming): readonly string[] {
  return [users, identities, sessions, codes, attempts, outbox, throttles]
    .flatMap((statementsOf) => statementsOf(ddl, naming))
    .map(ddl.render)
}

function users(ddl: Ddl, { users: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${ddl.userKey}`,
      sql`${c.username} ${t.text}`,
      sql`${c.usernameKey} ${t.key}`,
      sql`${c.email} ${t.text}`,
      sql`${c.emailKey} ${t.key}`,
      sql`${c.passwordHash} ${t.text}`,
      sql`${c.firstName} ${t.text} NOT NULL`,
      sql`${c.lastName} ${t.text} NOT NULL`,
      sql`${c.status} ${t.key} NOT NULL`,
      sql`${c.isStaff} ${t.boolean} NOT NULL`,
      sql`${c.isSuperuser} ${t.boolean} NOT NULL`,
      sql`${c.emailVerifiedAt} ${t.moment}`,
      sql`${c.dateJoined} ${t.moment} NOT NULL`,
      sql`${c.lastLoginAt} ${t.moment}`,
      sql`${c.sessionEpoch} ${t.integer} NOT NULL`,
    ]),
    ddl.createUniqueIndex(table, c.usernameKey),
    ddl.createUniqueIndex(table, c.emailKey),
    ddl.createIndex(table, [c.status, c.dateJoined]),
  ]
}

function identities(ddl: Ddl, { identities: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${ddl.sequenceKey}`,
      sql`${c.digest} ${t.digest} NOT NULL`,
      sql`${c.provider} ${t.key} NOT NULL`,
      sql`${c.subject} ${t.text} NOT NULL`,
      ...ddl.userReference({ table, column: c.userId, rule: 'NOT NULL' }),
      sql`${c.createdAt} ${t.moment} NOT NULL`,
      sql`${c.lastLoginAt} ${t.moment} NOT NULL`,
      sql`${c.email} ${t.text}`,
      sql`${c.extraData} ${t.json} NOT NULL`,
      sql`${c.sealedTokens} ${t.bytes}`,
    ]),
    ddl.createUniqueIndex(table, c.digest),
    ddl.createIndex(table, [c.userId]),
  ]
}

function sessions(ddl: Ddl, { sessions: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${t.key} PRIMARY KEY NOT NULL`,
      ...ddl.userReference({ table, column: c.userId, rule: 'NOT NULL' }),
      sql`${c.digest} ${t.digest} NOT NULL`,
      sql`${c.carrier} ${t.key} NOT NULL`,
      sql`${c.createdAt} ${t.moment} NOT NULL`,
      sql`${c.lastUsedAt} ${t.moment} NOT NULL`,
      sql`${c.idleExpiresAt} ${t.moment} NOT NULL`,
      sql`${c.expiresAt} ${t.moment} NOT NULL`,
      sql`${c.address} ${t.text}`,
      sql`${c.userAgent} ${t.text}`,
      sql`${c.assurance} ${t.key} NOT NULL`,
      sql`${c.backend} ${t.text} NOT NULL`,
      sql`${c.generation} ${t.integer} NOT NULL`,
      sql`${c.rotatedAt} ${t.moment}`,
    ]),
    ddl.createUniqueIndex(table, c.digest),
    ddl.createIndex(table, [c.userId]),
    ddl.createIndex(table, [c.idleExpiresAt]),
  ]
}

function codes(ddl: Ddl, { codes: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.digest} ${t.digest} PRIMARY KEY NOT NULL`,
      sql`${c.purpose} ${t.key} NOT NULL`,
      ...ddl.userReference({ table, column: c.userId, rule: 'NOT NULL' }),
      sql`${c.payload} ${t.json} NOT NULL`,
      sql`${c.createdAt} ${t.moment} NOT NULL`,
      sql`${c.expiresAt} ${t.moment} NOT NULL`,
    ]),
    ddl.createIndex(table, [c.userId]),
    ddl.createIndex(table, [c.expiresAt]),
  ]
}

function attempts(ddl: Ddl, { attempts: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${ddl.sequenceKey}`,
      sql`${c.at} ${t.moment} NOT NULL`,
      ...ddl.userReference({ table, column: c.userId }),
      sql`${c.identifier} ${t.key}`,
      sql`${c.address} ${t.key}`,
      sql`${c.userAgent} ${t.text}`,
      sql`${c.door} ${t.key} NOT NULL`,
      sql`${c.action} ${t.key} NOT NULL`,
      sql`${c.outcome} ${t.key} NOT NULL`,
      sql`${c.sessionId} ${t.key}`,
      sql`${c.loggedOutAt} ${t.moment}`,
    ]),
    ddl.createIndex(table, [c.at]),
    ddl.createIndex(table, [c.userId, c.at]),
    ddl.createIndex(table, [c.identifier, c.at]),
    ddl.createIndex(table, [c.address, c.at]),
    ddl.createIndex(table, [c.sessionId]),
  ]
}

function outbox(ddl: Ddl, { outbox: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.id} ${ddl.sequenceKey}`,
      sql`${c.createdAt} ${t.moment} NOT NULL`,
      sql`${c.dueAt} ${t.moment} NOT NULL`,
      sql`${c.tries} ${t.integer} NOT NULL`,
      sql`${c.sentAt} ${t.moment}`,
      sql`${c.finishedAt} ${t.moment}`,
      sql`${c.body} ${t.bytes}`,
      sql`${c.lastError} ${t.text}`,
    ]),
    ddl.createIndex(table, [c.finishedAt, c.dueAt]),
    ddl.createIndex(table, [c.createdAt]),
  ]
}

function throttles(ddl: Ddl, { throttles: { table, columns: c } }: Naming): readonly SqlText[] {
  const { types: t } = ddl
  return [
    ddl.createTable(table, [
      sql`${c.key} ${t.key} PRIMARY KEY NOT NULL`,
      sql`${c.state} ${t.text} NOT NULL`,
      sql`${c.expiresAt} ${t.moment} NOT NULL`,
      sql`${c.lockedUntil} ${t.moment}`,
    ]),
    ddl.createIndex(table, [c.expiresAt]),
    ddl.createIndex(table, [c.lockedUntil]),
  ]
}
