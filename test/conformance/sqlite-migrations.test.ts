import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MigrationDraft, Store, StoreSchema } from '../../src/contracts/store.ts'
import { field } from '../../src/model/declare-field.ts'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { insertNamed, insertUser, PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'

const BUILT_IN = BUILT_IN_MIGRATIONS.map(({ name }) => name)

const folder = mkdtempSync(join(tmpdir(), 'portress-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

let location: string
let migrationsFolder: string
const opened: Store[] = []
beforeEach(() => {
  migrationsFolder = mkdtempSync(join(folder, 'files-'))
  location = `${migrationsFolder}.db`
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(fields: StoreSchema['fields'] = {}, changes: Partial<StoreSchema> = {}): Store {
  const store = sqlite(location).open({ ...PLAIN_SCHEMA, migrationsFolder, fields, ...changes })
  opened.push(store)
  return store
}

/** Drafts, keeps the file, applies it. */
async function migrate(store: Store, dropUndeclared = false): Promise<MigrationDraft | null> {
  const draft = await store.migrations.draft({ dropUndeclared })
  if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
  await store.migrations.apply()
  return draft
}

function runSql(sql: string): void {
  const database = new DatabaseSync(location)
  database.exec(sql)
  database.close()
}

const statementsOf = (draft: MigrationDraft | null) => draft?.text.split('\n').slice(3).join('\n')

describe('status', () => {
  it('says what a new database needs without changing it', async () => {
    const store = open()
    const { applied, pending, problems } = await store.migrations.status()
    expect({ applied, problems }).toEqual({ applied: [], problems: [] })
    expect(pending.map(({ name }) => name)).toEqual([...BUILT_IN])
    expect(pending[0]?.statements[0]).toContain(
      'CREATE TABLE "portress_users" (\n  "id" INTEGER PRIMARY KEY AUTOINCREMENT',
    )
    expect((await store.migrations.status()).pending).toHaveLength(1)
  })

  it('tells of declared fields that no file brings', async () => {
    expect((await open({ nick: field.text() }).migrations.status()).problems).toEqual([
      'declared fields need a new migration',
    ])
    await open().migrations.apply()
    const store = open({ nick: field.text({ unique: true }) }, { profiles: { author: { bio: field.text() } } })
    expect((await store.migrations.status()).problems).toEqual([
      'the column portress_users.nick is missing',
      'the column portress_users.nick_key is missing',
      'the table portress_profile_author is missing',
    ])
  })

  it('tells when an index that carries a rule is gone', async () => {
    const store = open({ nick: field.text({ unique: true }), badge: field.number({ unique: true }) })
    await migrate(store)
    const rules = ['users_username_key', 'users_email_key', 'sessions_digest', 'users_nick_key', 'users_badge']
    for (const rule of rules) runSql(`DROP INDEX portress_${rule}_unique`)
    expect(new Set((await store.migrations.status()).problems)).toEqual(
      new Set(rules.map((rule) => `the unique index on portress_${rule.replace('_', '.')} is missing`)),
    )
  })

  it('does not take an index for a rule that covers only some rows or compares otherwise', async () => {
    const store = open()
    await store.migrations.apply()
    runSql(`DROP INDEX portress_users_username_key_unique; DROP INDEX portress_users_email_key_unique;
      CREATE UNIQUE INDEX a ON portress_users (username_key) WHERE status = 'active';
      CREATE UNIQUE INDEX b ON portress_users (username_key, email_key);
      CREATE UNIQUE INDEX c ON portress_users (email_key COLLATE NOCASE);`)
    expect((await store.migrations.status()).problems).toHaveLength(2)
  })

  it('tells when an applied file has changed, and applies nothing more', async () => {
    const store = open({ nick: field.text() })
    await migrate(store)
    const file = join(migrationsFolder, '0001_add_nick.sql')
    writeFileSync(file, `${readFileSync(file, 'utf8')}-- changed\n`)
    writeFileSync(join(migrationsFolder, '0002_more.sql'), 'CREATE TABLE more (id INTEGER);')
    expect((await store.migrations.status()).problems[0]).toContain(
      '0001_add_nick.sql is not the text that was applied',
    )
    await expect(store.migrations.apply()).rejects.toThrow('0001_add_nick.sql is not the text that was applied')
    expect((await store.migrations.status()).applied).toEqual([...BUILT_IN, '0001_add_nick.sql'])
  })

  it('takes other line ends for the same text', async () => {
    const store = open({ nick: field.text() })
    await migrate(store)
    const file = join(migrationsFolder, '0001_add_nick.sql')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect((await store.migrations.status()).problems).toEqual([])
  })

  it('has nothing against what a newer release has applied', async () => {
    const newer = open({ nick: field.text() })
    await migrate(newer)
    const older = open({}, { migrationsFolder: null })
    expect(await older.migrations.status()).toEqual({
      applied: [...BUILT_IN, '0001_add_nick.sql'],
      pending: [],
      problems: [],
    })
    expect(await insertNamed(older, 'ann')).toMatchObject({ fields: {} })
  })

  it('sees a database whose kind of ids was changed', async () => {
    await open().migrations.apply()
    expect((await open({}, { ids: 'uuid' }).migrations.status()).problems).toHaveLength(1)
  })
})

describe('draft', () => {
  it('writes readable SQL for fields of every kind', async () => {
    const store = open({
      description: field.text({ default: "it's none" }),
      inviteCode: field.text({ unique: true }),
      score: field.number({ default: 0.5 }),
      visits: field.number({ integer: true, unique: true }),
      likesMail: field.boolean({ default: true }),
      bornAt: field.date({ default: new Date(1000) }),
      plan: field.enum({ choices: ['free', 'paid'], required: true }),
      settings: field.json({ default: { a: ["'"] } }),
    })
    const draft = await store.migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0001_add_description_and_7_more.sql')
    expect(statementsOf(draft)).toBe(
      `ALTER TABLE "portress_users" ADD COLUMN "description" TEXT DEFAULT 'it''s none';
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
    )
  })

  it('writes a table for a profile', async () => {
    const profiles = { bookAuthor: { penName: field.text({ unique: true }), books: field.number({ default: 0 }) } }
    const draft = await open({}, { profiles }).migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0001_add_portress_profile_book_author.sql')
    expect(statementsOf(draft)).toBe(
      `CREATE TABLE "portress_profile_book_author" (
  "user_id" INTEGER REFERENCES "portress_users" ("id") ON DELETE CASCADE PRIMARY KEY NOT NULL,
  "pen_name" TEXT,
  "pen_name_key" TEXT,
  "books" REAL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX "portress_profile_book_author_pen_name_key_unique" ON "portress_profile_book_author" ("pen_name_key");
`,
    )
  })

  it('gives users that are there already the default, or nothing', async () => {
    await open().migrations.apply()
    const { id } = await insertNamed(open(), 'ann')
    const store = open({ plan: field.text({ default: 'free' }), badge: field.text({ required: true }) })
    await migrate(store)
    expect(await store.users.findById(id)).toMatchObject({ fields: { plan: 'free', badge: null } })
  })

  it('adds only what the files do not bring yet, and then nothing', async () => {
    await migrate(open({ nick: field.text() }))
    const store = open({ nick: field.text(), age: field.number() })
    const draft = await migrate(store)
    expect(draft?.fileName).toBe('0002_add_age.sql')
    expect(statementsOf(draft)).toBe('ALTER TABLE "portress_users" ADD COLUMN "age" REAL;\n')
    expect(await store.migrations.draft({ dropUndeclared: false })).toBeNull()
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  })

  it('reads past files that were written by hand and carry no snapshot', async () => {
    await migrate(open({ nick: field.text() }))
    writeFileSync(join(migrationsFolder, '0007_by_hand.sql'), 'UPDATE portress_users SET nick = username;')
    expect(await open({ nick: field.text() }).migrations.draft({ dropUndeclared: false })).toBeNull()
    const draft = await open({ nick: field.text(), age: field.number() }).migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0008_add_age.sql')
  })

  it('keeps what is no longer declared, and says so', async () => {
    const profiles = { author: { bio: field.text() } }
    await migrate(open({ nick: field.text() }, { profiles }))
    const store = open({ age: field.number() })
    const draft = await migrate(store)
    expect(draft).toMatchObject({ kept: ['portress_users.nick', 'portress_profile_author'], dropped: [] })
    expect(await store.migrations.draft({ dropUndeclared: false })).toBeNull()
    expect(await open({ nick: field.text() }, { profiles }).migrations.draft({ dropUndeclared: false })).toBeNull()
  })

  it('drops what is no longer declared when it is told to', async () => {
    const profiles = { author: { bio: field.text(), age: field.number() } }
    await migrate(open({ nick: field.text({ unique: true }), age: field.number({ unique: true }) }, { profiles }))
    const store = open({}, { profiles: { author: { age: field.number() } } })
    const draft = await migrate(store, true)
    expect(draft).toMatchObject({
      fileName: '0002_drop_nick_and_drop_age_and_drop_bio.sql',
      kept: [],
      dropped: ['portress_users.nick', 'portress_users.age', 'portress_profile_author.bio'],
    })
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
    expect((await migrate(open(), true))?.dropped).toEqual(['portress_profile_author'])
    expect(await open().migrations.draft({ dropUndeclared: true })).toBeNull()
  })

  it('takes the rule away from a field that is unique no more', async () => {
    await migrate(open({ nick: field.text({ unique: true }) }))
    const store = open({ nick: field.text() })
    expect(statementsOf(await migrate(store))).toBe('DROP INDEX "portress_users_nick_key_unique";\n')
    await insertNamed(store, 'ann', { fields: { nick: 'same' } })
    await insertNamed(store, 'bob', { fields: { nick: 'same' } })
  })

  it('makes a number unique that was not', async () => {
    await migrate(open({ badge: field.number() }))
    const store = open({ badge: field.number({ unique: true }) })
    expect((await migrate(store))?.fileName).toBe('0002_unique_badge.sql')
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  })

  it('leaves changes that would convert values to people', async () => {
    await migrate(open({ value: field.text(), count: field.number(), nick: field.text() }))
    const changed = {
      'value is text': { value: field.number(), count: field.number(), nick: field.text() },
      'count is number': { value: field.text(), count: field.number({ integer: true }), nick: field.text() },
      'nick becomes unique': { value: field.text(), count: field.number(), nick: field.text({ unique: true }) },
    }
    for (const [problem, fields] of Object.entries(changed)) {
      const draft = open(fields).migrations.draft({ dropUndeclared: true })
      await expect(draft).rejects.toThrow(new RegExp(`portress_users.${problem}.*write this migration by hand`))
    }
  })

  it('refuses a snapshot that somebody has damaged', async () => {
    writeFileSync(join(migrationsFolder, '0001_broken.sql'), '-- portress-snapshot: {"fields":\n')
    await expect(open().migrations.draft({ dropUndeclared: false })).rejects.toThrow('0001_broken.sql is damaged')
  })
})

describe('apply', () => {
  it('tells what it applied, and does nothing the second time', async () => {
    writeFileSync(join(migrationsFolder, '0001_one.sql'), 'CREATE TABLE one (id INTEGER);')
    writeFileSync(join(migrationsFolder, 'readme.txt'), 'no migration')
    expect(await open().migrations.apply()).toEqual([...BUILT_IN, '0001_one.sql'])
    expect(await open().migrations.apply()).toEqual([])
  })

  it('applies a file that arrived late, whatever its number', async () => {
    writeFileSync(join(migrationsFolder, '0002_two.sql'), 'CREATE TABLE two (id INTEGER);')
    await open().migrations.apply()
    writeFileSync(join(migrationsFolder, '0001_one.sql'), 'CREATE TABLE one (id INTEGER);')
    expect(await open().migrations.apply()).toEqual(['0001_one.sql'])
  })

  it('leaves nothing behind of a migration that fails, and keeps the ones before it', async () => {
    writeFileSync(join(migrationsFolder, '0001_good.sql'), 'CREATE TABLE good (id INTEGER);')
    writeFileSync(join(migrationsFolder, '0002_bad.sql'), 'CREATE TABLE half (id INTEGER);\nCREATE TABEL oops;')
    const store = open()
    await expect(store.migrations.apply()).rejects.toThrow('the migration 0002_bad.sql failed: near "TABEL"')
    const { applied, pending } = await store.migrations.status()
    expect(applied).toEqual([...BUILT_IN, '0001_good.sql'])
    expect(pending.map(({ name }) => name)).toEqual(['0002_bad.sql'])
    runSql('CREATE TABLE half (id INTEGER)')
  })

  it('does not list a file that ends its own transaction', async () => {
    writeFileSync(join(migrationsFolder, '0001_commit.sql'), 'CREATE TABLE one (id INTEGER); COMMIT;')
    const store = open()
    await expect(store.migrations.apply()).rejects.toThrow('0001_commit.sql failed: the script ended the transaction')
    expect((await store.migrations.status()).applied).toEqual([...BUILT_IN])
  })

  it('works where the folder is not there', async () => {
    expect(await open({}, { migrationsFolder: join(migrationsFolder, 'none') }).migrations.apply()).toEqual([
      ...BUILT_IN,
    ])
  })
})

describe('a database in memory', () => {
  it('has files and declared fields as soon as it is open', async () => {
    await migrate(open({ nick: field.text() }))
    const fields = { nick: field.text(), age: field.number({ default: 3 }) }
    const store = sqlite(':memory:').open({ ...PLAIN_SCHEMA, migrationsFolder, fields })
    opened.push(store)
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
    expect(await insertUser(store)).toMatchObject({ fields: { nick: null, age: 3 } })
    expect(await store.migrations.apply()).toEqual([])
  })
})

describe('a declared field', () => {
  it('cannot have the column of another', () => {
    expect(() => open({ usernameKey: field.text() })).toThrow(
      new TypeError('the field "usernameKey" needs the column "username_key", which exists already'),
    )
    expect(() => open({ nickKey: field.text(), nick: field.text({ unique: true }) })).toThrow(TypeError)
    const profiles = { author: { userId: field.text() } }
    expect(() => open({}, { profiles })).toThrow('the field "userId" needs the column "user_id"')
  })
})
