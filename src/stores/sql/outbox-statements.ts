import type { OutboxRow } from '../../model/mail.ts'
import { deleteBatch, fixedLimit } from './batches.ts'
import type { Naming } from './naming.ts'
import { shapeCache } from './shape-cache.ts'
import { fixedText, type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Command, type ParametersOf, type Query, type Statements, statementsFor } from './statements.ts'

type Id = OutboxRow['id']

/** Behind which row a page begins. */
interface OutboxPlace {
  readonly beforeAt: Date | undefined
  readonly beforeId: Id | undefined
}

/** Every statement about the outbox. A row is finished once it was sent or given up. */
export interface OutboxStatements {
  readonly insert: Command<{ readonly createdAt: Date; readonly body: Uint8Array }>
  readonly lease: Command<{ readonly id: Id; readonly leaseUntil: Date }>
  readonly read: Query<{ readonly id: Id }, OutboxRow>
  readonly keepBody: Command<{ readonly id: Id; readonly body: Uint8Array }>
  readonly markSent: Command<{ readonly id: Id; readonly at: Date; readonly body: Uint8Array | null }>
  readonly retry: Command<{ readonly id: Id; readonly dueAt: Date; readonly error: string }>
  readonly abandon: Command<{ readonly id: Id; readonly at: Date; readonly error: string }>
  readonly drop: Command<{ readonly id: Id }>
  /** By what is wanted, whether it goes on behind a row, and the limit. */
  readonly list: (shape: readonly string[]) => Query<OutboxPlace, OutboxRow>
  /** A row that is neither sent nor given up stays as it is until the step ends. */
  readonly lockWaiting: Query<{ readonly id: Id }, Id>
  readonly bringForward: Command<{ readonly id: Id; readonly now: Date }>
  readonly nextDue: Query<object, Date | null>
  readonly deleteFinished: Command<{ readonly before: Date; readonly limit: number }>
}

export function outboxStatements(engine: SqlEngine, naming: Naming): OutboxStatements {
  const statements = statementsFor(engine)
  return { ...readingStatements(engine, statements, naming), ...writingStatements(statements, naming) }
}

type Reading = Pick<OutboxStatements, 'lockWaiting' | 'read' | 'list' | 'nextDue'>

function readingStatements(engine: SqlEngine, { query }: Statements, { outbox }: Naming): Reading {
  const { table, columns: c } = outbox
  const columns = sql`${c.id}, ${c.createdAt}, ${c.dueAt}, ${c.tries}, ${c.sentAt}, ${c.body}, ${c.lastError}`
  const read = (row: Row) => readOutboxRow(engine, row)
  return {
    read: query((p) => sql`SELECT ${columns} FROM ${table} WHERE ${c.id} = ${p.id}`, read),
    lockWaiting: query(
      (p) => sql`SELECT ${c.id} FROM ${table} WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL
        ${fixedText(engine.lockRows)}`,
      (row) => engine.decode.id(row[0]),
    ),
    list: shapeCache(([state = '', start, limit]) =>
      query<OutboxPlace, OutboxRow>(
        (p) => sql`SELECT ${columns} FROM ${table} WHERE ${stateTest(c, state)}
          AND ${start === 'first' ? sql`1 = 1` : isBehind(c, p)}
          ORDER BY ${c.createdAt} DESC, ${c.id} DESC ${fixedLimit(Number(limit))}`,
        read,
      ),
    ),
    nextDue: query(
      () => sql`SELECT MIN(${c.dueAt}) FROM ${table} WHERE ${c.finishedAt} IS NULL`,
      (row) => engine.decode.momentOrNull(row[0]),
    ),
  }
}

type OutboxColumns = Naming['outbox']['columns']

function stateTest({ finishedAt, sentAt }: OutboxColumns, state: string): SqlText {
  switch (state) {
    case 'waiting':
      return sql`${finishedAt} IS NULL`
    case 'sent':
      return sql`${sentAt} IS NOT NULL`
    case 'failed':
      return sql`${finishedAt} IS NOT NULL AND ${sentAt} IS NULL`
    default:
      return sql`1 = 1`
  }
}

const isBehind = ({ createdAt, id }: OutboxColumns, p: ParametersOf<OutboxPlace>): SqlText =>
  sql`${createdAt} <= ${p.beforeAt} AND (${createdAt} < ${p.beforeAt} OR ${id} < ${p.beforeId})`

function writingStatements({ command }: Statements, { outbox }: Naming): Omit<OutboxStatements, keyof Reading> {
  const { table, columns: c } = outbox
  return {
    insert: command(
      (p) => sql`INSERT INTO ${table} (${c.createdAt}, ${c.dueAt}, ${c.tries}, ${c.body})
        VALUES (${p.createdAt}, ${p.createdAt}, 0, ${p.body})`,
    ),
    lease: command(
      (p) => sql`UPDATE ${table} SET ${c.dueAt} = ${p.leaseUntil}, ${c.tries} = ${c.tries} + 1 WHERE ${c.id} = ${p.id}`,
    ),
    bringForward: command(
      (p) => sql`UPDATE ${table} SET ${c.dueAt} = ${p.now} WHERE ${c.id} = ${p.id} AND ${c.dueAt} > ${p.now}`,
    ),
    keepBody: command(
      (p) => sql`UPDATE ${table} SET ${c.body} = ${p.body} WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL`,
    ),
    markSent: command(
      (p) => sql`UPDATE ${table} SET ${c.sentAt} = ${p.at}, ${c.finishedAt} = ${p.at}, ${c.body} = ${p.body}
        WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL`,
    ),
    retry: command(
      (p) => sql`UPDATE ${table} SET ${c.dueAt} = ${p.dueAt}, ${c.lastError} = ${p.error}
        WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL`,
    ),
    abandon: command(
      (p) => sql`UPDATE ${table} SET ${c.finishedAt} = ${p.at}, ${c.lastError} = ${p.error}, ${c.body} = NULL
        WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL`,
    ),
    drop: command((p) => sql`DELETE FROM ${table} WHERE ${c.id} = ${p.id} AND ${c.finishedAt} IS NULL`),
    deleteFinished: command((p) =>
      deleteBatch(table, c.id, {
        where: sql`${c.finishedAt} < ${p.before}`,
        order: sql`${c.finishedAt}`,
        limit: p.limit,
      }),
    ),
  }
}

function readOutboxRow({ decode }: SqlEngine, row: Row): OutboxRow {
  return {
    id: decode.id(row[0]),
    createdAt: decode.moment(row[1]),
    dueAt: decode.moment(row[2]),
    tries: decode.number(row[3]),
    sentAt: decode.momentOrNull(row[4]),
    body: decode.bytesOrNull(row[5]),
    lastError: decode.textOrNull(row[6]),
  }
}
