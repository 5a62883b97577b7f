import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { MigrationDraft, Store, StoreSchema } from '../../src/contracts/store.ts'
import { PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { storeAt } from '../support/store-at.ts'

/** An SQL engine whose migrations are looked at. */
export interface MigratedEngine {
  /** An empty database for each test. */
  readonly newLocation: () => string | Promise<string>
  /** Runs statements past the store. */
  readonly runSql: (location: string, sql: string) => unknown
  readonly words: EngineWords
}

/** What the engine writes and says. */
export interface EngineWords {
  quote(name: string): string
  /** The statement that drops an index. */
  dropIndex(table: string, name: string): string
  /** Whether a migration that fails is undone as a whole. */
  readonly undoesMigrations: boolean
  /** The type of a key that draws numbers. */
  readonly sequenceKey: string
  /** The type of a field that is a number. */
  readonly number: string
  readonly fieldsOfEveryKind: string
  readonly profile: string
  /** Replaces the rules for user names and addresses by indexes that keep no two users from sharing one. */
  readonly indexesWithoutRule: string
  /** The beginning of what it has against `CREATE TABEL`. */
  readonly syntaxError: string
}

/** What one test works with. */
export interface MigratedDatabase {
  readonly words: EngineWords
  readonly migrationsFolder: string
  /** Closes with the test. */
  open(fields?: StoreSchema['fields'], changes?: Partial<StoreSchema>): Store
  /** Drafts, keeps the file, applies it. */
  migrate(store: Store, dropUndeclared?: boolean): Promise<MigrationDraft | null>
  runSql(sql: string): unknown
}

/** @param folder that goes with the tests */
export function migratedDatabase(engine: MigratedEngine, folder: string, location: string): MigratedDatabase {
  const migrationsFolder = mkdtempSync(join(folder, 'files-'))
  return {
    words: engine.words,
    migrationsFolder,
    open(fields = {}, changes = {}) {
      const store = storeAt(location).open({ ...PLAIN_SCHEMA, migrationsFolder, fields, ...changes })
      onTestFinished(() => store.close())
      return store
    },
    async migrate(store, dropUndeclared = false) {
      const draft = await store.migrations.draft({ dropUndeclared })
      if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
      await store.migrations.apply()
      return draft
    },
    runSql: (sql) => engine.runSql(location, sql),
  }
}
