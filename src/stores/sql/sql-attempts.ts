import type { AttemptStore } from '../../contracts/store.ts'
import type { Attempt, AttemptFilter, AttemptOutcome, NewAttempt } from '../../model/attempt.ts'
import { type AtomicStep, change } from './atomic-step.ts'
import { assertLimit, deleteBatch, fixedLimit } from './batches.ts'
import type { Naming } from './naming.ts'
import { shapeCache } from './shape-cache.ts'
import { joined, parameter, type SqlPart, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'

/** The attempt log in any SQL engine. */
export function sqlAttempts(db: SqlDatabase, naming: Naming): AttemptStore {
  const statements = attemptStatements(db.engine, naming)
  const listBy = attemptLists(db.engine, naming)
  return {
    async insert(attempt) {
      await db.change(statements.insert, attempt, 'relaxed')
    },
    async list(filter) {
      assertLimit(filter.limit)
      const { before, succeeded, ...conditions } = filter
      const given: string[] = FILTERS.filter((name) => filter[name] !== undefined)
      if (succeeded !== undefined) given.push(succeeded ? 'succeeded' : 'failed')
      return db.all(listBy([...given, String(filter.limit)]), {
        ...conditions,
        beforeAt: before?.at,
        beforeId: before?.id,
      })
    },
    async renameSession(from, to) {
      await db.change(statements.renameSession, { from, to }, 'relaxed')
    },
    async markLoggedOut(sessionIds, at) {
      if (sessionIds.length > 0) await db.atomic(() => markLoggedOut(statements, sessionIds, at))
    },
    async deleteBefore(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteBefore, { before, limit })
    },
  }
}

const FILTERS = [
  'userId',
  'identifier',
  'address',
  'outcome',
  'door',
  'action',
  'userAgent',
  'since',
  'until',
  'before',
] as const satisfies (keyof AttemptFilter)[]

/** The filter as values of a statement. */
interface AttemptConditions extends Omit<AttemptFilter, 'before' | 'succeeded'> {
  readonly beforeAt: Date | undefined
  readonly beforeId: Attempt['id'] | undefined
}

function* markLoggedOut(
  statements: ReturnType<typeof attemptStatements>,
  sessionIds: readonly string[],
  at: Date,
): AtomicStep<void> {
  for (const sessionId of sessionIds) yield* change(statements.markLoggedOut, { sessionId, at })
}

function attemptStatements(engine: SqlEngine, { attempts: { table, columns: c }, users }: Naming) {
  const { command } = statementsFor(engine)
  return {
    // The user may have been deleted while the password was checked; the attempt is then nobody's, and still logged.
    insert: command<NewAttempt>(
      (p) => sql`INSERT INTO ${table} (${c.at}, ${c.userId}, ${c.identifier}, ${c.address}, ${c.userAgent}, ${c.door},
          ${c.action}, ${c.outcome}, ${c.sessionId})
        VALUES (${p.at}, (SELECT ${users.columns.id} FROM ${users.table} WHERE ${users.columns.id} = ${p.userId}),
          ${p.identifier}, ${p.address}, ${p.userAgent}, ${p.door}, ${p.action}, ${p.outcome}, ${p.sessionId})`,
    ),
    renameSession: command<{ readonly from: string; readonly to: string }>(
      (p) => sql`UPDATE ${table} SET ${c.sessionId} = ${p.to} WHERE ${c.sessionId} = ${p.from}`,
    ),
    markLoggedOut: command<{ readonly sessionId: string; readonly at: Date }>(
      (p) => sql`UPDATE ${table} SET ${c.loggedOutAt} = ${p.at}
        WHERE ${c.sessionId} = ${p.sessionId} AND ${c.loggedOutAt} IS NULL`,
    ),
    deleteBefore: command<{ readonly before: Date; readonly limit: number }>((p) =>
      deleteBatch(table, c.id, { where: sql`${c.at} < ${p.before}`, order: sql`${c.at}`, limit: p.limit }),
    ),
  }
}

/** One query for each set of conditions and each limit. */
function attemptLists(engine: SqlEngine, { attempts: { table, columns: c } }: Naming) {
  const conditions: Readonly<Record<string, SqlPart>> = {
    userId: sql`${c.userId} = ${parameter('userId')}`,
    identifier: sql`${c.identifier} = ${parameter('identifier')}`,
    address: sql`${c.address} = ${parameter('address')}`,
    outcome: sql`${c.outcome} = ${parameter('outcome')}`,
    door: sql`${c.door} = ${parameter('door')}`,
    action: sql`${c.action} = ${parameter('action')}`,
    userAgent: sql`${c.userAgent} = ${parameter('userAgent')}`,
    succeeded: sql`${c.outcome} = 'success'`,
    failed: sql`${c.outcome} <> 'success'`,
    since: sql`${c.at} >= ${parameter('since')}`,
    until: sql`${c.at} < ${parameter('until')}`,
    // The first condition is what an index can begin with.
    before: sql`${c.at} <= ${parameter('beforeAt')}
      AND (${c.at} < ${parameter('beforeAt')} OR ${c.id} < ${parameter('beforeId')})`,
  }
  return shapeCache((shape) => {
    const given = shape.slice(0, -1)
    const limit = fixedLimit(Number(shape.at(-1)))
    const all = joined([sql`1 = 1`, ...given.flatMap((name) => conditions[name] ?? [])], ' AND ')
    return statementsFor(engine).query<AttemptConditions, Attempt>(
      () => sql`SELECT ${c.id}, ${c.at}, ${c.userId}, ${c.identifier}, ${c.address}, ${c.userAgent}, ${c.door},
          ${c.action}, ${c.outcome}, ${c.sessionId}, ${c.loggedOutAt}
        FROM ${table} WHERE ${all} ORDER BY ${c.at} DESC, ${c.id} DESC ${limit}`,
      (row) => readAttempt(engine, row),
    )
  })
}

function readAttempt({ decode }: SqlEngine, row: Row): Attempt {
  return {
    id: decode.number(row[0]),
    at: decode.moment(row[1]),
    userId: row[2] === null ? null : decode.id(row[2]),
    identifier: decode.textOrNull(row[3]),
    address: decode.textOrNull(row[4]),
    userAgent: decode.textOrNull(row[5]),
    door: decode.text(row[6]),
    action: decode.text(row[7]),
    outcome: decode.text(row[8]) as AttemptOutcome,
    sessionId: decode.textOrNull(row[9]),
    loggedOutAt: decode.momentOrNull(row[10]),
  }
}
