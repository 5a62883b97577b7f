import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { MigrationDraft } from '../../src/contracts/store.ts'
import { field } from '../../src/model/declare-field.ts'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { insertNamed } from '../../src/testing/store-conformance/store-samples.ts'
import { type MigratedDatabase, type MigratedEngine, migratedDatabase } from './migrated-database.ts'

const BUILT_IN = BUILT_IN_MIGRATIONS.map(({ name }) => name)

type Rules = Readonly<Record<string, (database: MigratedDatabase) => unknown>>

/** What migrations do in every SQL engine. */
export function sqlMigrationTests(engine: MigratedEngine): void {
  const folder = mkdtempSync(join(tmpdir(), 'portress-migrations-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const [part, rules] of Object.entries({
    status: STATUS,
    draft: DRAFT,
    apply: APPLY,
    'a declared field': DECLARED,
  })) {
    describe(part, () => {
      for (const [name, rule] of Object.entries(rules)) {
        it(name, async () => rule(migratedDatabase(engine, folder, await engine.newLocation())))
      }
    })
  }
}

const statementsOf = (draft: MigrationDraft | null) => draft?.text.split('\n').slice(3).join('\n')

const STATUS: Rules = {
  'says what a new database needs without changing it': async ({ open, words }) => {
    const store = open()
    const { applied, pending, problems } = await store.migrations.status()
    expect({ applied, problems }).toEqual({ applied: [], problems: [] })
    expect(pending.map(({ name }) => name)).toEqual([...BUILT_IN])
    expect(pending[0]?.statements[0]).toContain(
      `CREATE TABLE ${words.quote('portress_users')} (\n  ${words.quote('id')} ${words.sequenceKey},`,
    )
    expect((await store.migrations.status()).pending).toHaveLength(BUILT_IN.length)
  },
  'tells of declared fields that no file brings': async ({ open }) => {
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
  },
  'tells when an index that carries a rule is gone': async ({ open, migrate, runSql, words }) => {
    const store = open({ nick: field.text({ unique: true }), badge: field.number({ unique: true }) })
    await migrate(store)
    const rules = ['users_username_key', 'users_email_key', 'sessions_digest', 'users_nick_key', 'users_badge']
    for (const rule of rules) {
      await runSql(words.dropIndex(`portress_${rule.split('_')[0]}`, `portress_${rule}_unique`))
    }
    expect(new Set((await store.migrations.status()).problems)).toEqual(
      new Set(rules.map((rule) => `the unique index on portress_${rule.replace('_', '.')} is missing`)),
    )
  },
  'does not take an index for a rule that covers only some rows or compares otherwise': async ({
    open,
    runSql,
    words,
  }) => {
    const store = open()
    await store.migrations.apply()
    await runSql(words.indexesWithoutRule)
    expect((await store.migrations.status()).problems).toHaveLength(2)
  },
  'tells when an applied file has changed, and applies nothing more': async ({ open, migrate, migrationsFolder }) => {
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
  },
  'takes other line ends for the same text': async ({ open, migrate, migrationsFolder }) => {
    const store = open({ nick: field.text() })
    await migrate(store)
    const file = join(migrationsFolder, '0001_add_nick.sql')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect((await store.migrations.status()).problems).toEqual([])
  },
  'has nothing against what a newer release has applied': async ({ open, migrate }) => {
    const newer = open({ nick: field.text() })
    await migrate(newer)
    const older = open({}, { migrationsFolder: null })
    expect(await older.migrations.status()).toEqual({
      applied: [...BUILT_IN, '0001_add_nick.sql'],
      pending: [],
      problems: [],
    })
    expect(await insertNamed(older, 'ann')).toMatchObject({ fields: {} })
  },
  'sees a database whose kind of ids was changed': async ({ open }) => {
    await open().migrations.apply()
    const { problems } = await open({}, { ids: 'uuid' }).migrations.status()
    expect(problems).toContainEqual(expect.stringMatching(/^0001_initial is not the text that was applied/))
  },
}

