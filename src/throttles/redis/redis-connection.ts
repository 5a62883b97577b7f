import { AuthError } from '../../errors.ts'
import type { OwnRedisClient, RedisClient } from './redis-client.ts'
import { translateRedisError, unavailable } from './redis-errors.ts'
import { within } from './within.ts'

/** Where scripts are sent to. */
export interface RedisConnection {
  /** A client that is connected. @throws {AuthError} `unavailable` */
  get(): Promise<RedisClient>
  /** An answer is overdue: what was asked of the client may never be answered. */
  giveUp(client: RedisClient): void
  close(): Promise<void>
}

/** Asks a server that was just found whether it can be used, and throws where not. */
export type Greet = (client: RedisClient) => Promise<void>

export interface OwnConnectionOptions {
  readonly newClient: () => OwnRedisClient
  readonly greet: Greet
  /** How long it may take until a new client can be used. */
  readonly patienceMilliseconds: number
}

/**
 * A connection of our own. It is made when it is needed and made again when it was lost, by whoever comes next: nothing waits
 * in a queue for a server that is away.
 */
export function ownConnection({ newClient, greet, patienceMilliseconds }: OwnConnectionOptions): RedisConnection {
  let connecting: Promise<OwnRedisClient> | null = null
  let live: OwnRedisClient | null = null
  async function connect(): Promise<OwnRedisClient> {
    const client = newClient()
    // What is asked of it fails by itself; unheard, the event would end the process.
    client.on('error', () => undefined)
    try {
      // The driver's own limit is for the connection alone: a server that stands still takes one and says nothing.
      await within(patienceMilliseconds, client.connect())
      await greet(client)
      live = client
      return client
    } catch (error) {
      client.destroy()
      // Whatever the server says to somebody who comes, such as that there are too many: it is out of reach.
      throw error instanceof TypeError || error instanceof AuthError ? error : unavailable(error)
    } finally {
      connecting = null
    }
  }
  return {
    async get() {
      if (live?.isReady) return live
      connecting ??= connect()
      return connecting
    },
    giveUp(client) {
      if (client !== live) return
      live.destroy()
      live = null
    },
    async close() {
      const closing = live
      live = null
      if (closing?.isReady) await closing.close()
    },
  }
}

/** The application's client, which it connects, and which stays open. */
export function foreignConnection(client: RedisClient, greet: Greet): RedisConnection {
  let greeting: Promise<void> | null = null
  async function greetOnce(): Promise<void> {
    greeting ??= greet(client)
    try {
      await greeting
    } catch (error) {
      greeting = null
      throw translateRedisError(error)
    }
  }
  return {
    async get() {
      // The driver would keep what is asked until there is a connection, however long that takes.
      if (client.isReady === false) throw unavailable(new Error('the application’s client of Redis is not connected'))
      await greetOnce()
      return client
    },
    giveUp: () => undefined,
    close: () => Promise.resolve(),
  }
}
