import type { AuditStore } from '../../contracts/audit-store.ts'
import type { AuditChange, AuditEntry, AuditFilter, AuditObject } from '../../model/audit.ts'
import { assertLimit, deleteBatch, fixedLimit } from './batches.ts'
import type { Naming } from './naming.ts'
import { shapeCache } from './shape-cache.ts'
import { joined, parameter, type SqlText, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'

/** The audit log in any SQL engine. */
export function sqlAudit(db: SqlDatabase, naming: Naming): AuditStore {
  const statements = auditStatements(db.engine, naming)
  const listBy = auditLists(db.engine, naming)
  return {
    async insert({ object, changes, ...entry }) {
      const { kind: objectKind, id: objectId, name: objectName } = object
      await db.change(statements.insert, {
        ...entry,
        objectKind,
        objectId,
        objectName,
        changes: JSON.stringify(changes),
      })
    },
    async list(filter) {
      assertLimit(filter.limit)
      const values = valuesOf(filter)
      const given = Object.keys(CONDITIONS).filter((name) => values[name] !== undefined)
      return db.all(listBy([...given, String(filter.limit)]), values)
    },
    async deleteBefore(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteBefore, { before, limit })
    },
  }
}

type AuditValues = Readonly<Record<string, unknown>>

function valuesOf({ actorId, action, object, since, until, before }: AuditFilter): AuditValues {
  return {
    actorId,
    action,
    objectKind: object?.kind,
    objectId: object?.id,
    since,
    until,
    beforeAt: before?.at,
    beforeId: before?.id,
  }
}

type AuditColumns = Naming['audit']['columns']

/** By the value whose presence asks for it. */
const CONDITIONS: Readonly<Record<string, (c: AuditColumns) => SqlText>> = {
  actorId: (c) => sql`${c.actorId} = ${parameter('actorId')}`,
  action: (c) => sql`${c.action} = ${parameter('action')}`,
  objectId: (c) => sql`${c.objectKind} = ${parameter('objectKind')} AND ${c.objectId} = ${parameter('objectId')}`,
  since: (c) => sql`${c.at} >= ${parameter('since')}`,
  until: (c) => sql`${c.at} < ${parameter('until')}`,
  // The first condition is what an index can begin with.
  beforeAt: (c) => sql`${c.at} <= ${parameter('beforeAt')}
    AND (${c.at} < ${parameter('beforeAt')} OR ${c.id} < ${parameter('beforeId')})`,
}

interface AuditRow extends Omit<AuditEntry, 'id' | 'object' | 'changes'> {
  readonly objectKind: string
  readonly objectId: string | null
  readonly objectName: string | null
  readonly changes: string
}

function auditStatements(engine: SqlEngine, { audit: { table, columns: c } }: Naming) {
  const { command } = statementsFor(engine)
  return {
    insert: command<AuditRow>(
      (p) => sql`INSERT INTO ${table} (${c.at}, ${c.actorId}, ${c.actorName}, ${c.door}, ${c.address}, ${c.action},
          ${c.objectKind}, ${c.objectId}, ${c.objectName}, ${c.changes})
        VALUES (${p.at}, ${p.actorId}, ${p.actorName}, ${p.door}, ${p.address}, ${p.action},
          ${p.objectKind}, ${p.objectId}, ${p.objectName}, ${p.changes})`,
    ),
    deleteBefore: command<{ readonly before: Date; readonly limit: number }>((p) =>
      deleteBatch(table, c.id, { where: sql`${c.at} < ${p.before}`, order: sql`${c.at}, ${c.id}`, limit: p.limit }),
    ),
  }
}

/** One query for each set of conditions and each limit. */
function auditLists(engine: SqlEngine, { audit: { table, columns: c } }: Naming) {
  return shapeCache((shape) => {
    const tests = shape.slice(0, -1).flatMap((name) => CONDITIONS[name]?.(c) ?? [])
    return statementsFor(engine).query<AuditValues, AuditEntry>(
      () => sql`SELECT ${c.id}, ${c.at}, ${c.actorId}, ${c.actorName}, ${c.door}, ${c.address}, ${c.action},
          ${c.objectKind}, ${c.objectId}, ${c.objectName}, ${c.changes}
        FROM ${table} WHERE ${joined([sql`1 = 1`, ...tests], ' AND ')}
        ORDER BY ${c.at} DESC, ${c.id} DESC ${fixedLimit(Number(shape.at(-1)))}`,
      (row) => readEntry(engine, row),
    )
  })
}

function readEntry({ decode }: SqlEngine, row: Row): AuditEntry {
  return {
    id: decode.number(row[0]),
    at: decode.moment(row[1]),
    actorId: decode.textOrNull(row[2]),
    actorName: decode.textOrNull(row[3]),
    door: decode.text(row[4]),
    address: decode.textOrNull(row[5]),
    action: decode.text(row[6]),
    object: {
      kind: decode.text(row[7]) as AuditObject['kind'],
      id: decode.textOrNull(row[8]),
      name: decode.textOrNull(row[9]),
    },
    changes: decode.json(row[10]) as unknown as readonly AuditChange[],
  }
}
