import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import type { Store, StoreSchema } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { storeConformance } from '../../src/testing/store-conformance/store-conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('sqlite in memory', () => {
  storeConformance({ newStore: (schema) => sqlite(':memory:').open(schema) })
})

describe('sqlite in a file, with the migrations that were drafted for it', () => {
  storeConformance({ newStore: openMigrated })
})

let databases = 0

async function openMigrated(schema: StoreSchema): Promise<Store> {
  databases += 1
  const migrationsFolder = mkdtempSync(join(folder, 'migrations-'))
  const store = sqlite(join(folder, `${databases}.db`), { durability: 'normal' }).open({ ...schema, migrationsFolder })
  const draft = await store.migrations.draft({ dropUndeclared: false })
  if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
  await store.migrations.apply()
  return store
}
