import type { StoreFactory } from '../../src/contracts/store.ts'
import { mongodb } from '../../src/stores/mongodb/index.ts'
import { mysql } from '../../src/stores/mysql/index.ts'
import { postgres } from '../../src/stores/postgres/index.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { countedOnRedis } from './counted-on-redis.ts'

/** Hundreds wait for one row in races, on a machine that has other tests to run. What waits too long is tested with the faults. */
const PATIENT = { connectTimeoutMilliseconds: 30_000, statementTimeoutMilliseconds: 30_000 }

/** The store of whichever engine the location names. */
export function storeAt(location: string): StoreFactory {
  if (location.startsWith('redis:')) return countedOnRedis(location)
  if (location.startsWith('mongodb:')) return mongodb(location)
  if (location.startsWith('postgres:')) return postgres(location, PATIENT)
  return location.startsWith('mysql:') ? mysql(location, PATIENT) : sqlite(location)
}
