import type { AttemptWindow, FigureStore, UserBelongings } from '../../contracts/figure-store.ts'
import type { Counted } from '../../contracts/user-list-store.ts'
import type { UserId } from '../../model/user.ts'
import { type AtomicStep, readFirst } from './atomic-step.ts'
import { assertLimit, fixedLimit } from './batches.ts'
import { shapeCache } from './shape-cache.ts'
import { type Identifier, joined, parameter, type SqlText, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { SqlEngine } from './sql-engine.ts'
import { idCheck } from './sql-users.ts'
import { type Query, statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'

/** Of a user's belongings no more are counted of each kind. */
const MANY = 1000

/** Figures for operators in any SQL engine. Each reads a piece of one index. */
export function sqlFigures(db: SqlDatabase, model: UserModel): FigureStore {
  const statements = figureStatements(db.engine, model)
  const isId = idCheck(model)
  const countRows = async (kind: 'liveSessions' | 'waitingMails', max: number, now: Date | null): Promise<Counted> => {
    assertLimit(max)
    const count = (await db.first(statements.rows([kind, String(max + 1)]), { now })) ?? 0
    return { count: Math.min(count, max), isExact: count <= max }
  }
  return {
    liveSessions: (now, max) => countRows('liveSessions', max, now),
    waitingMails: (max) => countRows('waitingMails', max, null),
    async attempts(window, max) {
      assertLimit(max)
      const outcomes = await db.all(statements.attempts([String(max + 1)]), window)
      const sum = (isSuccess: boolean): number =>
        outcomes.reduce((total, one) => (one.isSuccess === isSuccess ? total + one.count : total), 0)
      const [successes, failures] = [sum(true), sum(false)]
      const surplus = successes + failures > max
      // The one that only tells that there are more is not counted.
      return { successes, failures: surplus && failures > 0 ? failures - 1 : failures, isExact: !surplus }
    },
    async belongingsOf(userId) {
      if (!isId(userId)) return NOTHING
      return db.readOnly(() => belongings(statements, userId))
    },
  }
}

const NOTHING: UserBelongings = {
  sessions: 0,
  identities: 0,
  codes: 0,
  attempts: 0,
  groups: 0,
  permissions: 0,
  profiles: 0,
}

type FigureStatements = ReturnType<typeof figureStatements>

interface OfUser {
  readonly userId: UserId
}

function* belongings({ belongings: counts }: FigureStatements, userId: UserId): AtomicStep<UserBelongings> {
  const found: Record<keyof UserBelongings, number> = { ...NOTHING }
  for (const [kind, query] of counts) found[kind] += (yield* readFirst(query, { userId })) ?? 0
  return found
}

function figureStatements(engine: SqlEngine, model: UserModel) {
  const { query } = statementsFor(engine)
  const { attempts, sessions, outbox } = model.naming
  const { at, outcome } = attempts.columns
  const rowsOf: Readonly<Record<string, SqlText>> = {
    liveSessions: sql`FROM ${sessions.table} WHERE ${sessions.columns.idleExpiresAt} > ${parameter('now')}`,
    waitingMails: sql`FROM ${outbox.table} WHERE ${outbox.columns.finishedAt} IS NULL`,
  }
  return {
    rows: shapeCache(([kind = '', limit]) =>
      query<{ readonly now: Date | null }, number>(
        () =>
          sql`SELECT COUNT(*) FROM (SELECT 1 AS one ${rowsOf[kind] ?? sql``} ${fixedLimit(Number(limit))}) AS counted`,
        (row) => engine.decode.number(row[0]),
      ),
    ),
    attempts: shapeCache(([limit]) =>
      query<AttemptWindow, { readonly isSuccess: boolean; readonly count: number }>(
        (p) => sql`SELECT ${outcome}, COUNT(*) FROM (SELECT ${outcome} FROM ${attempts.table}
          WHERE ${at} >= ${p.since} AND ${at} < ${p.until} ${fixedLimit(Number(limit))}) AS counted GROUP BY ${outcome}`,
        (row) => ({ isSuccess: engine.decode.text(row[0]) === 'success', count: engine.decode.number(row[1]) }),
      ),
    ),
    belongings: belongingCounts(engine, model),
  }
}

/** Profiles are one row each, in as many tables as there are. */
function belongingCounts(
  engine: SqlEngine,
  { naming, profiles }: UserModel,
): readonly (readonly [keyof UserBelongings, Query<OfUser, number>])[] {
  const { sessions, identities, codes, attempts, userGroups, userPermissions } = naming
  const count = (table: Identifier, column: Identifier): Query<OfUser, number> =>
    statementsFor(engine).query(
      (p) => sql`SELECT COUNT(*) FROM (SELECT 1 AS one FROM ${table} WHERE ${column} = ${p.userId}
        ${joined([fixedLimit(MANY)], '')}) AS counted`,
      (row) => engine.decode.number(row[0]),
    )
  return [
    ['sessions', count(sessions.table, sessions.columns.userId)],
    ['identities', count(identities.table, identities.columns.userId)],
    ['codes', count(codes.table, codes.columns.userId)],
    ['attempts', count(attempts.table, attempts.columns.userId)],
    ['groups', count(userGroups.table, userGroups.columns.userId)],
    ['permissions', count(userPermissions.table, userPermissions.columns.userId)],
    ...profiles.map(({ table }) => ['profiles', count(table, naming.profileUserId)] as const),
  ]
}
