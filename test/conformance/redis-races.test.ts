/** Counts that several processes change at the same time, and who waits for whom. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SharedThrottles } from '../../src/contracts/shared-throttles.ts'
import { later, MINUTE, NOW } from '../../src/testing/store-conformance/store-samples.ts'
import { redisThrottles } from '../../src/throttles/redis/index.ts'
import { useRedis } from '../support/use-redis.ts'
import { TRIES } from './race-jobs.ts'
import { runInProcesses } from './run-in-processes.ts'

const server = useRedis('races on Redis')

const opened: SharedThrottles[] = []

function open(): SharedThrottles {
  const throttles = redisThrottles(server().url)
  opened.push(throttles)
  return throttles
}

beforeEach(() => server().command('FLUSHALL'))
afterEach(async () => {
  for (const throttles of opened.splice(0)) await throttles.close()
})

const entry = (state: string) => ({ state, expiresAt: later(MINUTE), lockedUntil: null })

function countUp(throttles: SharedThrottles, keys: readonly string[] = ['counter']): Promise<number> {
  return throttles.update(keys, (entries) => {
    const counts = entries.map((before) => Number(before?.state ?? 0) + 1)
    return { entries: counts.map((count) => entry(String(count))), result: counts[0] ?? 0 }
  })
}

describe('two processes', () => {
  const race = async (job: Parameters<typeof runInProcesses>[0]['job']) =>
    (await runInProcesses({ job, location: server().url })).flat()

  it('count every step of both', async () => {
    await race('countUp')
    expect(await countUp(open())).toBe(2 * 10 * TRIES + 1)
  })

  it('delete each entry below a prefix once', async () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `p+${index}`)
    await open().update(keys, () => ({ entries: keys.map(() => entry('')), result: null }))
    const counts = (await race('deleteByPrefix')).map(Number)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys.length)
  })

  it('judge three wrong guesses before each lock', async () => {
    const rounds = Map.groupBy(await race('guessWithTiers'), (round) => round)
    expect([...rounds.values()].map(({ length }) => length)).toEqual([3, 3, 3, 3])
    const locked = await open().listLocked(NOW, 5)
    expect(locked.map(({ key }) => key)).toEqual(['lock:user:1', 'lock:user:1+address:192.0.2.1'])
  })

  it('judge three wrong guesses in all before a lock that does not end', async () => {
    expect(await race('guessForever')).toEqual(['round 0', 'round 0', 'round 0'])
  })
})

describe('64 connections', () => {
  it('count exactly under keys of which each takes some', async () => {
    const connections = Array.from({ length: 64 }, open)
    const keysOf = (index: number) => ['counter', `narrow ${index % 4}`, ...(index % 2 ? ['odd'] : [])]
    await Promise.all(connections.map((throttles, index) => countUp(throttles, keysOf(index))))
    const keys = ['counter', 'narrow 0', 'narrow 1', 'narrow 2', 'narrow 3', 'odd']
    const states = await open().update(keys, (entries) => ({ entries, result: entries.map((one) => one?.state) }))
    expect(states).toEqual(['64', '16', '16', '16', '16', '32'])
  })

  it('let the one that is far away have its turn', async () => {
    const near = Array.from({ length: 8 }, open)
    const client = await createClient({ url: server().url }).connect()
    let asked = 0
    const far = redisThrottles({
      async evalSha(sha, call) {
        asked += 1
        await sleep(20)
        return client.evalSha(sha, call)
      },
      eval: (script, call) => client.eval(script, call),
    })
    const over = new AbortController()
    const rush = near.map(async (throttles) => {
      while (!over.signal.aborted) await countUp(throttles)
    })
    try {
      await countUp(near[0] ?? far)
      for (let turn = 0; turn < 3; turn += 1) await countUp(far)
      // One question to begin with, and for each turn: to read, to compare five times in vain, to ask for the turn, and
      // to take it; whoever has the turn before it makes it wait a few times more.
      expect(asked).toBeLessThan(60)
    } finally {
      over.abort()
      await Promise.all(rush)
      await far.close()
      await client.close()
    }
  })
})

describe('a process that ends while it has the turn', () => {
  it('keeps others waiting for a second at most', async () => {
    await server().command('SET', '{portress}:turn:counter', 'somebody', 'PX', '1000')
    const started = performance.now()
    expect(await countUp(open())).toBe(1)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
