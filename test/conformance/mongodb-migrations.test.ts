import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { MigrationDraft, Store, StoreSchema } from '../../src/contracts/store.ts'
import { field } from '../../src/model/declare-field.ts'
import { mongodb } from '../../src/stores/mongodb/index.ts'
import { insertNamed, PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'

const server = useMongodb('migrations on MongoDB')

const folder = mkdtempSync(join(tmpdir(), 'portress-mongodb-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

let url: string
let migrationsFolder: string
beforeEach(() => {
  url = server().createDatabase()
  migrationsFolder = mkdtempSync(join(folder, 'files-'))
})

function open(fields: StoreSchema['fields'] = {}, changes: Partial<StoreSchema> = {}, location: string = url): Store {
  const store = mongodb(location).open({ ...PLAIN_SCHEMA, migrationsFolder, fields, ...changes })
  onTestFinished(() => store.close())
  return store
}

/** Drafts, keeps the file, applies it. */
async function migrate(store: Store, dropUndeclared = false): Promise<MigrationDraft | null> {
  const draft = await store.migrations.draft({ dropUndeclared })
  if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
  await store.migrations.apply()
  return draft
}

const keep = (name: string, commands: readonly object[]): void =>
  writeFileSync(join(migrationsFolder, name), JSON.stringify({ commands }))

const commandsOf = (draft: MigrationDraft | null): unknown => JSON.parse(draft?.text ?? '{}').commands

const usersWith = (commands: readonly object[]) =>
  withDatabase(url, async (db) => {
    for (const command of commands) await db.command({ ...command })
  })

describe('the status of migrations', () => {
  it('says what a new database needs without changing it', async () => {
    const { applied, pending, problems } = await open().migrations.status()
    expect({ applied, problems }).toEqual({ applied: [], problems: [] })
    expect(pending.map(({ name }) => name)).toEqual(['0001_initial'])
    expect(pending[0]?.statements).toContain('{"create":"portress_users"}')
    expect(pending[0]?.statements.join('\n')).toContain(
      '{"key":{"username_key":1},"name":"username_key_unique","unique":true,"sparse":true}',
    )
    expect(await withDatabase(url, (db) => db.listCollections().toArray())).toEqual([])
  })

  it('tells of unique fields that no file brings, and wants nothing for others', async () => {
    const fields = { nick: field.text({ unique: true }), bio: field.text() }
    expect((await open(fields).migrations.status()).problems).toEqual(['declared fields need a new migration'])
    await open().migrations.apply()
    expect((await open({ bio: field.text() }).migrations.status()).problems).toEqual([])
    expect((await open(fields).migrations.status()).problems).toEqual([
      'the unique index on portress_users.field_keys.nick is missing',
    ])
  })

  it('tells when an index is gone, or keeps nobody from sharing any more', async () => {
    const store = open({ badge: field.number({ unique: true }) })
    await migrate(store)
    await usersWith([
      { dropIndexes: 'portress_users', index: 'username_key_unique' },
      { createIndexes: 'portress_users', indexes: [{ key: { username_key: 1 }, name: 'username_key_unique' }] },
      { dropIndexes: 'portress_users', index: 'fields.badge_unique' },
      { dropIndexes: 'portress_sessions', index: 'idle_expires_at_1' },
    ])
    expect((await store.migrations.status()).problems).toEqual([
      'the unique index on portress_users.username_key is missing',
      'the unique index on portress_users.fields.badge is missing',
      'the index on portress_sessions.idle_expires_at is missing',
    ])
    await usersWith([{ drop: 'portress_groups' }])
    expect((await store.migrations.status()).problems).toContain('the collection portress_groups is missing')
  })

  it('tells when an applied file has changed, and applies nothing more', async () => {
    const store = open({ nick: field.text({ unique: true }) })
    await migrate(store)
    const file = join(migrationsFolder, '0001_add_nick.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('nick_unique', 'other_unique'))
    keep('0002_more.json', [{ create: 'more' }])
    const changed = '0001_add_nick.json is not the text that was applied'
    expect((await store.migrations.status()).problems[0]).toContain(changed)
    await expect(store.migrations.apply()).rejects.toThrow(changed)
    expect((await store.migrations.status()).applied).toEqual(['0001_initial', '0001_add_nick.json'])
  })

  it('has nothing against what a newer release has applied, but against another kind of ids', async () => {
    await migrate(open({ nick: field.text({ unique: true }) }))
    const older = open({}, { migrationsFolder: null })
    expect(await older.migrations.status()).toMatchObject({ pending: [], problems: [] })
    expect(await insertNamed(older, 'ann')).toMatchObject({ fields: {} })
    const { problems } = await open({}, { ids: 'uuid' }).migrations.status()
    expect(problems).toContainEqual(expect.stringMatching(/^0001_initial is not the text that was applied/))
  })

  it('tells of texts from before their field was unique, which the index does not know', async () => {
    await open().migrations.apply()
    await insertNamed(open({ nick: field.text() }), 'ann', { fields: { nick: 'Annie' } })
    const store = open({ nick: field.text({ unique: true }) })
    await expect(migrate(store)).rejects.toThrow('portress_users.fields.nick')
    expect((await store.migrations.status()).problems).toEqual([expect.stringContaining('portress_users.fields.nick')])
    const [ann] = await store.users.list({ after: null, limit: 1 })
    await store.users.update(ann?.id ?? 0, { fields: { nick: 'Annie' } })
    expect((await store.migrations.status()).problems).toEqual([])
  })

  it('refuses a server that does not change a document in one step', async () => {
    const direct = server().directUrl('direct')
    const isFerretdb = await withDatabase(
      direct,
      async (db) => 'ferretdbVersion' in (await db.command({ buildInfo: 1 })),
    )
    const { problems } = await open({}, {}, direct).migrations.status()
    expect(problems).toEqual(isFerretdb ? [expect.stringContaining('use MongoDB or FerretDB 2')] : [])
  })
})

describe('a draft', () => {
  it('has an index for each unique field, and says what is unique afterwards', async () => {
    const fields = {
      inviteCode: field.text({ unique: true }),
      visits: field.number({ unique: true }),
      bio: field.text(),
    }
    const profiles = { bookAuthor: { penName: field.text({ unique: true }), books: field.number() } }
    const draft = await open(fields, { profiles }).migrations.draft({ dropUndeclared: false })
    expect(draft?.fileName).toBe('0001_add_invite_code_and_add_visits_and_add_book_author_pen_name.json')
    const paths = ['field_keys.invite_code', 'fields.visits', 'profile_keys.book_author.pen_name']
    expect(commandsOf(draft)).toEqual(
      paths.map((path) => ({
        createIndexes: 'portress_users',
        indexes: [{ key: { [path]: 1 }, name: `${path}_unique`, unique: true, sparse: true }],
      })),
    )
    expect(JSON.parse(draft?.text ?? '')).toMatchObject({
      unique: { inviteCode: 'text', visits: 'number', 'bookAuthor.penName': 'text' },
    })
  })

  it('has only what the files do not bring yet, and then there is none', async () => {
    await migrate(open({ nick: field.text({ unique: true }) }))
    keep('0007_by_hand.json', [{ update: 'portress_users', updates: [{ q: {}, u: { $set: { x: 1 } }, multi: true }] }])
    const store = open({ nick: field.text({ unique: true }), badge: field.number({ unique: true }) })
    expect((await migrate(store))?.fileName).toBe('0008_add_badge.json')
    expect(await store.migrations.draft({ dropUndeclared: false })).toBeNull()
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  })

  it('keeps what is no longer declared and says so, or drops it when it is told to', async () => {
    const profiles = { author: { penName: field.text({ unique: true }) } }
    const before = open({ nick: field.text({ unique: true }) }, { profiles })
    await migrate(before)
    await insertNamed(before, 'ann', { fields: { nick: 'Annie' }, profiles: { author: { penName: 'Currer' } } })
    const store = open({ badge: field.number({ unique: true }) })
    const kept = await migrate(store)
    expect(kept?.kept).toEqual(['portress_users.fields.nick', 'portress_users.profiles.author.pen_name'])
    expect(await open({ nick: field.text({ unique: true }) }, { profiles }).migrations.draft(KEEPING)).toBeNull()
    const dropped = await migrate(store, true)
    expect(dropped).toMatchObject({
      fileName: '0003_drop_nick_and_drop_author_pen_name.json',
      dropped: ['portress_users.fields.nick', 'portress_users.profiles.author.pen_name'],
    })
    const [ann] = await withDatabase(url, (db) => db.collection('portress_users').find().toArray())
    expect(ann).toMatchObject({ fields: {}, field_keys: {}, profiles: { author: {} }, profile_keys: { author: {} } })
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
    expect(await store.migrations.draft({ dropUndeclared: true })).toBeNull()
  })

  it('takes the rule away from a field that is unique no more', async () => {
    await migrate(open({ nick: field.text({ unique: true }) }))
    const store = open({ nick: field.text() })
    expect((await migrate(store))?.fileName).toBe('0002_allow_equal_nick.json')
    for (const name of ['ann', 'bob']) await insertNamed(store, name, { fields: { nick: 'same' } })
  })

  it('makes a number unique that was not, and refuses one of another kind', async () => {
    await open().migrations.apply()
    await insertNamed(open({ badge: field.number() }), 'ann', { fields: { badge: 7 } })
    const store = open({ badge: field.number({ unique: true }) })
    await migrate(store)
    await expect(insertNamed(store, 'bob', { fields: { badge: 7 } })).rejects.toThrow('conflicts in badge')
    const other = open({ badge: field.text({ unique: true }) })
    await expect(other.migrations.draft(KEEPING)).rejects.toThrow('"badge" is number, declared is text')
  })

  it('is refused where a file is damaged', async () => {
    for (const text of ['{', '[]', '{"commands":{}}', '{"commands":[{}]}', '{"commands":[],"unique":{"a":1}}']) {
      writeFileSync(join(migrationsFolder, '0001_broken.json'), text)
      await expect(open().migrations.draft(KEEPING), text).rejects.toThrow(TypeError)
    }
  })
})

const KEEPING = { dropUndeclared: false }

describe('applying', () => {
  it('gives users that are there already the default of a new field, or nothing', async () => {
    await open().migrations.apply()
    const { id } = await insertNamed(open(), 'ann')
    const store = open({ plan: field.text({ default: 'free' }), badge: field.text({ required: true }) })
    expect(await store.users.findById(id)).toMatchObject({ fields: { plan: 'free', badge: null } })
  })

  it('goes on behind the last command that was run, once a failing one is mended', async () => {
    const bad = [{ create: 'first' }, { createIndexed: 'first' }, { create: 'third' }]
    keep('0001_good.json', [{ create: 'good' }])
    keep('0002_bad.json', bad)
    const store = open()
    await expect(store.migrations.apply()).rejects.toThrow('the migration 0002_bad.json failed: ')
    expect((await store.migrations.status()).applied).toEqual(['0001_initial', '0001_good.json'])
    keep('0002_bad.json', [{ create: 'other' }, ...bad.slice(1)])
    await expect(store.migrations.apply()).rejects.toThrow('its first 1 commands have run; undo the change to them')
    keep('0002_bad.json', [bad[0] ?? {}, { create: 'second' }, { create: 'third' }])
    expect(await store.migrations.apply()).toEqual(['0002_bad.json'])
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  })

  it('goes on where another process has ended in the middle of it', async () => {
    keep('0001_update.json', [{ create: 'one' }, { create: 'two' }])
    await open({}, { migrationsFolder: null }).migrations.apply()
    const cut = server().front.cutAfterWrites(2)
    const dying = mongodb(url, { connectTimeoutMilliseconds: 100 }).open({ ...PLAIN_SCHEMA, migrationsFolder })
    await expect(dying.migrations.apply()).rejects.toMatchObject({ code: 'unavailable' })
    cut.lift()
    await dying.close()
    const store = open()
    expect((await store.migrations.status()).pending.map(({ name }) => name)).toEqual(['0001_update.json'])
    expect(await store.migrations.apply()).toEqual(['0001_update.json'])
    expect(await store.migrations.apply()).toEqual([])
  })
})
