import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import type { Store, StoreSchema } from '../../src/contracts/store.ts'
import { resolveNaming } from '../../src/stores/sql/naming.ts'
import { sqlStore } from '../../src/stores/sql/sql-store.ts'
import { userModel } from '../../src/stores/sql/user-model.ts'
import { sqliteEngine } from '../../src/stores/sqlite/sqlite-engine.ts'
import { storeConformance } from '../../src/testing/store-conformance/store-conformance.ts'
import { awaitingDatabase } from './awaiting-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-engines-'))
afterAll(() => rmSync(folder, { recursive: true }))

const naming = resolveNaming({
  prefix: 'app_',
  tables: { users: 'auth_user', sessions: 'order' },
  columns: { users: { passwordHash: 'password', emailKey: 'group' }, sessions: { digest: 'select "x"' } },
})

describe('the shared SQL on a driver that is awaited, without RETURNING, under other names', () => {
  storeConformance({ newStore: openMigrated })
})

async function openMigrated(schema: StoreSchema): Promise<Store> {
  const migrationsFolder = mkdtempSync(join(folder, 'migrations-'))
  const plan = { model: userModel(schema, naming), folder: migrationsFolder }
  const store = sqlStore(awaitingDatabase({ ...sqliteEngine, returning: false }), plan)
  const draft = await store.migrations.draft({ dropUndeclared: false })
  if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
  await store.migrations.apply()
  return store
}
