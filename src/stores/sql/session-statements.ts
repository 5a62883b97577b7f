import type { RotateSession } from '../../contracts/store.ts'
import type { ActiveSession, Session } from '../../model/session.ts'
import type { UserId } from '../../model/user.ts'
import { deleteBatch, fixedLimit } from './batches.ts'
import type { Naming } from './naming.ts'
import { readSession, SESSION_WIDTH, sessionColumns } from './session-rows.ts'
import { shapeCache } from './shape-cache.ts'
import { fixedText, type Identifier, joined, type Parameter, type SqlText, sql, unlessNull } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type Command, type ParametersOf, type Query, type Statements, statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

/** More surplus sessions than these are left to the next log-in. */
const MAX_SURPLUS = 1000

interface SessionUse {
  readonly id: string
  readonly lastUsedAt: Date
  readonly idleExpiresAt: Date
}

/** Every statement about sessions. */
export interface SessionStatements {
  /** Adds nothing unless the user is active and in the epoch. */
  readonly insert: Command<Session & { readonly sessionEpoch: number }>
  /** Finds something only where the user is active and in the epoch; until the step ends both stay so. */
  readonly holdUser: Query<{ readonly userId: UserId; readonly sessionEpoch: number }, true>
  readonly findByDigest: Query<{ readonly digest: Uint8Array }, ActiveSession>
  readonly findById: Query<{ readonly id: string }, ActiveSession>
  /** The session without its user. */
  readonly read: Query<{ readonly id: string }, Session>
  readonly listForUser: Query<{ readonly userId: UserId; readonly now: Date }, Session>
  /** Handles beyond the latest used `keep`. */
  readonly listSurplus: (keep: number) => Query<{ readonly userId: UserId; readonly now: Date }, string>
  readonly touch: Command<SessionUse>
  readonly rotate: Command<RotateSession & { readonly id: string }>
  readonly delete: Command<{ readonly id: string; readonly userId: UserId }>
  readonly deleteOfDigest: Command<{ readonly id: string; readonly digest: Uint8Array }>
  readonly deleteForUser: Command<{
    readonly userId: UserId
    readonly except: string | null
    readonly carrier: string | null
  }>
  readonly deleteExpired: Command<{ readonly before: Date; readonly limit: number }>
}

export function sessionStatements(engine: SqlEngine, model: UserModel): SessionStatements {
  const statements = statementsFor(engine)
  return { ...readingStatements(engine, statements, model), ...writingStatements(engine, statements, model) }
}

type Reading = Pick<
  SessionStatements,
  'holdUser' | 'findByDigest' | 'findById' | 'read' | 'listForUser' | 'listSurplus'
>
type Writing = Omit<SessionStatements, keyof Reading>

function readingStatements(engine: SqlEngine, statements: Statements, model: UserModel): Reading {
  const { query } = statements
  const { sessions, users } = model.naming
  const { table, columns: c } = sessions
  const columns = sessionColumns(model.naming)
  const user = userRows(engine, model)
  const withUser = (more: SqlText, condition: SqlText) => sql`SELECT ${columns}${more}, ${user.columns}
    FROM ${table} AS s JOIN ${users.table} AS u ON u.${users.columns.id} = s.${c.userId}${user.joins}
    WHERE ${condition}`
  const readWithDigest = (row: readonly unknown[]) => readSession(engine, row, engine.decode.bytes(row[SESSION_WIDTH]))
  return {
    holdUser: query(
      (p) => sql`SELECT 1 FROM ${users.table} WHERE ${isProven(users.columns, p)} ${fixedText(engine.lockRows)}`,
      () => true,
    ),
    findByDigest: query(
      (p) => withUser(sql``, sql`s.${c.digest} = ${p.digest}`),
      (row, { digest }) => ({ session: readSession(engine, row, digest), user: user.read(row, SESSION_WIDTH) }),
    ),
    findById: query(
      (p) => withUser(sql`, s.${c.digest}`, sql`s.${c.id} = ${p.id}`),
      (row) => ({ session: readWithDigest(row), user: user.read(row, SESSION_WIDTH + 1) }),
    ),
    read: query(
      (p) => sql`SELECT ${columns}, s.${c.digest} FROM ${table} AS s WHERE s.${c.id} = ${p.id}`,
      readWithDigest,
    ),
    listForUser: query(
      (p) => sql`SELECT ${columns}, s.${c.digest} FROM ${table} AS s
        WHERE ${livesFor(c, p)} ORDER BY ${latestFirst(c)}`,
      readWithDigest,
    ),
    listSurplus: surplusQueries(engine, statements, model),
  }
}

