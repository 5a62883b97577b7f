import type { AttemptStore } from '../../contracts/store.ts'
import type { Attempt, AttemptFilter, AttemptOutcome, NewAttempt } from '../../model/attempt.ts'
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
      const given = FILTERS.filter((name) => filter[name] !== undefined)
      return db.all(listBy([...given, String(filter.limit)]), filter)
    },
    async markLoggedOut(sessionId, at) {
      await db.change(statements.markLoggedOut, { sessionId, at })
    },
    async deleteBefore(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteBefore, { before, limit })
    },
  }
}

const FILTERS = ['userId', 'identifier', 'address', 'outcome', 'since'] as const satisfies (keyof AttemptFilter)[]

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
    markLoggedOut: command<{ readonly sessionId: string; readonly at: Date }>(
      (p) => sql`UPDATE ${table} SET ${c.loggedOutAt} = ${p.at}
        WHERE ${c.sessionId} = ${p.sessionId} AND ${c.loggedOutAt} IS NULL`,
    ),
    deleteBefore: command<{ readonly before: Date; readonly limit: number }>((p) =>
      deleteBatch(table, c.id, sql`${c.at} < ${p.before} ORDER BY ${c.at} LIMIT ${p.limit}`),
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
    since: sql`${c.at} >= ${parameter('since')}`,
  }
  return shapeCache((shape) => {
    const given = shape.slice(0, -1)
    const limit = fixedLimit(Number(shape.at(-1)))
    const all = joined([sql`1 = 1`, ...given.flatMap((name) => conditions[name] ?? [])], ' AND ')
    return statementsFor(engine).query<AttemptFilter, Attempt>(
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
