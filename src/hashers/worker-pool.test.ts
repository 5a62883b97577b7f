import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type WorkerPool, workerPool } from './worker-pool.ts'

/** Answers with the number of its jobs so far; `crash`, `exit` and `crash-later` do what they say. */
const WORKER = `
  const { parentPort } = require('node:worker_threads')
  let jobs = 0
  parentPort.on('message', (job) => {
    if (job === 'crash') throw new RangeError('out of order')
    if (job === 'exit') process.exit(7)
    parentPort.postMessage(++jobs)
    // Long enough for the answer to arrive first: the two take different ways.
    if (job === 'crash-later') setTimeout(() => { throw new RangeError('out of order') }, 100)
  })`

const newWorker = vi.fn(() => new Worker(WORKER, { eval: true }))
let pool: WorkerPool<string, number>

afterEach(async () => {
  await pool.close()
  newWorker.mockClear()
})

function newPool(size: number): WorkerPool<string, number> {
  pool = workerPool({ size, newWorker })
  return pool
}

describe('workerPool', () => {
  it('starts no worker before the first job', () => {
    expect(newPool(2).hasRoom()).toBe(true)
    expect(newWorker).not.toHaveBeenCalled()
  })

  it('uses a worker again', async () => {
    const pool = newPool(2)
    expect([await pool.run('work'), await pool.run('work'), await pool.run('work')]).toEqual([1, 2, 3])
    expect(newWorker).toHaveBeenCalledTimes(1)
  })

  it('starts as many workers as there are jobs at once, up to its size', async () => {
    const pool = newPool(2)
    const jobs = [pool.run('work'), pool.run('work')]
    expect(pool.hasRoom()).toBe(false)
    expect(await Promise.all(jobs)).toEqual([1, 1])
    expect(pool.hasRoom()).toBe(true)
  })

  it.each(['crash', 'exit'])('rejects the job of a worker that ends by %s, and replaces the worker', async (end) => {
    const pool = newPool(1)
    await expect(pool.run(end)).rejects.toThrow('A worker ended before it had answered.')
    await vi.waitFor(() => expect(pool.hasRoom()).toBe(true))
    expect(await pool.run('work')).toBe(1)
    expect(newWorker).toHaveBeenCalledTimes(2)
  })

  it('outlives a worker that fails while it idles', async () => {
    const pool = newPool(1)
    expect(await pool.run('crash-later')).toBe(1)
    await vi.waitFor(async () => expect(await pool.run('work')).toBe(1))
    expect(newWorker).toHaveBeenCalledTimes(2)
  })
})
