/** What settings of the server, or of a pool of the application, do to promises. */
import { createPool, type PoolOptions } from 'mysql2/promise'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { mysql } from '../../src/stores/mysql/index.ts'
import {
  insertNamed,
  later,
  MINUTE,
  newIdentity,
  PLAIN_SCHEMA,
} from '../../src/testing/store-conformance/store-samples.ts'
import { migratedMysql } from '../support/migrated-mysql.ts'
import { runSql } from '../support/mysql-server.ts'
import { useMysql } from '../support/use-mysql.ts'

const server = useMysql('settings of MariaDB')

const opened: Store[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function opening(...given: Parameters<typeof mysql>): Store {
  const store = mysql(...given).open(PLAIN_SCHEMA)
  opened.push(store)
  return store
}

/** The settings hold for connections that are made meanwhile. */
async function withGlobal<T>(settings: string, work: () => Promise<T>): Promise<T> {
  const names = settings.split(',').map((setting) => setting.split('=')[0]?.trim())
  const before = await server().asRoot(`SELECT ${names.map((name) => `@@GLOBAL.${name} AS ${name}`).join(', ')}`)
  const global = (texts: readonly string[]) =>
    server().asRoot(`SET ${texts.map((text) => `GLOBAL ${text}`).join(', ')}`)
  await global(settings.split(','))
  try {
    return await work()
  } finally {
    await global(Object.entries(before[0] ?? {}).map(([name, value]) => `${name} = ${literal(value)}`))
  }
}

const literal = (value: unknown): string => (/^\d+$/.test(String(value)) ? String(value) : `'${value}'`)

const counted = () => ({
  entries: [{ state: '1', expiresAt: later(MINUTE), lockedUntil: null }],
  result: 'counted',
})

describe('a server', () => {
  it('that begins a transaction behind each commit does not keep what follows from being kept', async () => {
    const url = await migratedMysql(server())
    await withGlobal("completion_type = 'CHAIN'", async () => {
      const store = opening(url, { maxConnections: 1 })
      await store.throttles.update(['a:1'], counted)
      expect(await store.throttles.deleteByPrefix('a:')).toBe(1)
      expect(await runSql(url, 'SELECT 1 FROM portress_throttles')).toEqual([])
    })
  })

  it('that cuts off lists, and wants conditions, has neither said to it', async () => {
    const url = await server().createDatabase()
    await withGlobal('sql_select_limit = 1, sql_safe_updates = 1', async () => {
      const store = opening(url, { maxConnections: 1 })
      const applied = await store.migrations.apply()
      expect(applied.length).toBeGreaterThan(1)
      expect(await store.migrations.status()).toMatchObject({ applied, pending: [], problems: [] })
      for (const name of ['ann', 'bob']) await insertNamed(store, name)
      expect(await store.users.list({ after: null, limit: 10 })).toHaveLength(2)
    })
  })
})

describe('a server that has room for few prepared statements', () => {
  it('gets back those of a connection that wants too many, and nobody notices', async () => {
    const url = await migratedMysql(server())
    await withGlobal('max_prepared_stmt_count = 12', async () => {
      const store = opening(url, { maxConnections: 1 })
      const { id } = await insertNamed(store, 'ann')
      for (let fields = 0; fields < 2 ** NAMES.length; fields += 1) {
        const changes = Object.fromEntries(
          NAMES.filter((_, at) => fields & (1 << at)).map((name) => [name, `${fields}`]),
        )
        expect(await store.users.update(id, changes)).toMatchObject({ outcome: 'updated' })
      }
      expect(await store.users.findById(id)).toMatchObject({ firstName: '15', lastName: '15', passwordHash: '15' })
    })
  })
})

/** Each choice of these is a statement of its own. */
const NAMES = ['firstName', 'lastName', 'passwordHash', 'username']

describe('a pool of the application', () => {
  /** A new pool whose connections are set up once, as applications do it. */
  async function onPool<T>(settings: string, options: PoolOptions, work: (store: Store) => Promise<T>): Promise<T> {
    const pool = createPool({ uri: await migratedMysql(server()), connectionLimit: 1, ...options })
    pool.on('connection', (connection) => connection.query(`SET SESSION ${settings}`))
    try {
      return await work(opening(pool))
    } finally {
      await pool.end()
    }
  }

  it.each([
    ["sql_mode = 'TRADITIONAL', completion_type = 'CHAIN'", 'need NO_CHAIN as their completion_type'],
    ["sql_mode = 'TRADITIONAL', sql_select_limit = 100", 'cannot have a sql_select_limit'],
  ])('with %s is refused, because promises could not be kept', async (settings, problem) => {
    await onPool(settings, {}, async (store) => {
      await expect(store.throttles.update(['a'], counted)).rejects.toThrow(problem)
    })
  })

  it('that gives connections back as the server makes them is looked at each time', async () => {
    await onPool("sql_mode = 'TRADITIONAL'", { resetOnRelease: true }, async (store) => {
      expect(await store.users.findById(1)).toBeNull()
      const tooLong = store.throttles.update(['k'.repeat(1021)], counted)
      await expect(tooLong).rejects.toThrow('need STRICT_TRANS_TABLES')
    })
  })

  it('may give connections back in this way where the server has what is needed', async () => {
    await withGlobal("sql_mode = 'TRADITIONAL'", () =>
      onPool('autocommit = 1', { resetOnRelease: true }, async (store) => {
        for (const name of ['a', 'b', 'c']) expect(await store.throttles.update([name], counted)).toBe('counted')
      }),
    )
  })
})

describe('a number that is too large to be exact', () => {
  it('is never given out as another one', async () => {
    const url = await migratedMysql(server())
    await runSql(url, `ALTER TABLE portress_identities AUTO_INCREMENT = ${2n ** 53n + 1n}`)
    const store = opening(url)
    const { id } = await insertNamed(store, 'ann')
    await expect(store.identities.insert(newIdentity(), id)).rejects.toThrow(RangeError)
    expect(await store.identities.listForUser(id)).toEqual([])
  })
})
