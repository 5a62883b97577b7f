import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoreSchema } from '../../src/contracts/store.ts'
import { field } from '../../src/model/declare-field.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { insertUser, PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { sqlMigrationTests } from './sql-migration-tests.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

let databases = 0

describe('migrations of a file', () => {
  sqlMigrationTests({
    newLocation() {
      databases += 1
      return join(folder, `${databases}.db`)
    },
    runSql(location, sql) {
      const database = new DatabaseSync(location)
      database.exec(sql)
      database.close()
    },
    words: {
      quote: (name) => `"${name}"`,
      dropIndex: (_table, name) => `DROP INDEX "${name}"`,
      undoesMigrations: true,
      sequenceKey: 'INTEGER PRIMARY KEY AUTOINCREMENT',
      number: 'REAL',
      syntaxError: 'near "TABEL"',
      indexesWithoutRule: `DROP INDEX portress_users_username_key_unique; DROP INDEX portress_users_email_key_unique;
      CREATE UNIQUE INDEX a ON portress_users (username_key) WHERE status = 'active';
      CREATE UNIQUE INDEX b ON portress_users (username_key, email_key);
      CREATE UNIQUE INDEX c ON portress_users (email_key COLLATE NOCASE);`,
      fieldsOfEveryKind: `ALTER TABLE "portress_users" ADD COLUMN "description" TEXT DEFAULT 'it''s none';
ALTER TABLE "portress_users" ADD COLUMN "invite_code" TEXT;
ALTER TABLE "portress_users" ADD COLUMN "invite_code_key" TEXT;
CREATE UNIQUE INDEX "portress_users_invite_code_key_unique" ON "portress_users" ("invite_code_key");
ALTER TABLE "portress_users" ADD COLUMN "score" REAL DEFAULT 0.5;
ALTER TABLE "portress_users" ADD COLUMN "visits" INTEGER;
CREATE UNIQUE INDEX "portress_users_visits_unique" ON "portress_users" ("visits");
ALTER TABLE "portress_users" ADD COLUMN "likes_mail" INTEGER DEFAULT 1;
ALTER TABLE "portress_users" ADD COLUMN "born_at" INTEGER DEFAULT 1000;
ALTER TABLE "portress_users" ADD COLUMN "plan" TEXT;
ALTER TABLE "portress_users" ADD COLUMN "settings" TEXT DEFAULT '{"a":["''"]}';
`,
      profile: `CREATE TABLE "portress_profile_book_author" (
  "user_id" INTEGER REFERENCES "portress_users" ("id") ON DELETE CASCADE PRIMARY KEY NOT NULL,
  "pen_name" TEXT,
  "pen_name_key" TEXT,
  "books" REAL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX "portress_profile_book_author_pen_name_key_unique" ON "portress_profile_book_author" ("pen_name_key");
`,
    },
  })
})

describe('a database in memory', () => {
  const open = (schema: StoreSchema) => sqlite(':memory:').open(schema)

  it('has files and declared fields as soon as it is open', async () => {
    const before = { ...PLAIN_SCHEMA, migrationsFolder: folder, fields: { nick: field.text() } }
    const drafted = await open(before).migrations.draft({ dropUndeclared: false })
    writeFileSync(join(folder, drafted?.fileName ?? ''), drafted?.text ?? '')
    const fields = { nick: field.text(), age: field.number({ default: 3 }) }
    const store = open({ ...before, fields })
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
    expect(await insertUser(store)).toMatchObject({ fields: { nick: null, age: 3 } })
    expect(await store.migrations.apply()).toEqual([])
  })
})