const DRAFT: Rules = {
  'writes readable SQL for fields of every kind': async ({ open, words }) => {
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
    expect(statementsOf(draft)).toBe(words.fieldsOfEveryKind)
  },
  'writes a table for a profile': async ({ open, words }) => {
    const profiles = { bookAuthor: { penName: field.text({ unique: true }), books: field.number({ default: 0 }) } }
    const draft = await open({}, { profiles }).migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0001_add_portress_profile_book_author.sql')
    expect(statementsOf(draft)).toBe(words.profile)
  },
  'gives users that are there already the default, or nothing': async ({ open, migrate }) => {
    await open().migrations.apply()
    const { id } = await insertNamed(open(), 'ann')
    const store = open({ plan: field.text({ default: 'free' }), badge: field.text({ required: true }) })
    await migrate(store)
    expect(await store.users.findById(id)).toMatchObject({ fields: { plan: 'free', badge: null } })
  },
  'adds only what the files do not bring yet, and then nothing': async ({ open, migrate, words }) => {
    await migrate(open({ nick: field.text() }))
    const store = open({ nick: field.text(), age: field.number() })
    const draft = await migrate(store)
    expect(draft?.fileName).toBe('0002_add_age.sql')
    expect(statementsOf(draft)).toBe(
      `ALTER TABLE ${words.quote('portress_users')} ADD COLUMN ${words.quote('age')} ${words.number};\n`,
    )
    expect(await store.migrations.draft({ dropUndeclared: false })).toBeNull()
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  },
  'reads past files that were written by hand and carry no snapshot': async ({ open, migrate, migrationsFolder }) => {
    await migrate(open({ nick: field.text() }))
    writeFileSync(join(migrationsFolder, '0007_by_hand.sql'), 'UPDATE portress_users SET nick = username;')
    expect(await open({ nick: field.text() }).migrations.draft({ dropUndeclared: false })).toBeNull()
    const draft = await open({ nick: field.text(), age: field.number() }).migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0008_add_age.sql')
  },
  'keeps what is no longer declared, and says so': async ({ open, migrate }) => {
    const profiles = { author: { bio: field.text() } }
    await migrate(open({ nick: field.text() }, { profiles }))
    const store = open({ age: field.number() })
    const draft = await migrate(store)
    expect(draft).toMatchObject({ kept: ['portress_users.nick', 'portress_profile_author'], dropped: [] })
    expect(await store.migrations.draft({ dropUndeclared: false })).toBeNull()
    expect(await open({ nick: field.text() }, { profiles }).migrations.draft({ dropUndeclared: false })).toBeNull()
  },
  'drops what is no longer declared when it is told to': async ({ open, migrate }) => {
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
  },
  'takes the rule away from a field that is unique no more': async ({ open, migrate, words }) => {
    await migrate(open({ nick: field.text({ unique: true }) }))
    const store = open({ nick: field.text() })
    expect(statementsOf(await migrate(store))).toBe(
      `${words.dropIndex('portress_users', 'portress_users_nick_key_unique')};\n`,
    )
    await insertNamed(store, 'ann', { fields: { nick: 'same' } })
    await insertNamed(store, 'bob', { fields: { nick: 'same' } })
  },
  'makes a number unique that was not': async ({ open, migrate }) => {
    await migrate(open({ badge: field.number() }))
    const store = open({ badge: field.number({ unique: true }) })
    expect((await migrate(store))?.fileName).toBe('0002_unique_badge.sql')
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  },
  'leaves changes that would convert values to people': async ({ open, migrate }) => {
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
  },
  'refuses a snapshot that somebody has damaged': async ({ open, migrationsFolder }) => {
    writeFileSync(join(migrationsFolder, '0001_broken.sql'), '-- portress-snapshot: {"fields":\n')
    await expect(open().migrations.draft({ dropUndeclared: false })).rejects.toThrow('0001_broken.sql is damaged')
  },
}

