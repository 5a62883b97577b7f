import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool, type Pool } from 'mysql2/promise'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import type { Store, StoreFactory, StoreSchema } from '../../src/contracts/store.ts'
import { mysql } from '../../src/stores/mysql/index.ts'
import { storeConformance } from '../../src/testing/store-conformance/store-conformance.ts'
import { PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { copyTables } from '../support/migrated-mysql.ts'
import { hasMysql } from '../support/mysql-server.ts'
import { useMysql } from '../support/use-mysql.ts'

const server = useMysql('the conformance of the MySQL store')

const folder = mkdtempSync(join(tmpdir(), 'portress-mysql-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

type FactoryIn = (database: string) => StoreFactory

/** A database of a test's own. */
interface TestDatabase {
  readonly name: string
  readonly migrationsFolder: string
}

/** Migrated databases whose tests are over, by what they were migrated for. */
const free = new Map<string, TestDatabase[]>()

/** The database with the built-in tables alone, by what they are called and by the kind of ids. */
const templates = new Map<string, string>()

/** Where the list of migrations is, by the kind of store. */
const LOGS: Readonly<Record<string, string>> = { plain: 'portress_schema_migrations', named: 'app_schema_migrations' }

/** With the built-in tables: copied, which is much sooner done than migrated. */
async function createDatabase(factoryIn: FactoryIn, { ids }: StoreSchema): Promise<TestDatabase> {
  const kind = `${factoryIn.name} ${ids}`
  const template = templates.get(kind) ?? (await migratedDatabase(factoryIn, ids))
  templates.set(kind, template)
  const name = await server().newDatabase()
  await copyTables(server(), template, name)
  await withStore(factoryIn(name), ids, async ({ migrations }) => {
    const rows = (await migrations.status()).pending.map((one) => `('${one.name}', '${one.checksum}', NOW())`)
    await server().asRoot(`INSERT INTO ${name}.${LOGS[factoryIn.name]} VALUES ${rows.join(', ')}`)
  })
  return { name, migrationsFolder: mkdtempSync(join(folder, 'migrations-')) }
}

async function migratedDatabase(factoryIn: FactoryIn, ids: StoreSchema['ids']): Promise<string> {
  const name = await server().newDatabase()
  await withStore(factoryIn(name), ids, (store) => store.migrations.apply())
  return name
}

async function withStore(
  factory: StoreFactory,
  ids: StoreSchema['ids'],
  work: (store: Store) => Promise<unknown>,
): Promise<void> {
  const store = factory.open({ ...PLAIN_SCHEMA, ids })
  await work(store)
  await store.close()
}

/** Emptied, which is sooner done than migrated. */
async function reuseDatabase(database: TestDatabase): Promise<TestDatabase> {
  const tables = await server().asRoot(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = '${database.name}' AND table_name NOT LIKE '%schema_migrations'`,
  )
  const emptied = tables.map(({ name }) => `DELETE FROM \`${database.name}\`.\`${name}\``)
  await server().asRoot(['SET foreign_key_checks = 0', ...emptied].join(';'))
  return database
}

/** An empty store that is migrated for the declared fields. */
async function openMigrated(factoryIn: FactoryIn, given: StoreSchema): Promise<Store> {
  const kind = JSON.stringify([factoryIn.name, given])
  const used = free.get(kind)?.pop()
  const { name, migrationsFolder } = used ? await reuseDatabase(used) : await createDatabase(factoryIn, given)
  const store = factoryIn(name).open({ ...given, migrationsFolder })
  if (!used) {
    const draft = await store.migrations.draft({ dropUndeclared: false })
    if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
    await store.migrations.apply()
  }
  onTestFinished(() => void free.set(kind, [...(free.get(kind) ?? []), { name, migrationsFolder }]))
  return store
}

describe('mysql on a server whose defaults are the worst', () => {
  const plain = (database: string) => mysql(server().url(database))
  storeConformance({ newStore: (schema) => openMigrated(plain, schema) })
})

describe('mysql on one connection of the application with settings of its own, in another database, under other names', () => {
  const naming = {
    prefix: 'app_',
    tables: { users: 'auth_user', sessions: 'order' },
    columns: { users: { passwordHash: 'password', emailKey: 'group' }, sessions: { digest: 'select `x"' } },
  }
  let pool: Pool
  beforeAll(async () => {
    if (!hasMysql()) return
    pool = createPool({
      uri: await server().createDatabase(),
      connectionLimit: 1,
      // What an application may set, and what the store must not depend on.
      flags: ['-FOUND_ROWS'],
      timezone: '-03:30',
      dateStrings: false,
      supportBigNumbers: true,
      bigNumberStrings: true,
      nestTables: true,
      namedPlaceholders: true,
      typeCast: (value, next) => (value.type === 'VAR_STRING' ? 'cast' : next()),
    })
    pool.on('connection', (connection) => connection.query("SET SESSION sql_mode = 'ANSI,STRICT_TRANS_TABLES'"))
  })
  // Every store of this suite has closed by now, and the pool must still be open.
  afterAll(() => pool?.end())
  const named = (database: string) => mysql(pool, { database, naming })
  storeConformance({ newStore: (schema) => openMigrated(named, schema) })
})
