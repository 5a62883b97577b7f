/** Longest time between two looks at the store, for guesses that are settled by another process. */
const POLL_MILLISECONDS = 200

/** Requests that wait for a slot, first come, first served within this process. */
export interface SlotQueue {
  /** Resolves when somebody wakes the key, or after a short while, whichever is first. */
  wait(key: string): Promise<void>
  /** Wakes the first `count` who wait for the key. */
  wake(key: string, count: number): void
}

export function createSlotQueue(): SlotQueue {
  const waiting = new Map<string, Set<() => void>>()
  return {
    wait(key) {
      return new Promise((resolve) => {
        const queue = waiting.get(key) ?? new Set()
        waiting.set(key, queue)
        const leave = (): void => {
          clearTimeout(timer)
          queue.delete(leave)
          if (queue.size === 0 && waiting.get(key) === queue) waiting.delete(key)
          resolve()
        }
        const timer = setTimeout(leave, POLL_MILLISECONDS)
        queue.add(leave)
      })
    },
    wake(key, count) {
      const leaving = [...(waiting.get(key) ?? [])].slice(0, count)
      for (const leave of leaving) leave()
    },
  }
}
