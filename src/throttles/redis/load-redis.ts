import { createRequire } from 'node:module'
import type { OwnClientOptions, OwnRedisClient } from './redis-client.ts'

interface Redis {
  readonly createClient: (options: OwnClientOptions) => OwnRedisClient
}

/**
 * Loads the optional peer `redis`.
 *
 * @throws {TypeError} where it is not installed
 */
export function loadRedis(load: () => unknown = requireRedis): Redis {
  try {
    return load() as Redis
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
    throw new TypeError('locks on Redis need the package "redis"; add it with `npm install redis`', { cause: error })
  }
}

function requireRedis(): unknown {
  return createRequire(import.meta.url)('redis')
}
