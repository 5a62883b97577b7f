import type { LockedKey, ThrottleEntry, ThrottleStep, ThrottleStore } from '../../contracts/throttle-store.ts'
import { endOfPrefix } from '../../util/prefix-range.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN, untilUndisturbed } from './retries.ts'
import { asSeen, entryChanges, entryDocument, isFree, readEntry } from './throttle-documents.ts'
import { untilFree } from './throttle-holds.ts'
import { stepOverSeveral } from './throttle-steps.ts'
import { createTurns } from './turns.ts'
import { ABSENT, among, encoded, equals, moment, number, PRESENT, text } from './values.ts'

type Step<T> = (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>

/** Counters and locks in MongoDB. */
export function mongoThrottles(db: MongoDatabase): ThrottleStore {
  const throttles = db.documents('throttles')
  const { names } = throttles
  const turns = createTurns()
  const update = <T>(keys: readonly string[], step: Step<T>): Promise<T> =>
    turns.take(keys, () =>
      untilUndisturbed(() => {
        const [key] = keys
        return key !== undefined && keys.length === 1 ? stepOverOne(db, key, step) : stepOverSeveral(db, keys, step)
      }),
    )
  /** Whether there was an entry. */
  const remove = (key: string): Promise<boolean> =>
    update([key], ([entry]) => ({ entries: [null], result: entry !== null }))
  return {
    async update(keys, step) {
      if (new Set(keys).size < keys.length) throw new TypeError('a throttle step names a key twice')
      return keys.length === 0 ? step([]).result : update(keys, step)
    },
    async delete(keys) {
      if (keys.length === 0) return
      await db.relaxed('throttles').deleteMany({ _id: among(keys), ...isFree(names) })
      for (const doc of await throttles.find({ _id: among(keys) }, {})) await remove(text(doc['_id']))
    },
    async deleteByPrefix(prefix) {
      const range = { ...rangeOf(prefix), [names.state]: PRESENT }
      let count = await throttles.deleteMany({ ...range, ...isFree(names) })
      for (const doc of await throttles.find(range, {})) if (await remove(text(doc['_id']))) count += 1
      return count
    },
    async listLocked(now, limit, after) {
      assertLimit(limit)
      const filter = { [names.lockedUntil]: { $gt: encoded(now) }, ...(after && behindLock(names.lockedUntil, after)) }
      const found = await throttles.find(filter, { sort: { [names.lockedUntil]: -1, _id: 1 }, limit })
      return found.map((doc) => ({ key: text(doc['_id']), lockedUntil: moment(doc[names.lockedUntil]) }))
    },
    async purge(now, { cappedPrefix, maxEntries }) {
      assertLimit(maxEntries)
      const range = rangeOf(cappedPrefix)
      const expired = await throttles.deleteMany({ [names.expiresAt]: { $lt: encoded(now) }, ...isFree(names) })
      const excess = (await countEntries(db, range)) - maxEntries
      const capped = excess > 0 ? await deleteOldest(db, { range, now, limit: excess }) : 0
      await completeOthers(db)
      return expired + capped
    },
  }
}

/** One document, changed while it still is what the step has seen. */
async function stepOverOne<T>(db: MongoDatabase, key: string, step: Step<T>): Promise<T | typeof AGAIN> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  const seen = await throttles.findOne({ _id: equals(key) })
  if (seen !== null && (seen[names.owner] !== undefined || seen[names.pending] !== undefined)) {
    await untilFree(db, key)
    return AGAIN
  }
  const before = readEntry(names, seen)
  const { entries, result } = step([before])
  if (entries.length !== 1) throw new TypeError('a throttle step must return an entry for each key')
  const after = entries[0] ?? null
  if (after === before) return result
  return (await replace(db, { key, seen, after })) ? result : AGAIN
}

interface Replacement {
  readonly key: string
  readonly seen: MongoDocument | null
  readonly after: ThrottleEntry | null
}

async function replace(db: MongoDatabase, { key, seen, after }: Replacement): Promise<boolean> {
  const throttles = db.relaxed('throttles')
  const { names } = throttles
  if (seen !== null && after === null) return (await throttles.deleteMany(asSeen(names, seen))) > 0
  if (seen !== null) return throttles.updateOne(asSeen(names, seen), entryChanges(names, after))
  if (after === null) return true
  try {
    await throttles.insert({ _id: encoded(key), ...entryDocument(names, after) })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

const rangeOf = (prefix: string): MongoDocument => ({
  _id: { $gte: encoded(prefix), $lt: encoded(endOfPrefix(prefix)) },
})

function behindLock(field: string, { key, lockedUntil }: LockedKey): MongoDocument {
  const until = encoded(lockedUntil)
  return {
    $and: [
      { [field]: { $lte: until } },
      { $or: [{ [field]: { $lt: until } }, { [field]: { $eq: until }, _id: { $gt: encoded(key) } }] },
    ],
  }
}

async function countEntries(db: MongoDatabase, range: MongoDocument): Promise<number> {
  const throttles = db.documents('throttles')
  const entries = { ...range, [throttles.names.state]: PRESENT }
  const [counted] = await throttles.aggregate([{ $match: entries }, { $group: { _id: null, count: { $sum: 1 } } }])
  return counted === undefined ? 0 : number(counted['count'])
}

/** Entries are written with each use and live for a fixed time, so the first to expire is the longest unused. */
function deleteOldest(
  db: MongoDatabase,
  { range, now, limit }: { readonly range: MongoDocument; readonly now: Date; readonly limit: number },
): Promise<number> {
  const throttles = db.documents('throttles')
  const { lockedUntil, expiresAt } = throttles.names
  const unlocked = { $or: [{ [lockedUntil]: ABSENT }, { [lockedUntil]: { $lte: encoded(now) } }] }
  return deleteBatch(throttles, { ...range, ...unlocked, ...isFree(throttles.names) }, { order: expiresAt, limit })
}

/** Steps that a crash has interrupted. Those of the living are over before they are waited for. */
async function completeOthers(db: MongoDatabase): Promise<void> {
  const throttles = db.documents('throttles')
  const { owner, pending } = throttles.names
  const underWay = { $or: [{ [owner]: PRESENT }, { [`${pending}.token`]: PRESENT }] }
  for (const doc of await throttles.find(underWay, { limit: 100 })) await untilFree(db, text(doc['_id']))
}
