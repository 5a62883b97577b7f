import { createClient, createClientPool } from 'redis'
import { afterAll, beforeAll, describe } from 'vitest'
import { throttleStoreConformance } from '../../src/testing/throttle-store-conformance.ts'
import { redisThrottles } from '../../src/throttles/redis/index.ts'
import { hasRedis } from '../support/redis-server.ts'
import { useRedis } from '../support/use-redis.ts'

const server = useRedis('the conformance of locks on Redis')

let sites = 0

/** A place of a test's own on the server. */
function newPrefix(): string {
  sites += 1
  return `test-${sites}`
}

describe('redisThrottles', () => {
  throttleStoreConformance({ newThrottles: () => redisThrottles(server().url, { keyPrefix: newPrefix() }) })
})

describe('redisThrottles with a client of the application', () => {
  const connect = () => createClient({ url: server().url }).connect()
  let client: Awaited<ReturnType<typeof connect>>
  beforeAll(async () => {
    if (hasRedis()) client = await connect()
  })
  // Every one of this suite has closed by now, and the client must still be open.
  afterAll(() => client?.close())
  throttleStoreConformance({ newThrottles: () => redisThrottles(client, { keyPrefix: newPrefix() }) })
})

describe('redisThrottles with a pool of the application', () => {
  const create = () => createClientPool({ url: server().url }, { maximum: 5 })
  let pool: ReturnType<typeof create>
  beforeAll(async () => {
    if (!hasRedis()) return
    pool = create()
    await pool.connect()
  })
  afterAll(() => pool?.close())
  throttleStoreConformance({ newThrottles: () => redisThrottles(pool, { keyPrefix: newPrefix() }) })
})
