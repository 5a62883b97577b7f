/** Lets only so many pieces of work run at the same time. */
export interface Slot {
  /** Runs the work once there is room for it, first come, first served. */
  run<T>(work: () => Promise<T>): Promise<T>
}

export interface PendingWorkOptions {
  /** Jobs that may be under way or waiting. */
  readonly maxPending: number
  /** Pieces of work that run at the same time. */
  readonly maxAtOnce: number
}

export interface PendingWork {
  /** Does the job at once or as soon as there is room. @throws {Error} when there are too many already */
  add(job: (slot: Slot) => Promise<void>): Promise<void>
}

/** Work beside the answers of requests, bounded in memory and in what it does at once. */
export function pendingWork({ maxPending, maxAtOnce }: PendingWorkOptions): PendingWork {
  const waiting: (() => void)[] = []
  let jobs = 0
  let running = 0

  const enter = async (): Promise<void> => {
    if (running < maxAtOnce) running += 1
    // Whoever leaves hands its place on, so that nobody overtakes.
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  const slot: Slot = {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
  return {
    async add(job) {
      if (jobs >= maxPending) throw new Error(`given up at once: ${maxPending} others are waiting`)
      jobs += 1
      try {
        await job(slot)
      } finally {
        jobs -= 1
      }
    },
  }
}
