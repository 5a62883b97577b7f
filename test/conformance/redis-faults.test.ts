/** What becomes of requests while Redis is away, full, slow or closed to us, and afterwards. */
import { createClient } from 'redis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SharedThrottles } from '../../src/contracts/shared-throttles.ts'
import { later, MINUTE, NOW } from '../../src/testing/store-conformance/store-samples.ts'
import { type RedisThrottlesOptions, redisThrottles } from '../../src/throttles/redis/index.ts'
import { startRedis } from '../support/redis-server.ts'
import { useRedis } from '../support/use-redis.ts'

const server = useRedis('faults of Redis')

const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } }

const opened: SharedThrottles[] = []
beforeEach(() => server().command('FLUSHALL'))
afterEach(async () => {
  for (const throttles of opened.splice(0)) await throttles.close()
})

function open(options?: RedisThrottlesOptions, location = server().url): SharedThrottles {
  const throttles = redisThrottles(location, options)
  opened.push(throttles)
  return throttles
}

function countUp(throttles: SharedThrottles, key = 'counter'): Promise<number> {
  return throttles.update([key], ([before]) => {
    const count = Number(before?.state ?? 0) + 1
    return { entries: [{ state: String(count), expiresAt: later(MINUTE), lockedUntil: null }], result: count }
  })
}

/** `fulfilled` or the code of the refusal. */
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fulfilled',
    (error: { readonly code?: string; readonly message: string }) => error.code ?? error.message,
  )

const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    ({ cause }: { readonly cause?: Error }) => String(cause?.message),
  )

describe('a server that goes away under load', () => {
  it.each(['shutDown', 'crash'] as const)(
    '%s: nothing acknowledged is lost, and work goes on by itself',
    async (end) => {
      const throttles = open()
      const acknowledged = new Map<string, number>()
      const outcomes = new Set<string>()
      const over = new AbortController()
      const load = async (key: string): Promise<void> => {
        while (!over.signal.aborted) {
          const outcome = await outcomeOf(countUp(throttles, key))
          outcomes.add(outcome)
          if (outcome === 'fulfilled') acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1)
          else await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }
      const workers = Array.from({ length: 16 }, (_, worker) => load(`key ${worker}`))
      const sum = () => [...acknowledged.values()].reduce((total, count) => total + count, 0)
      const untilMore = async (): Promise<void> => {
        const before = sum()
        await expect.poll(sum, { timeout: 20_000 }).toBeGreaterThan(before + 50)
      }
      await untilMore()
      // A crash of the machine may cost the last second; what the process had written is there after its own.
      await server()[end]()
      await expect.poll(() => outcomes.has('unavailable'), { timeout: 20_000 }).toBe(true)
      await server().start()
      await untilMore()
      over.abort()
      await Promise.all(workers)
      expect(outcomes).toEqual(new Set(['fulfilled', 'unavailable']))
      for (const [key, count] of acknowledged) expect(await countUp(throttles, key)).toBeGreaterThan(count)
    },
  )

  it('tells it at once, and goes on with scripts that the new one has never seen', async () => {
    const throttles = open()
    await countUp(throttles)
    await server().shutDown()
    const started = performance.now()
    await expect(countUp(throttles)).rejects.toMatchObject(UNAVAILABLE)
    await expect(throttles.check()).rejects.toMatchObject(UNAVAILABLE)
    await expect(throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 0 })).rejects.toMatchObject(UNAVAILABLE)
    expect(performance.now() - started).toBeLessThan(1000)
    await server().start()
    expect(await countUp(throttles)).toBe(2)
    await server().command('SCRIPT', 'FLUSH')
    expect(await countUp(throttles)).toBe(3)
  })

  it('ends connections one by one, and nobody notices those that were idle', async () => {
    const throttles = open()
    for (let round = 1; round <= 5; round += 1) {
      expect(await countUp(throttles)).toBe(round)
      await server().command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })
})

describe('a server that gives no answer', () => {
  const whileFrozen = async (work: () => Promise<void>): Promise<void> => {
    server().freeze()
    try {
      await work()
    } finally {
      server().resume()
    }
  }

  it('is waited for so long and no longer, by whom however many come', async () => {
    const throttles = open({ answerTimeoutMilliseconds: 1000, connectTimeoutMilliseconds: 1000 })
    await countUp(throttles, 'warm')
    await whileFrozen(async () => {
      const started = performance.now()
      const outcomes = await Promise.all(
        Array.from({ length: 1500 }, (_, index) => outcomeOf(countUp(throttles, `key ${index}`))),
      )
      expect(new Set(outcomes)).toEqual(new Set(['unavailable']))
      expect(performance.now() - started).toBeLessThan(15_000)
      await expect(throttles.check()).rejects.toMatchObject(UNAVAILABLE)
    })
    expect(await countUp(throttles, 'warm')).toBeGreaterThan(1)
  })

  it('does not keep those waiting for ever who want the same key', async () => {
    const throttles = open({ answerTimeoutMilliseconds: 1000, connectTimeoutMilliseconds: 1000 })
    await countUp(throttles)
    await whileFrozen(async () => {
      const started = performance.now()
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => outcomeOf(countUp(throttles))))
      expect(new Set(outcomes)).toEqual(new Set(['unavailable']))
      expect(performance.now() - started).toBeLessThan(30_000)
    })
  })

  it('is given up for good by nobody: DEBUG SLEEP makes work unavailable, and then it goes on', async () => {
    const throttles = open({ answerTimeoutMilliseconds: 200 })
    await countUp(throttles)
    const sleeping = server().command('DEBUG', 'SLEEP', '2')
    await expect.poll(() => outcomeOf(countUp(throttles)), { interval: 20, timeout: 30_000 }).toBe('unavailable')
    await sleeping
    await expect.poll(() => outcomeOf(countUp(throttles)), { timeout: 30_000 }).toBe('fulfilled')
  })

  it('fills no queue of a client of the application', async () => {
    const client = createClient({ url: server().url })
    client.on('error', () => undefined)
    await client.connect()
    let sent = 0
    const counting = {
      evalSha: (sha: string, call: { keys: string[]; arguments: string[] }) => {
        sent += 1
        return client.evalSha(sha, call)
      },
      eval: (script: string, call: { keys: string[]; arguments: string[] }) => client.eval(script, call),
    }
    const throttles = redisThrottles(counting, { answerTimeoutMilliseconds: 500 })
    opened.push(throttles)
    await countUp(throttles)
    sent = 0
    await whileFrozen(async () => {
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(Array.from({ length: 500 }, (_, index) => outcomeOf(countUp(throttles, `key ${index}`))))
      }
      expect(sent).toBe(1000)
    })
    client.destroy()
  })
})

