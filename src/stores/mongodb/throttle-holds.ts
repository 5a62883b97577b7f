import { setTimeout as sleep } from 'node:timers/promises'
import type { ThrottleEntry } from '../../contracts/throttle-store.ts'
import { documentOf, embedded } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { stillnessMeter } from './stillness.ts'
import { entryChanges, isFree, readEntry } from './throttle-documents.ts'
import { ABSENT, document, encoded, equals, list, text } from './values.ts'

/** What a step over several counters leaves in their documents, and how others deal with it: see throttle-steps.ts. */

export interface PendingWrite {
  readonly key: string
  readonly entry: ThrottleEntry | null
}

export interface Happened {
  readonly token: string
  readonly leader: string
  readonly pending: readonly PendingWrite[]
  /** The leader's own entry is gone. */
  readonly leavesNothing: boolean
}

/** Any number of processes may do it at once, and again: a document that is no longer held by the step is left alone. */
export async function complete(db: MongoDatabase, { token, leader, pending, leavesNothing }: Happened): Promise<void> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  for (const { key, entry } of pending) {
    if (entry === null) await throttles.deleteMany(heldBy(names, key, token))
    else await throttles.updateOne(heldBy(names, key, token), entryChanges(names, entry, [names.owner, names.leader]))
  }
  const done = { _id: equals(leader), [`${names.pending}.token`]: equals(token) }
  if (pending.length > 0) await throttles.updateOne(done, { $unset: { [names.pending]: '' } })
  if (leavesNothing) await throttles.deleteMany({ _id: equals(leader), [names.state]: ABSENT, ...isFree(names) })
}

/** Sets a document free that is held and was not changed, and tells whether it was held until now. */
export async function release(
  db: MongoDatabase,
  key: string,
  { token, isEmpty }: { readonly token: string; readonly isEmpty: boolean },
): Promise<boolean> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  if (isEmpty) return (await throttles.deleteMany({ ...heldBy(names, key, token), [names.state]: ABSENT })) > 0
  return throttles.updateOne(heldBy(names, key, token), { $unset: { [names.owner]: '', [names.leader]: '' } })
}

/** The same where it is not known whether the document has an entry. */
export async function setFree(db: MongoDatabase, key: string, token: string): Promise<boolean> {
  return (await release(db, key, { token, isEmpty: true })) || release(db, key, { token, isEmpty: false })
}

/** Waits until no step is under way with the key, and sees to it that this comes true. */
export async function untilFree(db: MongoDatabase, key: string): Promise<void> {
  const throttles = db.relaxed('throttles')
  const stillnessOf = stillnessMeter()
  for (let looks = 1; ; looks += 1) {
    const doc = await throttles.findOne({ _id: equals(key) })
    const token = doc && tokenOf(throttles.names, doc)
    if (doc === null || token === null) return
    await seeToIt(db, doc, { token, waited: stillnessOf(token) })
    await sleep(Math.min(SHORTEST_MILLISECONDS * looks, LONGEST_MILLISECONDS))
  }
}

const SHORTEST_MILLISECONDS = 2

const LONGEST_MILLISECONDS = 20

/** Which step the document waits for; `null`: none. */
function tokenOf(names: Names, doc: MongoDocument): string | null {
  const token = doc[names.owner] ?? document(doc[names.pending])['token']
  return token === undefined ? null : text(token)
}

async function seeToIt(
  db: MongoDatabase,
  doc: MongoDocument,
  { token, waited }: { readonly token: string; readonly waited: number },
): Promise<void> {
  const { names } = db.relaxed('throttles')
  if (waited < HELP_AFTER_MILLISECONDS) return
  if (doc[names.pending] !== undefined) await complete(db, happenedIn(names, doc))
  else if (await isOver(db, doc, waited)) await setFree(db, text(doc['_id']), token)
}

/** Completing early would do no harm, but is the work of whoever has begun. */
const HELP_AFTER_MILLISECONDS = 100

/** A step takes a few trips to the server; one that takes longer than this starts again. */
const BREAK_AFTER_MILLISECONDS = 1000

/** Whether the step that holds the document can no longer happen. One that has happened is completed here. */
async function isOver(db: MongoDatabase, doc: MongoDocument, waited: number): Promise<boolean> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  const token = text(doc[names.owner])
  const leader = await throttles.findOne({ _id: equals(doc[names.leader]) })
  if (leader !== null && document(leader[names.pending])['token'] === token) {
    await complete(db, happenedIn(names, leader))
    return true
  }
  if (leader === null || leader[names.owner] !== token) return true
  if (waited < BREAK_AFTER_MILLISECONDS) return false
  // It may have happened since it was looked at.
  return setFree(db, text(leader['_id']), token)
}

type Names = FieldsOf<'throttles'>

export const heldBy = (names: Names, key: string, token: string): MongoDocument => ({
  _id: equals(key),
  [names.owner]: equals(token),
})

export function pendingDocument(names: Names, token: string, pending: readonly PendingWrite[]): MongoDocument {
  const writes = pending.map(({ key, entry }) => ({
    key: encoded(key),
    ...(entry && { entry: documentOf(names, { ...entry }) }),
  }))
  return documentOf(names, { pending: embedded({ token, writes }) })
}

function happenedIn(names: Names, leader: MongoDocument): Happened {
  const pending = document(leader[names.pending])
  const writes = list(pending['writes']).map((one) => {
    const { key, entry } = document(one)
    return { key: text(key), entry: entry === undefined ? null : readEntry(names, document(entry)) }
  })
  const leavesNothing = leader[names.state] === undefined
  return { token: text(pending['token']), leader: text(leader['_id']), pending: writes, leavesNothing }
}
