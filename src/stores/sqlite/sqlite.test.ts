import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoreSchema } from '../../contracts/store.ts'
import { sqlite } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SCHEMA: StoreSchema = { ids: 'integer', fields: {}, profiles: {}, emailUnique: 'always', migrationsFolder: null }
const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 }, cause: expect.any(Error) }

describe('sqlite', () => {
  it('touches no file before it is opened', () => {
    sqlite(join(folder, 'later.db'))
    expect(existsSync(join(folder, 'later.db'))).toBe(false)
  })

  it('makes a new file that only its owner reads, and leaves an old one its permissions', async () => {
    writeFileSync(join(folder, 'old.db'), '', { mode: 0o640 })
    for (const [name, mode] of Object.entries({ 'new.db': 0o600, 'old.db': 0o640 })) {
      const store = sqlite(join(folder, name)).open(SCHEMA)
      await store.migrations.apply()
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(mode)
      await store.close()
    }
  })

  it('says unavailable for a file that it cannot open', () => {
    mkdirSync(join(folder, 'directory.db'))
    for (const location of [join(folder, 'directory.db'), join(folder, 'missing', 'app.db')]) {
      expect(() => sqlite(location).open(SCHEMA)).toThrow(expect.objectContaining(UNAVAILABLE))
    }
  })

  it('says unavailable when another process keeps the lock, and works when it is free again', async () => {
    const location = join(folder, 'busy.db')
    const store = sqlite(location, { busyTimeoutMilliseconds: 20 }).open(SCHEMA)
    await store.migrations.apply()
    const other = new DatabaseSync(location)
    other.exec('BEGIN IMMEDIATE')
    await expect(store.throttles.delete(['key'])).rejects.toMatchObject(UNAVAILABLE)
    await expect(store.codes.deleteForUser(1)).rejects.toMatchObject(UNAVAILABLE)
    // Readers never wait for a writer.
    expect(await store.users.findById(1)).toBeNull()
    expect((await store.migrations.status()).problems).toEqual([])
    other.exec('ROLLBACK')
    other.close()
    await store.throttles.delete(['key'])
    await store.close()
  })

  it('calls a fault of the program by its name', async () => {
    const store = sqlite(join(folder, 'never-migrated.db')).open(SCHEMA)
    await expect(store.users.findById(1)).rejects.toThrow('no such table: portress_users')
    await store.close()
  })

  it('refuses a timeout that is none', () => {
    for (const busyTimeoutMilliseconds of [-1, 1.5, Number.NaN]) {
      expect(() => sqlite('app.db', { busyTimeoutMilliseconds })).toThrow(TypeError)
    }
  })

  it('keeps back the warning of Node 22 and no other', () => {
    const program = `import { sqlite } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)}
      sqlite(':memory:').open(${JSON.stringify(SCHEMA)})
      process.emitWarning('SQLite is an experimental feature, says somebody else')`
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect(stderr).toContain('says somebody else')
    expect(stderr).not.toContain('might change at any time')
  })
})
