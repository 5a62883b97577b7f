import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import type { Store, StoreFactory, StoreSchema } from '../../src/contracts/store.ts'
import { mongodb } from '../../src/stores/mongodb/index.ts'
import { storeConformance } from '../../src/testing/store-conformance/store-conformance.ts'
import { hasMongodb, withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'

const server = useMongodb('the conformance of the MongoDB store')

const folder = mkdtempSync(join(tmpdir(), 'portress-mongodb-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A database of a test's own. */
interface TestDatabase {
  readonly name: string
  readonly migrationsFolder: string
}

/** Migrated databases whose tests are over, by what they were migrated for. */
const free = new Map<string, TestDatabase[]>()

let databases = 0

function createDatabase(): TestDatabase {
  databases += 1
  return { name: `conformance_${databases}`, migrationsFolder: mkdtempSync(join(folder, 'migrations-')) }
}

/** Emptied, which is sooner done than migrated. */
async function reuseDatabase(used: TestDatabase): Promise<TestDatabase> {
  await withDatabase(server().url(used.name), async (db) => {
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
      if (!name.endsWith('schema_migrations')) await db.collection(name).deleteMany({})
    }
  })
  return used
}

/** An empty store that is migrated for the declared fields. */
async function openMigrated(factoryOf: (name: string) => StoreFactory, given: StoreSchema): Promise<Store> {
  const kind = JSON.stringify([factoryOf.name, given])
  const used = free.get(kind)?.pop()
  const database = used ? await reuseDatabase(used) : createDatabase()
  const { name, migrationsFolder } = database
  const store = factoryOf(name).open({ ...given, migrationsFolder })
  if (!used) {
    const draft = await store.migrations.draft({ dropUndeclared: false })
    if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
    await store.migrations.apply()
  }
  onTestFinished(() => void free.set(kind, [...(free.get(kind) ?? []), database]))
  return store
}

describe('mongodb', () => {
  const named = (name: string) => mongodb(server().url(name))
  storeConformance({ newStore: (schema) => openMigrated(named, schema) })
})

describe('mongodb on one connection of a client of the application, under other names', () => {
  const naming = {
    prefix: 'app_',
    collections: { users: 'auth_user', sessions: 'order' },
    fields: {
      users: { passwordHash: 'password', emailKey: 'group' },
      codes: { digest: 'the digest', purpose: 'select "x"' },
    },
  }
  let client: MongoClient
  beforeAll(() => {
    // What an application has chosen for itself must not matter.
    if (hasMongodb())
      client = new MongoClient(server().url(''), { maxPoolSize: 1, useBigInt64: true, promoteBuffers: false })
  })
  // Every store of this suite has closed by now, and the client must still be open.
  afterAll(() => client?.close())
  const foreign = (name: string) => mongodb(client.db(name), { naming })
  storeConformance({ newStore: (schema) => openMigrated(foreign, schema) })
})
