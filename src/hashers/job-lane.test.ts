import { describe, expect, it, vi } from 'vitest'
import { type JobLane, type JobReply, jobLane } from './job-lane.ts'
import type { WorkerPool } from './worker-pool.ts'

describe('jobLane', () => {
  it('serves a key at its turn, however many jobs of another key came before', async () => {
    const { lane, finishAll } = newLane()
    const order: string[] = []
    const jobs = [...Array.from({ length: 20 }, (_, index) => `flood ${index}`), 'ann', 'bob'].map(async (job) => {
      await lane.run(job.startsWith('flood') ? 'flood' : job, job)
      order.push(job)
    })
    await finishAll(jobs)
    expect(order.slice(0, 5)).toEqual(['flood 0', 'flood 1', 'ann', 'bob', 'flood 2'])
    expect(order.slice(5)).toEqual(Array.from({ length: 17 }, (_, index) => `flood ${index + 3}`))
  })

  it('accepts about as much as fits, by the estimate while nothing has been measured', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 10, estimatedSeconds: 1 })
    const jobs = Array.from({ length: 30 }, (_, index) => lane.run(`user ${index}`, 'job'))
    expect(await finishAll(jobs)).toEqual([...accepted(11), ...refused(19)])
  })

  it('goes by what it has measured as soon as there is something', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 10, estimatedSeconds: 1, measuredSeconds: 2 })
    await finishAll([lane.run('ann', 'job')])
    const jobs = Array.from({ length: 30 }, (_, index) => lane.run(`user ${index}`, 'job'))
    expect(await finishAll(jobs)).toEqual([...accepted(6), ...refused(24)])
  })

  it('says after how many seconds the queue will have been worked off', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 10, estimatedSeconds: 1 })
    const jobs = Array.from({ length: 11 }, (_, index) => lane.run(`user ${index}`, 'job'))
    await expect(lane.run('ann', 'job')).rejects.toMatchObject({
      code: 'overloaded',
      details: { retryAfterSeconds: 10 },
    })
    await finishAll(jobs)
  })

  it('never says less than a second', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 0.01, estimatedSeconds: 0.01 })
    const jobs = [lane.run('ann', 'job'), lane.run('bob', 'job')]
    await expect(lane.run('eve', 'job')).rejects.toMatchObject({ details: { retryAfterSeconds: 1 } })
    await finishAll(jobs)
  })

  it('accepts a job that alone takes longer than the bound', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 1, estimatedSeconds: 60 })
    expect(await finishAll([lane.run('ann', 'job'), lane.run('bob', 'job')])).toEqual(accepted(2))
  })

  it('leaves half of the queue to others when one key floods', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 10, estimatedSeconds: 1 })
    const flood = Array.from({ length: 30 }, () => lane.run('flood', 'job'))
    const others = Array.from({ length: 5 }, (_, index) => lane.run(`user ${index}`, 'job'))
    expect(await finishAll([...flood, ...others])).toEqual([...accepted(6), ...refused(24), ...accepted(5)])
  })

  it('has not started what it refused or what still waits', async () => {
    const { lane, finishAll } = newLane({ maxQueueSeconds: 2, estimatedSeconds: 1 })
    const jobs = Array.from({ length: 9 }, (_, index) => lane.run(`user ${index}`, 'job'))
    expect(lane.started()).toBe(1)
    await finishAll(jobs)
    expect(lane.started()).toBe(3)
  })

  it('goes on after a worker has died or a job has failed', async () => {
    const { lane, finishAll } = newLane()
    const jobs = [lane.run('ann', 'die'), lane.run('bob', 'fail'), lane.run('eve', 'job')]
    expect(await finishAll(jobs)).toEqual(['worker died', 'A job failed in its worker.', 'done'])
  })

  it('finishes what it has accepted before it closes the pool, and says overloaded to what comes later', async () => {
    const { lane, finishAll, pool } = newLane()
    const jobs = [lane.run('ann', 'job'), lane.run('bob', 'job')]
    const closed = lane.close()
    await expect(lane.run('eve', 'job')).rejects.toMatchObject({ code: 'overloaded' })
    expect(pool.close).not.toHaveBeenCalled()
    expect(await finishAll(jobs)).toEqual(accepted(2))
    await closed
    await lane.close()
    expect(pool.close).toHaveBeenCalledTimes(1)
  })

  it('uses as many workers as may work at the moment, and more as soon as a job ends after there may be more', async () => {
    const finishers: (() => void)[] = []
    let allowed = 1
    const pool: WorkerPool<string, JobReply<string>> = {
      hasRoom: () => true,
      async run() {
        await new Promise<void>((resolve) => finishers.push(resolve))
        return { outcome: 'done', result: 'done', seconds: 1 }
      },
      close: () => Promise.resolve(),
    }
    const lane = jobLane({ pool, workers: () => allowed, maxQueueSeconds: 1000, estimatedSeconds: 1 })
    const jobs = ['ann', 'bob', 'eve', 'fay'].map((key) => lane.run(key, 'job'))
    expect(lane.started()).toBe(1)
    allowed = 2
    finishers.shift()?.()
    await jobs[0]
    expect(lane.started()).toBe(3)
    while (finishers.length > 0) {
      finishers.shift()?.()
      await new Promise(setImmediate)
    }
    expect(await Promise.all(jobs)).toEqual(accepted(4))
  })
})

interface Pace {
  readonly maxQueueSeconds: number
  readonly estimatedSeconds: number
  /** @default estimatedSeconds */
  readonly measuredSeconds: number
}

interface LaneUnderTest {
  readonly lane: JobLane<string, string>
  readonly pool: WorkerPool<string, JobReply<string>>
  /** Lets the one worker finish job after job until all have an outcome. */
  finishAll(jobs: readonly Promise<unknown>[]): Promise<unknown[]>
}

/** A lane before a pool of one worker, which finishes a job when the test says so. */
function newLane(options: Partial<Pace> = {}): LaneUnderTest {
  const { maxQueueSeconds = 1000, estimatedSeconds = 1, measuredSeconds = estimatedSeconds } = options
  let finish: (() => void) | null = null
  const pool: WorkerPool<string, JobReply<string>> = {
    hasRoom: () => finish === null,
    async run(job) {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      if (job === 'die') throw new Error('worker died')
      if (job === 'fail') return { outcome: 'failed', error: new Error('inside'), seconds: measuredSeconds }
      return { outcome: 'done', result: 'done', seconds: measuredSeconds }
    },
    close: vi.fn(() => Promise.resolve()),
  }
  const lane = jobLane({ pool, workers: () => 1, maxQueueSeconds, estimatedSeconds })
  return {
    lane,
    pool,
    async finishAll(jobs) {
      const outcomes = Promise.all(jobs.map((job) => job.catch((error: Error) => error.message)))
      for (let turn = 0; turn < jobs.length; turn += 1) {
        const resolve = finish
        finish = null
        resolve?.()
        await new Promise(setImmediate)
      }
      return await outcomes
    },
  }
}

function accepted(count: number): string[] {
  return Array.from({ length: count }, () => 'done')
}

function refused(count: number): string[] {
  return Array.from(
    { length: count },
    () => 'The queue for password hashing is full. `retryAfterSeconds` says when to come back.',
  )
}
