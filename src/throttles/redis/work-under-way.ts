import { unavailable } from './redis-errors.ts'

/** More than these do not wait. Who comes later is told at once to come back. */
const MAX_UNDER_WAY = 1000

/** What was begun and has not come to its end. */
export interface WorkUnderWay {
  /** @throws {AuthError} `unavailable` after the end, and where there is too much */
  add<T>(work: () => Promise<T>): Promise<T>
  /** Nothing begins any more; resolves when nothing is under way. */
  end(): Promise<void>
}

export function workUnderWay(): WorkUnderWay {
  let count = 0
  const idle = Promise.withResolvers<void>()
  let isEnded = false
  return {
    async add(work) {
      if (isEnded) throw unavailable(new Error('the locks on Redis are closed'))
      if (count >= MAX_UNDER_WAY) throw unavailable(new Error('too much waits for Redis'))
      count += 1
      try {
        return await work()
      } finally {
        count -= 1
        if (isEnded && count === 0) idle.resolve()
      }
    },
    end() {
      isEnded = true
      if (count === 0) idle.resolve()
      return idle.promise
    },
  }
}
