import type { StoreFactory } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { redisThrottles } from '../../src/throttles/redis/index.ts'

/** A store in memory whose counts and locks are on a Redis server. */
export function countedOnRedis(location: string): StoreFactory {
  return {
    open(schema) {
      const store = sqlite(':memory:').open(schema)
      const throttles = redisThrottles(location)
      const close = async (): Promise<void> => {
        await throttles.close()
        await store.close()
      }
      return { ...store, throttles, close }
    },
  }
}
