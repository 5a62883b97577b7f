import type { Clock } from '../contracts/clock.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }
