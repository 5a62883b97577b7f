import type { OutboxResult, OutboxStore } from '../../contracts/store.ts'
import type { OutboxRow } from '../../model/mail.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { assertLimit } from './batches.ts'
import { mailClaim } from './claim-mails.ts'
import type { Naming } from './naming.ts'
import { type OutboxStatements, outboxStatements } from './outbox-statements.ts'
import type { SqlDatabase } from './sql-database.ts'

/**
 * The outbox in any SQL engine.
 *
 * Only rows that are not finished are settled: a process that lost its lease cannot revive what another one has sent.
 */
export function sqlOutbox(db: SqlDatabase, naming: Naming): OutboxStore {
  const statements = outboxStatements(db.engine, naming)
  const claim = mailClaim(db.engine, naming, statements)
  return {
    async insert(row) {
      await db.change(statements.insert, row)
    },
    async claim(now, leaseUntil, limit) {
      assertLimit(limit)
      // A claim that is lost with the power is made again.
      return db.atomic(() => claim({ now, limit }, leaseUntil), 'relaxed')
    },
    async settle(id, result) {
      await settle(db, statements, { id, result })
    },
    async list(limit, { state, before } = {}) {
      assertLimit(limit)
      const shape = [state ?? 'all', before === undefined ? 'first' : 'before', String(limit)]
      return db.all(statements.list(shape), { beforeAt: before?.createdAt, beforeId: before?.id })
    },
    async retry(id, now) {
      return db.atomic(() => retry(statements, { id, now }))
    },
    async nextDue() {
      return (await db.first(statements.nextDue, {})) ?? null
    },
    async deleteSentBefore(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteFinished, { before, limit })
    },
  }
}

/** What is due already stays so: whoever has claimed it goes on. */
function* retry(
  statements: OutboxStatements,
  row: { readonly id: OutboxRow['id']; readonly now: Date },
): AtomicStep<boolean> {
  if ((yield* readFirst(statements.lockWaiting, row)) === null) return false
  yield* change(statements.bringForward, row)
  return true
}

/**
 * Only a written mail must be firm before it leaves, so that a second try carries the same code. What else is lost with
 * the power makes the mail leave twice at worst, with the same Message-ID.
 */
async function settle(
  db: SqlDatabase,
  statements: OutboxStatements,
  { id, result }: { readonly id: OutboxRow['id']; readonly result: OutboxResult },
): Promise<number> {
  switch (result.outcome) {
    case 'rendered':
      return db.change(statements.keepBody, { id, body: result.body })
    case 'sent':
      return db.change(statements.markSent, { id, at: result.at, body: result.body }, 'relaxed')
    case 'retry':
      return db.change(statements.retry, { id, dueAt: result.dueAt, error: result.error }, 'relaxed')
    case 'abandoned':
      return db.change(statements.abandon, { id, at: result.at, error: result.error }, 'relaxed')
    case 'dropped':
      return db.change(statements.drop, { id }, 'relaxed')
  }
}
