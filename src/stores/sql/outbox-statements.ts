import type { OutboxRow } from '../../model/mail.ts'
import { deleteBatch } from './batches.ts'
import type { Naming } from './naming.ts'
import { fixedText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Command, type Query, type Statements, statementsFor } from './statements.ts'

type Id = OutboxRow['id']

/** Every statement about the outbox. A row is finished once it was sent or given up. */
export interface OutboxStatements {
  readonly insert: Command<{ readonly createdAt: Date; readonly body: Uint8Array }>
  /** The ids of rows that are due; they stay unclaimed by others until the step ends. */
  readonly lockDue: Query<{ readonly now: Date; readonly limit: number }, Id>
  readonly lease: Command<{ readonly id: Id; readonly leaseUntil: Date }>
  readonly read: Query<{ readonly id: Id }, OutboxRow>
  readonly keepBody: Command<{ readonly id: Id; readonly body: Uint8Array }>
  readonly markSent: Command<{ readonly id: Id; readonly at: Date; readonly body: Uint8Array | null }>
  readonly retry: Command<{ readonly id: Id; readonly dueAt: Date; readonly error: string }>
  readonly abandon: Command<{ readonly id: Id; readonly at: Date; readonly error: string }>
  readonly drop: Command<{ readonly id: Id }>
  readonly list: Query<{ readonly limit: number }, OutboxRow>
  readonly nextDue: Query<object, Date | null>
  readonly deleteFinished: Command<{ readonly before: Date; readonly limit: number }>
}

export function outboxStatements(engine: SqlEngine, naming: Naming): OutboxStatements {
  const statements = statementsFor(engine)
  return { ...readingStatements(engine, statements, naming), ...writingStatements(statements, naming) }
}

type Reading = Pick<OutboxStatements, 'lockDue' | 'read' | 'list' | 'nextDue'>

function readingStatements(engine: SqlEngine, { query }: Statements, { outbox }: Naming): Reading {
  const { table, columns: c } = outbox
  const columns = sql`${c.id}, ${c.createdAt}, ${c.dueAt}, ${c.tries}, ${c.sentAt}, ${c.body}, ${c.lastError}`
  const read = (row: Row) => readOutboxRow(engine, row)
  return {
    lockDue: query(
      (p) => sql`SELECT ${c.id} FROM ${table} WHERE ${c.finishedAt} IS NULL AND ${c.dueAt} <= ${p.now}
        ORDER BY ${c.createdAt}, ${c.id} LIMIT ${p.limit} ${fixedText(engine.lockFreeRows)}`,
      (row) => engine.decode.id(row[0]),
    ),
    read: query((p) => sql`SELECT ${columns} FROM ${table} WHERE ${c.id} = ${p.id}`, read),
    list: query(
      (p) => sql`SELECT ${columns} FROM ${table} ORDER BY ${c.createdAt} DESC, ${c.id} DESC LIMIT ${p.limit}`,
      read,
    ),
    nextDue: query(
      () => sql`SELECT MIN(${c.dueAt}) FROM ${table} WHERE ${c.finishedAt} IS NULL`,
      (row) => engine.decode.momentOrNull(row[0]),
    ),
  }
}

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
