import { setTimeout as sleep } from 'node:timers/promises'
import type { ThrottleEntry, ThrottleStep } from '../../contracts/throttle-store.ts'
import { documentOf, embedded } from './documents.ts'
import type { Documents } from './mongo-collections.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN } from './retries.ts'
import { stillnessMeter } from './stillness.ts'
import { entryChanges, isFree, readEntry } from './throttle-documents.ts'
import { newToken } from './tokens.ts'
import { ABSENT, document, encoded, equals, list, text } from './values.ts'

/**
 * One step over several entries, without transactions.
 *
 * The documents are held one after the other, always in one order; the first of them is the leader. The step has happened at the
 * moment at which the leader takes its own new entry and lets go, and with it, as `pending`, the entries of the others. Whoever
 * finds a document held asks its leader: where the step has happened, it is completed; where the leader is held by it as
 * well, it is waited for, and after some time the leader is set free, so that the step can no longer happen; else it never
 * happened, and the document is set free. So a crash at any point leaves all of a step or nothing.
 */
export async function stepOverSeveral<T>(
  db: MongoDatabase,
  keys: readonly string[],
  step: (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>,
): Promise<T | typeof AGAIN> {
  const held = await hold(db, keys)
  if (held === AGAIN) return AGAIN
  const { written, result } = await judge(db, { held, keys, step })
  // When this fails nobody here knows whether the step has happened: others find out, and complete it or set the counters free.
  return (await commit(db, held, written)) ? result : AGAIN
}

interface Judgement<T> {
  readonly held: Held
  readonly keys: readonly string[]
  readonly step: (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>
}

async function judge<T>(
  db: MongoDatabase,
  { held, keys, step }: Judgement<T>,
): Promise<{ readonly written: ReadonlyMap<string, ThrottleEntry | null>; readonly result: T }> {
  try {
    const before = keys.map((key) => held.entries.get(key) ?? null)
    const { entries, result } = step(before)
    if (entries.length !== keys.length) throw new TypeError('a throttle step must return an entry for each key')
    const changed = keys.flatMap((key, at) => (entries[at] === before[at] ? [] : [[key, entries[at] ?? null] as const]))
    return { written: new Map(changed), result }
  } catch (error) {
    // Where not even that works, others set the counters free.
    await letGo(db, held).catch(() => undefined)
    throw error
  }
}

/** Documents that are held by a step that has not happened yet. */
interface Held {
  readonly token: string
  readonly leader: string
  readonly others: readonly string[]
  readonly entries: ReadonlyMap<string, ThrottleEntry | null>
}

async function hold(db: MongoDatabase, keys: readonly string[]): Promise<Held | typeof AGAIN> {
  const { names } = db.relaxed('throttles')
  const [leader = '', ...others] = keys.toSorted()
  const entries = new Map<string, ThrottleEntry | null>()
  const held = { token: newToken(), leader, others, entries }
  const mark = { $set: documentOf(names, { owner: held.token, leader }) }
  try {
    for (const key of [leader, ...others]) {
      const taken = await untilHeld(db, key, mark)
      if (taken === AGAIN) {
        await letGo(db, held)
        return AGAIN
      }
      entries.set(key, readEntry(names, taken))
    }
    return held
  } catch (error) {
    await letGo(db, held).catch(() => undefined)
    throw error
  }
}

/** Others may be faster again and again, but not for ever. */
const MAX_ROUNDS = 100

async function untilHeld(db: MongoDatabase, key: string, mark: object): Promise<MongoDocument | null | typeof AGAIN> {
  const throttles = db.relaxed('throttles')
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    try {
      // Whatever the document lacks to be free makes the server insert one, and its key is taken.
      return await throttles.changeOne({ _id: equals(key), ...isFree(throttles.names) }, mark, { upsert: true })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    await untilFree(db, key)
  }
  return AGAIN
}

async function commit(
  db: MongoDatabase,
  held: Held,
  written: ReadonlyMap<string, ThrottleEntry | null>,
): Promise<boolean> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  const { token, leader, others, entries } = held
  const pending = others.filter((key) => written.has(key)).map((key) => ({ key, entry: written.get(key) ?? null }))
  const own = written.get(leader) ?? (written.has(leader) ? null : (entries.get(leader) ?? null))
  if (written.size === 0) {
    await letGo(db, held)
    return true
  }
  const changes = entryChanges(names, own, [names.owner, names.leader])
  const happened = await throttles.updateOne(heldBy(names, leader, token), {
    ...changes,
    $set: { ...changes.$set, ...(pending.length > 0 && pendingDocument(names, token, pending)) },
  })
  if (happened) await complete(db, { token, leader, pending, leavesNothing: own === null })
  const left = happened ? others.filter((key) => !written.has(key)) : others
  for (const key of left) await release(db, key, { token, isEmpty: (entries.get(key) ?? null) === null })
  return happened
}

interface PendingWrite {
  readonly key: string
  readonly entry: ThrottleEntry | null
}

interface Happened {
  readonly token: string
  readonly leader: string
  readonly pending: readonly PendingWrite[]
  /** The leader's own entry is gone. */
  readonly leavesNothing: boolean
}

/** Any number of processes may do it at once, and again: a document that is no longer held by the step is left alone. */
async function complete(db: MongoDatabase, { token, leader, pending, leavesNothing }: Happened): Promise<void> {
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

/** Ends a step that has not happened; from then on it cannot. */
async function letGo(db: MongoDatabase, { leader, others, token, entries }: Held): Promise<void> {
  for (const key of [leader, ...others]) {
    // Of one that was not reached any more it is not known whether there is an entry.
    if (entries.has(key)) await release(db, key, { token, isEmpty: entries.get(key) === null })
    else await setFree(db, key, token)
  }
}

/** Sets a document free that is held and was not changed. */
async function release(
  db: MongoDatabase,
  key: string,
  { token, isEmpty }: { readonly token: string; readonly isEmpty: boolean },
): Promise<void> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  if (isEmpty) await throttles.deleteMany({ ...heldBy(names, key, token), [names.state]: ABSENT })
  else await throttles.updateOne(heldBy(names, key, token), { $unset: { [names.owner]: '', [names.leader]: '' } })
}

/** The same where it is not known whether the document has an entry. */
async function setFree(db: MongoDatabase, key: string, token: string): Promise<void> {
  await release(db, key, { token, isEmpty: true })
  await release(db, key, { token, isEmpty: false })
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
  await setFree(db, text(leader['_id']), token)
  return true
}

type Names = Documents<'throttles'>['names']

const heldBy = (names: Names, key: string, token: string): MongoDocument => ({
  _id: equals(key),
  [names.owner]: equals(token),
})

function pendingDocument(names: Names, token: string, pending: readonly PendingWrite[]): MongoDocument {
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
