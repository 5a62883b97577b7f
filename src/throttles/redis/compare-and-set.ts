import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ThrottleEntry, ThrottleStep } from '../../contracts/throttle-store.ts'
import { readEntry, writeEntry } from './entry-text.ts'
import { unavailable } from './redis-errors.ts'
import type { RedisNames } from './redis-names.ts'
import { type RedisScript, SCRIPTS } from './redis-scripts.ts'

/** Runs a script with these keys of Redis and gives its answer as it came. */
export type RunScript = (script: RedisScript, keys: readonly string[], values: readonly string[]) => Promise<unknown>

/** After so many tries in vain one asks for the next turn: other processes were faster each time. */
const TRIES_WITHOUT_TICKET = 5

/** While it is somebody else's turn. */
const LONGEST_WAIT_MILLISECONDS = 5

export interface CompareAndSet<T> {
  readonly keys: readonly string[]
  readonly step: (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>
  /** By the clock of `performance.now()`. */
  readonly deadline: number
}

/**
 * Reads the entries, takes the step, and writes its result if nothing has changed meanwhile; else it begins again with what
 * is there now.
 *
 * Values are compared, not versions: a step is pure, so the same values make the same step, whatever happened in between.
 *
 * @throws {AuthError} `unavailable` after the deadline
 */
export async function compareAndSet<T>(
  run: RunScript,
  names: RedisNames,
  { keys, step, deadline }: CompareAndSet<T>,
): Promise<T> {
  const ticket = randomBytes(9).toString('base64url')
  const keyNames = [...names.all, ...keys.map((key) => names.turnAt(key))]
  // It may have waited for its turn all the time.
  assertBefore(deadline)
  let texts = textsIn(await run(SCRIPTS.read, names.all, keys))
  for (let tries = 1; ; tries += 1) {
    const { changes, result } = takeStep(texts, step)
    // What was read was read at one moment, so there is nothing to compare.
    if (changes === null) return result
    const values = keys.flatMap((key, at) => [key, texts[at] ?? '', changes[at] ?? ''])
    const asked = [String(keys.length), tries > TRIES_WITHOUT_TICKET ? ticket : '', ...values]
    const [outcome, ...found] = textsIn(await run(SCRIPTS.compareAndSet, keyNames, asked))
    if (outcome === 'done') return result
    assertBefore(deadline)
    if (outcome === 'wait') await sleep(randomInt(1, LONGEST_WAIT_MILLISECONDS + 1))
    else texts = found
  }
}

function assertBefore(deadline: number): void {
  if (performance.now() >= deadline) throw unavailable(new Error('too many change the same entries at once'))
}

interface TakenStep<T> {
  /** In the words of the script; `null` where there are none. */
  readonly changes: readonly string[] | null
  readonly result: T
}

const UNCHANGED = '='

function takeStep<T>(texts: readonly string[], step: CompareAndSet<T>['step']): TakenStep<T> {
  const before = texts.map((text) => (text === '' ? null : readEntry(text)))
  const { entries, result } = step(before)
  if (entries.length !== texts.length) throw new TypeError('a throttle step must return an entry for each key')
  const changes = entries.map((after, at) => {
    if (after === before[at]) return UNCHANGED
    return after === null ? '' : writeEntry(after)
  })
  return { changes: changes.every((change) => change === UNCHANGED) ? null : changes, result }
}

/** A client of the application may give bytes. */
const textsIn = (answer: unknown): readonly string[] => (Array.isArray(answer) ? answer.map(String) : [])
