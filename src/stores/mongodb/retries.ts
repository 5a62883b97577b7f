import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthError } from '../../errors.ts'

/** Many processes may meet at one document; each time one of them gets through. */
const MAX_TRIES = 60

const LONGEST_MILLISECONDS = 64

/** What a try gives that must be made again because somebody else was faster. */
export const AGAIN: unique symbol = Symbol('again')

/**
 * Makes a step again until nobody was faster.
 *
 * @param refusal what the database had against the last try, if it said so
 * @throws {AuthError} `unavailable` where somebody always was; else the refusal
 */
export async function untilUndisturbed<T>(
  step: () => Promise<T | typeof AGAIN>,
  refusal: () => unknown = () => undefined,
): Promise<T> {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const result = await step()
    if (result !== AGAIN) return result
    await waitForTurn(tries)
  }
  throw refusal() ?? new AuthError('unavailable', { retryAfterSeconds: 1 })
}

/** Waits longer the more often it was in vain, and never as long as somebody else who failed at the same moment. */
export function waitForTurn(tries: number): Promise<void> {
  return sleep(randomInt(1, Math.min(2 ** tries, LONGEST_MILLISECONDS) + 1))
}
