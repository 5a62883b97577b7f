import type { OutboxFilter, OutboxResult, OutboxStore } from '../../contracts/store.ts'
import type { OutboxRow } from '../../model/mail.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import { nextNumber } from './counters.ts'
import { changesOf, documentOf } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { allOf, behind } from './pages.ts'
import { ABSENT, bytesOrNull, encoded, equals, moment, momentOrNull, number, PRESENT, textOrNull } from './values.ts'

/**
 * The outbox in MongoDB. A mail is finished once it was sent or given up.
 *
 * Only mails that are not finished are settled: a process that lost its lease cannot revive what another one has sent.
 */
export function mongoOutbox(db: MongoDatabase): OutboxStore {
  const outbox = db.documents('outbox')
  const { names } = outbox
  return {
    async insert({ createdAt, body }) {
      const _id = await nextNumber(db, 'outbox')
      await outbox.insert({ _id, ...documentOf(names, { createdAt, dueAt: createdAt, tries: 0, body }) })
    },
    async claim(now, leaseUntil, limit) {
      assertLimit(limit)
      return claim(db, { now, leaseUntil, limit })
    },
    settle: (id, result) => settle(db, id, result),
    async list(limit, wanted = {}) {
      assertLimit(limit)
      const options = { sort: { [names.createdAt]: -1, _id: -1 }, limit }
      return (await outbox.find(conditionOf(names, wanted), options)).map((doc) => readRow(names, doc))
    },
    async retry(id, now) {
      const waiting = { _id: equals(id), [names.finishedAt]: ABSENT }
      // What is due already stays so: whoever has claimed it goes on.
      return outbox.updateOne(waiting, { $min: { [names.dueAt]: encoded(now) } })
    },
    async nextDue() {
      const [first] = await outbox.find({ [names.finishedAt]: ABSENT }, { sort: { [names.dueAt]: 1 }, limit: 1 })
      return first === undefined ? null : moment(first[names.dueAt])
    },
    async deleteSentBefore(before, limit) {
      assertLimit(limit)
      return deleteBatch(outbox, { [names.finishedAt]: { $lt: encoded(before) } }, { order: names.finishedAt, limit })
    },
  }
}

/** One by one: each is taken by the same step that finds it. A claim that is lost with the power is made again. */
async function claim(
  db: MongoDatabase,
  { now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number },
): Promise<readonly OutboxRow[]> {
  const outbox = db.relaxed('outbox')
  const { names } = outbox
  const due = { [names.finishedAt]: ABSENT, [names.dueAt]: { $lte: encoded(now) } }
  const lease = { $set: { [names.dueAt]: encoded(leaseUntil) }, $inc: { [names.tries]: 1 } }
  const claimed: OutboxRow[] = []
  while (claimed.length < limit) {
    const doc = await outbox.changeOne(due, lease, { sort: { [names.createdAt]: 1, _id: 1 } })
    if (doc === null) break
    claimed.push(readRow(names, doc))
  }
  return claimed
}

/**
 * Only a written mail must be firm before it leaves, so that a second try carries the same code. What else is lost with
 * the power makes the mail leave twice at worst, with the same Message-ID.
 */
async function settle(db: MongoDatabase, id: OutboxRow['id'], result: OutboxResult): Promise<void> {
  const relaxed = db.relaxed('outbox')
  const { names } = relaxed
  const open = { _id: equals(id), [names.finishedAt]: ABSENT }
  switch (result.outcome) {
    case 'rendered':
      await db.documents('outbox').updateOne(open, changesOf(names, { body: result.body }))
      return
    case 'sent': {
      const { at, body } = result
      await relaxed.updateOne(open, changesOf(names, { sentAt: at, finishedAt: at, body }))
      return
    }
    case 'retry':
      await relaxed.updateOne(open, changesOf(names, { dueAt: result.dueAt, lastError: result.error }))
      return
    case 'abandoned':
      await relaxed.updateOne(open, changesOf(names, { finishedAt: result.at, lastError: result.error, body: null }))
      return
    case 'dropped':
      await relaxed.deleteMany(open)
  }
}

function conditionOf(names: FieldsOf<'outbox'>, { state, before }: OutboxFilter): MongoDocument {
  const states = {
    waiting: { [names.finishedAt]: ABSENT },
    sent: { [names.sentAt]: PRESENT },
    failed: { [names.finishedAt]: PRESENT, [names.sentAt]: ABSENT },
  }
  return allOf([
    ...(state === undefined ? [] : [states[state]]),
    ...(before === undefined ? [] : [behind(names.createdAt, { at: before.createdAt, id: before.id })]),
  ])
}

function readRow(names: FieldsOf<'outbox'>, doc: MongoDocument): OutboxRow {
  return {
    id: number(doc['_id']),
    createdAt: moment(doc[names.createdAt]),
    dueAt: moment(doc[names.dueAt]),
    tries: number(doc[names.tries]),
    sentAt: momentOrNull(doc[names.sentAt]),
    body: bytesOrNull(doc[names.body]),
    lastError: textOrNull(doc[names.lastError]),
  }
}
