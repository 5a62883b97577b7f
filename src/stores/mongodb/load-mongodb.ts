import { createRequire } from 'node:module'
import type { MongoClient, MongoClientOptions } from './mongo-driver.ts'

interface Mongodb {
  readonly MongoClient: new (url: string, options: MongoClientOptions) => MongoClient
}

/**
 * Loads the optional peer `mongodb` when a store opens and not before.
 *
 * @throws {TypeError} where it is not installed
 */
export function loadMongodb(load: () => unknown = requireMongodb): Mongodb {
  try {
    return load() as Mongodb
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
    throw new TypeError('the MongoDB store needs the package "mongodb"; add it with `npm install mongodb`', {
      cause: error,
    })
  }
}

function requireMongodb(): unknown {
  return createRequire(import.meta.url)('mongodb')
}
