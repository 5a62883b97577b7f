import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectionFailure } from './connection-failure.ts'

/** What an engine behind a network makes of failures. */
export interface FailurePolicy {
  /** Tells whether work that was undone is tried again after so many tries. */
  isWorthAnotherTry(error: unknown, tries: number): boolean
  /** What a failure of the driver means to callers. */
  translate(error: unknown): unknown
}

/** Tells whether nothing has happened yet when the connection failed, or nothing that may not happen twice. */
type HarmlessFailure = (error: unknown) => boolean

/** Reading again does no harm, whatever became of the first time. */
export const isLost: HarmlessFailure = (error) => error instanceof ConnectionFailure && error.moment !== 'connecting'

export const isUnsent: HarmlessFailure = (error) => error instanceof ConnectionFailure && error.moment === 'unsent'

/** Does work until it is done, or another try would not help. */
export type Persistence = <T>(isHarmless: HarmlessFailure, work: () => Promise<T>) => Promise<T>

/** Makes work persistent. A connection that was found lost is replaced once, where that is harmless. */
export function persistence({ isWorthAnotherTry, translate }: FailurePolicy): Persistence {
  /** Waits for another try, unless it would not help. */
  async function recover(error: unknown, tries: number): Promise<void> {
    if (!isWorthAnotherTry(error, tries)) throw translate(error)
    await waitForTurn(tries)
  }
  return async (isHarmless, work) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work()
      } catch (error) {
        if (tries > 1 || !isHarmless(error)) await recover(error, tries)
      }
    }
  }
}

/** Waits longer the more often it was in vain, and never as long as somebody else who failed at the same moment. */
function waitForTurn(tries: number): Promise<void> {
  return sleep(randomInt(1, Math.min(2 ** tries, LONGEST_MILLISECONDS) + 1))
}

const LONGEST_MILLISECONDS = 128
