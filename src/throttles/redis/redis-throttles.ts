import type { SharedThrottles } from '../../contracts/shared-throttles.ts'
import { readLimits } from '../../util/read-limits.ts'
import type { RunScript } from './compare-and-set.ts'
import { loadRedis } from './load-redis.ts'
import type { RedisClient } from './redis-client.ts'
import { foreignConnection, type Greet, ownConnection, type RedisConnection } from './redis-connection.ts'
import { translateRedisError, unavailable } from './redis-errors.ts'
import { redisLocation } from './redis-location.ts'
import { redisNames } from './redis-names.ts'
import { SCRIPTS } from './redis-scripts.ts'
import { scriptSender } from './script-sender.ts'
import { scriptedThrottles } from './scripted-throttles.ts'
import { OverdueAnswer } from './within.ts'
import { workUnderWay } from './work-under-way.ts'

export interface RedisThrottlesOptions {
  /** What the names of all keys begin with, in braces. Sites that share a server need one each. @default 'portress' */
  readonly keyPrefix?: string
  /** How long a request waits for a connection. Your own client brings its own limit. @default 2000 */
  readonly connectTimeoutMilliseconds?: number
  /** How long a request waits for an answer. @default 2000 */
  readonly answerTimeoutMilliseconds?: number
}

/**
 * Keeps locks and rate limits on a Redis server, version 7 or later, through the package `redis`; all processes agree.
 *
 * The first argument is a `redis:` or `rediss:` URL, or a client that the application has made with `redis` and connected: of
 * one server, of a cluster, of sentinels, or a pool. A client of the application's stays open. The server's clock has no part
 * in what is locked; the clean-up deletes what has expired. A server that would forget locks to make room is refused.
 *
 * @example
 * createAuth({ ...options, throttles: redisThrottles('redis://localhost') })
 *
 * @throws {TypeError} for a location or an option that cannot be used, and for a missing `redis`
 */
export function redisThrottles(location: string | RedisClient, options: RedisThrottlesOptions = {}): SharedThrottles {
  const { connectTimeoutMilliseconds, answerTimeoutMilliseconds } = readLimits(options, DEFAULTS)
  const names = redisNames(options.keyPrefix ?? 'portress')
  const send = scriptSender(answerTimeoutMilliseconds)
  const greet: Greet = async (client) => {
    assertLasting(await send(client, SCRIPTS.check, { keys: [...names.all, names.check], values: [] }))
  }
  const { connection, description } =
    typeof location === 'string'
      ? connectTo(location, connectTimeoutMilliseconds, greet)
      : useClient(location, options, greet)
  const asking = askerOf(connection)
  const run: RunScript = (script, keys, values) => asking((client) => send(client, script, { keys, values }))
  const throttles = scriptedThrottles(run, names)
  const work = workUnderWay()
  return {
    description,
    update: (keys, step) => work.add(() => throttles.update(keys, step)),
    delete: (keys) => work.add(() => throttles.delete(keys)),
    deleteByPrefix: (prefix) => work.add(() => throttles.deleteByPrefix(prefix)),
    listLocked: (now, limit, after) => work.add(() => throttles.listLocked(now, limit, after)),
    purge: (now, cap) => work.add(() => throttles.purge(now, cap)),
    check: () => work.add(() => asking(greet)),
    async close() {
      await work.end()
      await connection.close()
    },
  }
}

/** Only what is given a time to live goes under the other policies, and nothing is. */
function assertLasting(policy: unknown): void {
  if (!String(policy).startsWith('allkeys')) return
  const words = `its maxmemory-policy is ${String(policy)}, so it would forget locks to make room; set it to noeviction`
  throw unavailable(new Error(`the Redis server must not be used: ${words}`))
}

interface Place {
  readonly connection: RedisConnection
  readonly description: string
}

function connectTo(location: string, connectTimeout: number, greet: Greet): Place {
  const { url, description } = redisLocation(location)
  const { createClient } = loadRedis()
  const newClient = () =>
    createClient({ url, disableOfflineQueue: true, socket: { connectTimeout, reconnectStrategy: false } })
  return { connection: ownConnection({ newClient, greet, patienceMilliseconds: connectTimeout }), description }
}

function useClient(client: RedisClient, options: RedisThrottlesOptions, greet: Greet): Place {
  const shape: Partial<RedisClient> | null | undefined = client
  if (typeof shape?.evalSha !== 'function' || typeof shape.eval !== 'function') {
    throw new TypeError('redisThrottles() takes a URL, or a client of the package "redis"')
  }
  if (options.connectTimeoutMilliseconds !== undefined) {
    throw new TypeError('connectTimeoutMilliseconds is for a client that is made here; set it on your own client')
  }
  return { connection: foreignConnection(client, greet), description: 'the application’s client of Redis' }
}

type Ask = <T>(work: (client: RedisClient) => Promise<T>) => Promise<T>

/** Finds a client for the work, and puts what goes wrong into the words of the contract. */
function askerOf(connection: RedisConnection): Ask {
  return async (work) => {
    const client = await connection.get()
    try {
      return await work(client)
    } catch (error) {
      if (error instanceof OverdueAnswer) connection.giveUp(client)
      throw translateRedisError(error)
    }
  }
}

interface Limits {
  readonly connectTimeoutMilliseconds: number
  readonly answerTimeoutMilliseconds: number
}

const DEFAULTS: Limits = { connectTimeoutMilliseconds: 2000, answerTimeoutMilliseconds: 2000 }
