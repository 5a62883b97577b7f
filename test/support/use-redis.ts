import { afterAll, beforeAll, beforeEach } from 'vitest'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

/** A server for all tests of a file. Where there is no Redis they are left out, and `what` says which they were. */
export function useRedis(what: string, settings: readonly string[] = []): () => RedisServer {
  let server: RedisServer | undefined
  beforeAll(async () => {
    if (hasRedis()) server = await startRedis(settings)
    else process.stderr.write(`Left out, because Redis is not installed: ${what}\n`)
  })
  beforeEach(({ skip }) => {
    if (server === undefined) skip('Redis is not installed')
  })
  afterAll(() => server?.remove())
  return () => {
    if (server === undefined) throw new Error('Redis is not installed')
    return server
  }
}
