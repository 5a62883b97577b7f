import type { LockedKey, ThrottleStore } from '../../contracts/throttle-store.ts'
import { endOfPrefix } from '../../util/prefix-range.ts'
import { compareAndSet, type RunScript } from './compare-and-set.ts'
import { keepableText, momentOf } from './entry-text.ts'
import type { RedisNames } from './redis-names.ts'
import { type RedisScript, SCRIPTS } from './redis-scripts.ts'
import { turns } from './turns.ts'

/** One script handles so many keys at most: meanwhile the server does nothing else. */
const BATCH = 500

/** So long a step is tried, waiting for others included. */
const PATIENCE_MILLISECONDS = 5000

/** The contract over a way to run scripts. */
export function scriptedThrottles(run: RunScript, names: RedisNames): ThrottleStore {
  const inTurn = turns()
  const ask = (script: RedisScript, ...values: readonly (string | number)[]): Promise<unknown> =>
    run(script, names.all, values.map(String))
  return {
    async update(keys, step) {
      if (new Set(keys).size < keys.length) throw new TypeError('a throttle step names a key twice')
      keys.map(keepableText)
      if (keys.length === 0) return step([]).result
      const deadline = performance.now() + PATIENCE_MILLISECONDS
      return inTurn.take(keys, () => compareAndSet(run, names, { keys, step, deadline }))
    },
    async delete(keys) {
      for (let at = 0; at < keys.length; at += BATCH) await ask(SCRIPTS.delete, ...keys.slice(at, at + BATCH))
    },
    async deleteByPrefix(prefix) {
      const range = [prefix, endOfPrefix(prefix)] as const
      return inBatches(async () => Number(await ask(SCRIPTS.deleteRange, ...range, BATCH)))
    },
    async listLocked(now, limit, after) {
      assertLimit(limit)
      const behind = after === undefined ? [] : [momentOf(after.lockedUntil), keepableText(after.key)]
      return lockedKeysIn(await ask(SCRIPTS.listLocked, momentOf(now), limit, ...behind))
    },
    async purge(now, { cappedPrefix, maxEntries }) {
      assertLimit(maxEntries)
      const range = [cappedPrefix, endOfPrefix(cappedPrefix)] as const
      const expired = await inBatches(async () => Number(await ask(SCRIPTS.deleteExpired, momentOf(now), BATCH)))
      const excess = Number(await ask(SCRIPTS.countRange, ...range)) - maxEntries
      return expired + (await deleteOldest(ask, { prefix: cappedPrefix, now, count: excess }))
    },
  }
}

interface Oldest {
  readonly prefix: string
  readonly now: Date
  readonly count: number
}

/** Walks from the first that expires to the last. What is written meanwhile expires later than what was passed. */
async function deleteOldest(
  ask: (script: RedisScript, ...values: readonly (string | number)[]) => Promise<unknown>,
  { prefix, now, count }: Oldest,
): Promise<number> {
  let deleted = 0
  for (let kept = 0; deleted < count; ) {
    const answer = await ask(SCRIPTS.deleteOldest, prefix, momentOf(now), count - deleted, kept, BATCH)
    const [gone = 0, seen = 0] = numbersIn(answer)
    deleted += gone
    kept += seen - gone
    if (seen < BATCH) break
  }
  return deleted
}

async function inBatches(deleteSome: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await deleteSome()
    total += deleted
    if (deleted < BATCH) return total
  }
}

const numbersIn = (answer: unknown): readonly number[] => (Array.isArray(answer) ? answer.map(Number) : [])

/** Keys, each with the moment whose sign was turned. */
function lockedKeysIn(answer: unknown): readonly LockedKey[] {
  const texts = Array.isArray(answer) ? answer.map(String) : []
  return texts.flatMap((key, at) => (at % 2 === 0 ? [{ key, lockedUntil: new Date(-Number(texts[at + 1])) }] : []))
}

/** @throws {TypeError} for a limit that a server would read as none */
function assertLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 0) return
  throw new TypeError(`a limit must be a whole number of 0 or more, not ${limit}`)
}
