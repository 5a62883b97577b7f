import type { Clock } from '../contracts/clock.ts'

/** A stretch of time; the parts are added up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  advance(duration: Duration): void
  /** Goes to a moment, forwards or backwards. */
  set(moment: Date | string): void
}

/**
 * Makes a clock for tests.
 *
 * @param start a moment, as a `Date` or as ISO 8601 with its zone
 *
 * @throws {TypeError} for a text that is no moment
 *
 * @example
 * const clock = fakeClock('2026-01-01T00:00:00Z')
 * const auth = createAuth({ ...options, clock })
 * clock.advance({ minutes: 16 })
 */
export function fakeClock(start: Date | string = '2026-01-01T00:00:00Z'): FakeClock {
  let milliseconds = momentOf(start)
  return {
    now: () => new Date(milliseconds),
    advance(duration) {
      milliseconds += lengthOf(duration)
    },
    set(moment) {
      milliseconds = momentOf(moment)
    },
  }
}

function momentOf(moment: Date | string): number {
  const milliseconds = new Date(moment).getTime()
  if (Number.isNaN(milliseconds)) throw new TypeError(`${JSON.stringify(moment)} is no moment`)
  return milliseconds
}

function lengthOf({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Duration): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}
