import { AuthError } from '../errors.ts'
import { fairQueue } from './fair-queue.ts'
import { movingAverage } from './moving-average.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What a worker sends back for a job: its result or what it threw, and how long it took. */
export type JobReply<Result> =
  | { readonly outcome: 'done'; readonly result: Result; readonly seconds: number }
  | { readonly outcome: 'failed'; readonly error: unknown; readonly seconds: number }

export interface JobLaneOptions<Job, Result> {
  readonly pool: WorkerPool<Job, JobReply<Result>>
  /** How many of the pool's workers may work at this moment: 1 or more, up to its size. */
  readonly workers: () => number
  /** Work that may wait, in seconds of all these workers' time. */
  readonly maxQueueSeconds: number
  /** How long a job takes, before one has been measured. */
  readonly estimatedSeconds: number
}

/** A bounded line of jobs before a pool of workers, fair between keys. */
export interface JobLane<Job, Result> {
  /** @throws {AuthError} `overloaded` with `retryAfterSeconds`, without having accepted the job */
  run(key: string, job: Job): Promise<Result>
  /** How many jobs have been given to a worker so far. */
  started(): number
  close(): Promise<void>
}

interface Entry<Job, Result> {
  readonly job: Job
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

export function jobLane<Job, Result>(options: JobLaneOptions<Job, Result>): JobLane<Job, Result> {
  const { pool, workers, maxQueueSeconds } = options
  const queue = fairQueue<Entry<Job, Result>>()
  const duration = movingAverage()
  const unfinished = new Set<Promise<Result>>()
  let started = 0
  let running = 0
  let closing: Promise<void> | null = null

  function assertRoom(key: string): void {
    const secondsEach = (duration.current() ?? options.estimatedSeconds) / workers()
    const free = maxQueueSeconds / secondsEach - queue.size()
    // A key may hold no more places than it leaves free: however hard one floods, half of the queue stays open to others.
    if (queue.sizeOf(key) < free) return
    throw overloaded(queue.size() * secondsEach)
  }

  function startWaiting(): void {
    while (pool.hasRoom() && running < workers()) {
      const entry = queue.take()
      if (!entry) return
      void perform(entry)
    }
  }

  async function perform({ job, resolve, reject }: Entry<Job, Result>): Promise<void> {
    started += 1
    running += 1
    try {
      const reply = await pool.run(job)
      duration.add(reply.seconds)
      if (reply.outcome === 'done') resolve(reply.result)
      else reject(new Error('A job failed in its worker.', { cause: reply.error }))
    } catch (error) {
      reject(error)
    }
    running -= 1
    startWaiting()
  }

  function accept(key: string, job: Job): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    unfinished.add(promise)
    queue.add(key, { job, resolve, reject })
    startWaiting()
    return promise.finally(() => unfinished.delete(promise))
  }

  async function drain(): Promise<void> {
    await Promise.allSettled(unfinished)
    await pool.close()
  }

  return {
    async run(key, job) {
      // A request that comes while the process shuts down is told what it would be told under load: come back.
      if (closing !== null) throw overloaded(0)
      assertRoom(key)
      return await accept(key, job)
    },
    started: () => started,
    close() {
      closing ??= drain()
      return closing
    },
  }
}

function overloaded(waitSeconds: number): AuthError {
  return new AuthError('overloaded', { retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)) })
}
