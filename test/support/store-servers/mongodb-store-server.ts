import { MongoClient } from 'mongodb'
import { mongodb } from '../../../src/stores/mongodb/index.ts'
import type { StoreServer } from './store-server.ts'

/** Databases of one server. */
export function mongodbStoreServer(url: string): StoreServer {
  // One client for all stores of the process: connecting takes longer than most tests.
  const client = new MongoClient(url)
  return {
    storeIn: (place) => mongodb(client, { database: place }),
    async createPlace(place) {
      await client.db(place).dropDatabase()
    },
    async listTables(place) {
      const collections = await client.db(place).listCollections({}, { nameOnly: true }).toArray()
      return collections.map(({ name }) => name).filter((name) => !name.endsWith('schema_migrations'))
    },
    async empty(place, tables) {
      await Promise.all(tables.map((name) => client.db(place).collection(name).deleteMany({})))
    },
  }
}
