import type { MongoDatabase } from './mongo-database.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { equals, number } from './values.ts'

export type CounterName = 'users' | 'identities' | 'groups' | 'attempts' | 'outbox' | 'audit'

/** Draws numbers that are never given out twice, in one step for all processes. */
export async function nextNumber(db: MongoDatabase, counter: CounterName): Promise<number> {
  return drawNumbers(db, counter, 1)
}

/**
 * Draws numbers of which a process gets many at once. Those of two processes are not in the order of their coming; some are never
 * given to anything.
 */
export function numberBlocks(db: MongoDatabase, counter: CounterName): () => Promise<number> {
  let next = 0
  let end = 0
  let refill: Promise<void> | null = null
  async function draw(): Promise<void> {
    const last = await drawNumbers(db, counter, BLOCK)
    next = last - BLOCK + 1
    end = last + 1
  }
  return async () => {
    while (next >= end) {
      refill ??= draw().finally(() => {
        refill = null
      })
      await refill
    }
    next += 1
    return next - 1
  }
}

const BLOCK = 100

/** The last of so many. What was drawn and is lost with the power was not yet given to anything that is kept. */
async function drawNumbers(db: MongoDatabase, counter: CounterName, count: number): Promise<number> {
  const counters = db.relaxed('counters')
  const { value } = counters.names
  const draw = () =>
    counters.changeOne({ _id: equals(counter) }, { $inc: { [value]: count } }, { upsert: true }).catch(
      // Another process has made the counter in between; then it is there.
      (error: unknown) => (isDuplicateKey(error) ? null : Promise.reject(error)),
    )
  const drawn = (await draw()) ?? (await draw())
  return number(drawn?.[value])
}
