import type { OutboxRow } from '../../model/mail.ts'
import { type AtomicStep, change, readAll, readFirst } from './atomic-step.ts'
import type { Naming } from './naming.ts'
import type { OutboxStatements } from './outbox-statements.ts'
import { fixedText, type SqlText, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type ParametersOf, type Query, statementsFor } from './statements.ts'

type Id = OutboxRow['id']

/** Which rows may be claimed, and how many. */
interface Due {
  readonly now: Date
  readonly limit: number
}

/** Where a row is in the order in which mails leave. */
type Place = Pick<OutboxRow, 'id' | 'createdAt'>

interface ClaimStatements {
  /** Rows that are due, held until the step ends; those that others hold are passed over. */
  readonly lockDue: Query<Due, Id>
  /** Rows that are due, whoever holds them. */
  readonly listDue: Query<Due, Place>
  readonly listDueAfter: Query<Due & Place, Place>
  /** Holds a row, if it still is due and nobody else holds it. */
  readonly lockFree: Query<{ readonly id: Id; readonly now: Date }, Id>
}

export type MailClaim = (due: Due, leaseUntil: Date) => AtomicStep<readonly OutboxRow[]>

/** Makes the step that hands mails out: rows that somebody else is about to take do not count. */
export function mailClaim(
  engine: SqlEngine,
  naming: Naming,
  { lease, read }: Pick<OutboxStatements, 'lease' | 'read'>,
): MailClaim {
  const statements = claimStatements(engine, naming)
  const holdDue = engine.limitsLocks ? holdAtOnce : holdOneByOne
  return function* claim(due, leaseUntil) {
    const claimed: OutboxRow[] = []
    for (const id of yield* holdDue(statements, due)) {
      yield* change(lease, { id, leaseUntil })
      const row = yield* readFirst(read, { id })
      if (row) claimed.push(row)
    }
    return claimed
  }
}

function holdAtOnce(statements: ClaimStatements, due: Due): AtomicStep<readonly Id[]> {
  return readAll(statements.lockDue, due)
}

/** Where locking as many as are wanted would lock all that are due, and leave nothing to others. */
function* holdOneByOne(statements: ClaimStatements, due: Due): AtomicStep<readonly Id[]> {
  const held: Id[] = []
  let page = yield* readAll(statements.listDue, due)
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    for (const { id } of page) {
      const free = yield* readFirst(statements.lockFree, { id, now: due.now })
      if (free !== null) held.push(free)
      if (held.length === due.limit) return held
    }
    page = yield* readAll(statements.listDueAfter, { ...due, ...last })
  }
  return held
}

function claimStatements(engine: SqlEngine, { outbox: { table, columns: c } }: Naming): ClaimStatements {
  const { query } = statementsFor(engine)
  const isDue = (p: ParametersOf<{ readonly now: Date }>): SqlText =>
    sql`${c.finishedAt} IS NULL AND ${c.dueAt} <= ${p.now}`
  const inOrder = (p: ParametersOf<Due>): SqlText => sql`ORDER BY ${c.createdAt}, ${c.id} LIMIT ${p.limit}`
  const readId = (row: readonly unknown[]): Id => engine.decode.id(row[0])
  const readPlace = (row: readonly unknown[]): Place => ({ id: readId(row), createdAt: engine.decode.moment(row[1]) })
  return {
    lockDue: query(
      (p) => sql`SELECT ${c.id} FROM ${table} WHERE ${isDue(p)} ${inOrder(p)} ${fixedText(engine.lockFreeRows)}`,
      readId,
    ),
    listDue: query((p) => sql`SELECT ${c.id}, ${c.createdAt} FROM ${table} WHERE ${isDue(p)} ${inOrder(p)}`, readPlace),
    listDueAfter: query(
      (p) => sql`SELECT ${c.id}, ${c.createdAt} FROM ${table} WHERE ${isDue(p)} AND ${c.createdAt} >= ${p.createdAt}
        AND (${c.createdAt} > ${p.createdAt} OR ${c.id} > ${p.id}) ${inOrder(p)}`,
      readPlace,
    ),
    lockFree: query(
      (p) =>
        sql`SELECT ${c.id} FROM ${table} WHERE ${c.id} = ${p.id} AND ${isDue(p)} ${fixedText(engine.lockFreeRows)}`,
      readId,
    ),
  }
}
