import type { ThrottleEntry, ThrottleStep } from '../../contracts/throttle-store.ts'
import { documentOf } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN } from './retries.ts'
import { entryChanges, isFree, readEntry } from './throttle-documents.ts'
import { complete, heldBy, pendingDocument, release, setFree, untilFree } from './throttle-holds.ts'
import { newToken } from './tokens.ts'
import { equals } from './values.ts'

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
  if (written.size === 0) return letGo(db, held)
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

/**
 * Ends a step that has not happened; from then on it cannot. Tells whether it held all that it had seen until now: whoever sets
 * one of the documents free begins with the leader.
 */
async function letGo(db: MongoDatabase, { leader, others, token, entries }: Held): Promise<boolean> {
  let wasHeld = false
  for (const key of [leader, ...others]) {
    // Of one that was not reached any more it is not known whether there is an entry.
    const isFreed = entries.has(key)
      ? await release(db, key, { token, isEmpty: entries.get(key) === null })
      : await setFree(db, key, token)
    if (key === leader) wasHeld = isFreed
  }
  return wasHeld
}