describe('a server that takes us for somebody else', () => {
  it('makes work unavailable while the password is wrong, and never repeats it', async () => {
    const guarded = await startRedis(['--requirepass', 'right'])
    try {
      const refused = open({}, guarded.url.replace('redis://', 'redis://default:wr0ng@'))
      await expect(countUp(refused)).rejects.toMatchObject(UNAVAILABLE)
      expect(await reasonOf(countUp(refused))).toContain('WRONGPASS')
      expect(refused.description).not.toContain('wr0ng')
      expect(await reasonOf(countUp(open({}, guarded.url)))).toContain('NOAUTH')
      expect(await countUp(open({}, guarded.url.replace('redis://', 'redis://:right@')))).toBe(1)
    } finally {
      await guarded.remove()
    }
  })

  it('says no in the middle of it', async () => {
    const throttles = open()
    await countUp(throttles)
    await server().command('ACL', 'SETUSER', 'default', '-evalsha', '-eval')
    expect(await outcomeOf(countUp(throttles))).toBe('unavailable')
    await server().command('ACL', 'SETUSER', 'default', '+@all')
    expect(await countUp(throttles)).toBe(2)
  })
})

describe('a server that keeps less than it must', () => {
  afterEach(() => server().command('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction'))

  it('is refused where it would forget locks to make room', async () => {
    await server().command('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru')
    const throttles = open()
    await expect(countUp(throttles)).rejects.toMatchObject(UNAVAILABLE)
    expect(await reasonOf(throttles.check())).toContain('maxmemory-policy is allkeys-lru')
    await server().command('CONFIG', 'SET', 'maxmemory-policy', 'volatile-lru')
    expect(await countUp(throttles)).toBe(1)
    await server().command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu')
    expect(await reasonOf(throttles.check())).toContain('allkeys-lfu')
  })

  it('makes work unavailable when its memory is full, and lets go of what has expired all the same', async () => {
    const throttles = open()
    await countUp(throttles)
    await server().command('CONFIG', 'SET', 'maxmemory', '1')
    expect(await reasonOf(countUp(throttles))).toContain('OOM')
    await expect(throttles.check()).rejects.toMatchObject(UNAVAILABLE)
    expect(await throttles.purge(later(2 * MINUTE), { cappedPrefix: 'u:', maxEntries: 0 })).toBe(1)
  })

  it('makes work unavailable while it is a replica', async () => {
    const throttles = open()
    await countUp(throttles)
    await server().command('REPLICAOF', '127.0.0.1', '1')
    expect(await reasonOf(countUp(throttles))).toMatch(/READONLY|MASTERDOWN/)
    await server().command('REPLICAOF', 'NO', 'ONE')
    expect(await countUp(throttles)).toBe(2)
  })
})

describe('a client of the application', () => {
  it('makes work unavailable before it is connected and after it has lost its server, and stays open', async () => {
    const client = createClient({ url: server().url })
    client.on('error', () => undefined)
    const throttles = redisThrottles(client)
    await expect(countUp(throttles)).rejects.toMatchObject(UNAVAILABLE)
    await client.connect()
    expect(await countUp(throttles)).toBe(1)
    await server().shutDown()
    await expect.poll(() => client.isReady).toBe(false)
    await expect(countUp(throttles)).rejects.toMatchObject(UNAVAILABLE)
    await server().start()
    await expect.poll(() => outcomeOf(countUp(throttles)), { timeout: 10_000 }).toBe('fulfilled')
    await throttles.close()
    expect(await client.ping()).toBe('PONG')
    await client.close()
  })
})

describe('an answer that is lost', () => {
  it('is not asked for twice: what may have counted does not count again', async () => {
    const client = await createClient({ url: server().url }).connect()
    const lost = new Set<'answers'>()
    const throttles = redisThrottles({
      async evalSha(sha, call) {
        const answer = await client.evalSha(sha, call)
        if (lost.has('answers') && String(answer).startsWith('done')) throw new Error('Socket closed unexpectedly')
        return answer
      },
      eval: (script, call) => client.eval(script, call),
    })
    await countUp(throttles)
    lost.add('answers')
    await expect(countUp(throttles)).rejects.toMatchObject(UNAVAILABLE)
    lost.clear()
    expect(await countUp(throttles)).toBe(3)
    await throttles.close()
    await client.close()
  })
})