// Asked at every log-in. The number stands in the text: see `fixedLimit`.
function surplusQueries({ decode }: SqlEngine, { query }: Statements, { naming }: UserModel): Reading['listSurplus'] {
  const { table, columns: c } = naming.sessions
  const byNumber = shapeCache(([keep]) =>
    query<{ readonly userId: UserId; readonly now: Date }, string>(
      (p) => sql`SELECT s.${c.id} FROM ${table} AS s WHERE ${livesFor(c, p)}
        AND s.${c.carrier} <> 'user-token' ORDER BY ${latestFirst(c)} ${fixedLimit(MAX_SURPLUS)} OFFSET ${fixedText(String(Number(keep)))}`,
      (row) => decode.text(row[0]),
    ),
  )
  return (keep) => byNumber([String(keep)])
}

type SessionColumns = Naming['sessions']['columns']

const livesFor = (c: SessionColumns, p: ParametersOf<{ readonly userId: UserId; readonly now: Date }>): SqlText =>
  sql`s.${c.userId} = ${p.userId} AND s.${c.idleExpiresAt} > ${p.now} AND s.${c.expiresAt} > ${p.now}`

const isProven = (
  users: Naming['users']['columns'],
  p: ParametersOf<{ readonly userId: UserId; readonly sessionEpoch: number }>,
): SqlText =>
  sql`${users.id} = ${p.userId} AND ${users.status} = 'active' AND ${users.sessionEpoch} = ${p.sessionEpoch}`

const latestFirst = (c: SessionColumns): SqlText => sql`s.${c.lastUsedAt} DESC, s.${c.createdAt} DESC, s.${c.id}`

function writingStatements({ lockRows }: SqlEngine, { command }: Statements, { naming }: UserModel): Writing {
  const { users } = naming
  const { table, columns: c } = naming.sessions
  return {
    insert: command((p) => {
      const columns = Object.keys(c) as (keyof typeof c)[]
      const names = columns.map((column) => c[column])
      const values = columns.map((column) => p[column])
      return sql`INSERT INTO ${table} (${joined(names, ', ')}) SELECT ${joined(values, ', ')} FROM ${users.table}
        WHERE ${isProven(users.columns, p)} ${fixedText(lockRows)}`
    }),
    touch: command(
      (
        p,
      ) => sql`UPDATE ${table} SET ${forward(c.lastUsedAt, p.lastUsedAt)}, ${forward(c.idleExpiresAt, p.idleExpiresAt)}
        WHERE ${c.id} = ${p.id}`,
    ),
    rotate: command(
      (p) => sql`UPDATE ${table} SET ${c.generation} = ${c.generation} + 1, ${c.rotatedAt} = ${p.now},
          ${forward(c.lastUsedAt, p.now)}, ${forward(c.idleExpiresAt, p.idleExpiresAt)}
        WHERE ${c.id} = ${p.id} AND ${c.generation} = ${p.generation}
          AND ${c.idleExpiresAt} > ${p.now} AND ${c.expiresAt} > ${p.now}`,
    ),
    delete: command((p) => sql`DELETE FROM ${table} WHERE ${c.id} = ${p.id} AND ${c.userId} = ${p.userId}`),
    deleteOfDigest: command((p) => sql`DELETE FROM ${table} WHERE ${c.id} = ${p.id} AND ${c.digest} = ${p.digest}`),
    deleteForUser: command(
      (p) => sql`DELETE FROM ${table} WHERE ${c.userId} = ${p.userId}
        AND ${unlessNull(sql`${c.id} <> ${p.except}`)} AND ${unlessNull(sql`${c.carrier} = ${p.carrier}`)}`,
    ),
    // The idle end never lies behind the absolute one, so it alone, with its index, tells what has expired.
    deleteExpired: command((p) =>
      deleteBatch(table, c.id, {
        where: sql`${c.idleExpiresAt} < ${p.before}`,
        order: sql`${c.idleExpiresAt}`,
        limit: p.limit,
      }),
    ),
  }
}

// Written out because the engines do not agree on a function for the greater of two values.
function forward(column: Identifier, to: Parameter): SqlText {
  return sql`${column} = CASE WHEN ${column} < ${to} THEN ${to} ELSE ${column} END`
}