const APPLY: Rules = {
  'brings a database of an earlier release up to date, with its users in it': async ({ open, runSql }) => {
    const store = open()
    await store.migrations.apply()
    const ann = await insertNamed(store, 'ann')
    await runSql(
      'DROP TABLE portress_user_permissions; DROP TABLE portress_user_groups; DROP TABLE portress_group_permissions;\n' +
        "DROP TABLE portress_groups; DELETE FROM portress_schema_migrations WHERE name = '0002_groups'",
    )
    expect((await open().migrations.status()).pending.map(({ name }) => name)).toEqual(['0002_groups'])
    expect(await open().migrations.apply()).toEqual(['0002_groups'])
    const upgraded = open()
    expect(await upgraded.migrations.status()).toEqual({ applied: BUILT_IN, pending: [], problems: [] })
    expect(await upgraded.groups.setPermissions(ann.id, ['blog.add_post'])).toBe(true)
  },
  'tells what it applied, and does nothing the second time': async ({ open, migrationsFolder }) => {
    writeFileSync(join(migrationsFolder, '0001_one.sql'), 'CREATE TABLE one (id INTEGER);')
    writeFileSync(join(migrationsFolder, 'readme.txt'), 'no migration')
    expect(await open().migrations.apply()).toEqual([...BUILT_IN, '0001_one.sql'])
    expect(await open().migrations.apply()).toEqual([])
  },
  'applies a file that arrived late, whatever its number': async ({ open, migrationsFolder }) => {
    writeFileSync(join(migrationsFolder, '0002_two.sql'), 'CREATE TABLE two (id INTEGER);')
    await open().migrations.apply()
    writeFileSync(join(migrationsFolder, '0001_one.sql'), 'CREATE TABLE one (id INTEGER);')
    expect(await open().migrations.apply()).toEqual(['0001_one.sql'])
  },
  'keeps the migrations before one that fails, and of that one what cannot be undone': async ({
    open,
    runSql,
    migrationsFolder,
    words,
  }) => {
    writeFileSync(join(migrationsFolder, '0001_good.sql'), 'CREATE TABLE good (id INTEGER);')
    writeFileSync(join(migrationsFolder, '0002_bad.sql'), 'CREATE TABLE half (id INTEGER);\nCREATE TABEL oops;')
    const store = open()
    await expect(store.migrations.apply()).rejects.toThrow(`the migration 0002_bad.sql failed: ${words.syntaxError}`)
    const { applied, pending } = await store.migrations.status()
    expect(applied).toEqual([...BUILT_IN, '0001_good.sql'])
    expect(pending.map(({ name }) => name)).toEqual(['0002_bad.sql'])
    if (words.undoesMigrations) await runSql('CREATE TABLE half (id INTEGER)')
    // Mended, it goes on where it has failed, whether that is at its beginning or not.
    writeFileSync(
      join(migrationsFolder, '0002_bad.sql'),
      'CREATE TABLE half (id INTEGER);\nCREATE TABLE rest (id INTEGER);',
    )
    if (words.undoesMigrations) await runSql('DROP TABLE half')
    expect(await open().migrations.apply()).toEqual(['0002_bad.sql'])
    expect(await open().migrations.status()).toMatchObject({ pending: [], problems: [] })
    await runSql('INSERT INTO half (id) SELECT id FROM rest')
  },
  'does not list a file that ends its own transaction': async ({ open, migrationsFolder }) => {
    writeFileSync(join(migrationsFolder, '0001_commit.sql'), 'CREATE TABLE one (id INTEGER); COMMIT;')
    const store = open()
    await expect(store.migrations.apply()).rejects.toThrow('0001_commit.sql failed: the script ended the transaction')
    expect((await store.migrations.status()).applied).toEqual([...BUILT_IN])
  },
  'works where the folder is not there': async ({ open, migrationsFolder }) => {
    expect(await open({}, { migrationsFolder: join(migrationsFolder, 'none') }).migrations.apply()).toEqual([
      ...BUILT_IN,
    ])
  },
}

const DECLARED: Rules = {
  'cannot have the column of another': ({ open }) => {
    expect(() => open({ usernameKey: field.text() })).toThrow(
      new TypeError('the field "usernameKey" needs the column "username_key", which exists already'),
    )
    expect(() => open({ nickKey: field.text(), nick: field.text({ unique: true }) })).toThrow(TypeError)
    const profiles = { author: { userId: field.text() } }
    expect(() => open({}, { profiles })).toThrow('the field "userId" needs the column "user_id"')
  },
}
