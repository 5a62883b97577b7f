import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import type { Store, StoreFactory, StoreSchema } from '../../src/contracts/store.ts'
import { postgres } from '../../src/stores/postgres/index.ts'
import { storeConformance } from '../../src/testing/store-conformance/store-conformance.ts'
import { hasPostgres, runSql } from '../support/postgres-server.ts'
import { usePostgres } from '../support/use-postgres.ts'

const server = usePostgres('the conformance of the PostgreSQL store')

const folder = mkdtempSync(join(tmpdir(), 'portress-postgres-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

let database: string
beforeAll(async () => {
  if (hasPostgres()) database = await server().createDatabase()
})

/** A schema of a test's own, which is much sooner made than a database. */
interface TestSchema {
  readonly name: string
  readonly migrationsFolder: string
}

/** Migrated schemas whose tests are over, by what they were migrated for. */
const free = new Map<string, TestSchema[]>()

let schemas = 0

async function createSchema(): Promise<TestSchema> {
  schemas += 1
  const name = `Test ${schemas}`
  await runSql(database, `CREATE SCHEMA "${name}"`)
  return { name, migrationsFolder: mkdtempSync(join(folder, 'migrations-')) }
}

/** Emptied, which is sooner done than migrated. */
async function reuseSchema(schema: TestSchema): Promise<TestSchema> {
  const tables = `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables
    WHERE schemaname = '${schema.name}' AND tablename NOT LIKE '%schema_migrations'`
  const empty = `EXECUTE 'TRUNCATE ' || (${tables}) || ' RESTART IDENTITY CASCADE'`
  await runSql(database, `DO $$ BEGIN ${empty}; END $$`)
  return schema
}

/** The same database, in which tables without a schema are in this one. */
function searching(schema: string): string {
  const options = `-c search_path="${schema.replaceAll(' ', '\\ ')}"`
  return `${database}?${new URLSearchParams({ options }).toString()}`
}

/** An empty store that is migrated for the declared fields. */
async function openMigrated(factoryIn: (schema: string) => StoreFactory, given: StoreSchema): Promise<Store> {
  const kind = JSON.stringify([factoryIn.name, given])
  const used = free.get(kind)?.pop()
  const { name, migrationsFolder } = used ? await reuseSchema(used) : await createSchema()
  const store = factoryIn(name).open({ ...given, migrationsFolder })
  if (!used) {
    const draft = await store.migrations.draft({ dropUndeclared: false })
    if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
    await store.migrations.apply()
  }
  onTestFinished(() => void free.set(kind, [...(free.get(kind) ?? []), { name, migrationsFolder }]))
  return store
}

describe('postgres', () => {
  const searched = (schema: string) => postgres(searching(schema))
  storeConformance({ newStore: (schema) => openMigrated(searched, schema) })
})

describe('postgres on one connection of the application that keeps no statements, in a schema, under other names', () => {
  const naming = {
    prefix: 'app_',
    tables: { users: 'auth_user', sessions: 'order' },
    columns: { users: { passwordHash: 'password', emailKey: 'group' }, sessions: { digest: 'select "x"' } },
  }
  let pool: Pool
  beforeAll(() => {
    pool = new Pool({ connectionString: database, max: 1 })
  })
  // Every store of this suite has closed by now, and the pool must still be open.
  afterAll(() => pool?.end())
  const named = (schema: string) => postgres(pool, { schema, naming, preparedStatements: false })
  storeConformance({ newStore: (schema) => openMigrated(named, schema) })
})
