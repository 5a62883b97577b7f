/** What becomes of requests while the database is away, full, slow or locked, and afterwards. */
import { createConnection, createPool, type Pool } from 'mysql2/promise'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { type MysqlOptions, mysql } from '../../src/stores/mysql/index.ts'
import {
  insertNamed,
  insertSession,
  later,
  MINUTE,
  NOW,
  PLAIN_SCHEMA,
} from '../../src/testing/store-conformance/store-samples.ts'
import { migratedMysql } from '../support/migrated-mysql.ts'
import { runSql } from '../support/mysql-server.ts'
import { useMysql } from '../support/use-mysql.ts'

const server = useMysql('faults of MariaDB')

/** The server looks again only when nobody has asked for a tenth of a second. */
const POLLING = { timeout: 20_000, interval: 150 }

const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } }

let url: string
const opened: Store[] = []
beforeEach(async () => {
  url = await migratedMysql(server())
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(options?: MysqlOptions, location: string | Pool = url): Store {
  const store = mysql(location, options).open(PLAIN_SCHEMA)
  opened.push(store)
  return store
}

/** `fulfilled` or the code of the refusal. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fulfilled',
    (error: { readonly code?: string; readonly message: string }) => error.code ?? error.message,
  )
}

/** What others do to the database, in a transaction that is still open while `work` goes on. */
async function during<T>(statement: string, work: () => Promise<T>): Promise<T> {
  const other = await createConnection(url)
  try {
    await other.query('START TRANSACTION')
    await other.query(statement)
    return await work()
  } finally {
    await other.end()
  }
}

const ids = async (condition: string): Promise<readonly unknown[]> =>
  (await server().asRoot(`SELECT id FROM information_schema.processlist WHERE ${condition}`)).map(({ id }) => id)

/** The connections of the store alone: those of a test have done their work. */
async function killAll(condition = "user = 'portress'"): Promise<void> {
  for (const id of await ids(condition)) await server().asRoot(`KILL ${id}`)
}

async function waitsForLock(): Promise<boolean> {
  return (await server().asRoot("SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")).length > 0
}

describe('a server that goes away under load', () => {
  it.each(['shutDown', 'crash'] as const)(
    '%s: nothing acknowledged is lost, and work goes on by itself',
    async (end) => {
      const store = open({ connectTimeoutMilliseconds: 500 })
      const acknowledged: string[] = []
      const outcomes = new Set<string>()
      const over = new AbortController()
      const load = async (worker: number): Promise<void> => {
        for (let index = 0; !over.signal.aborted; index += 1) {
          const name = `user-${worker}-${index}`
          const outcome = await outcomeOf(insertNamed(store, name))
          outcomes.add(outcome)
          if (outcome === 'fulfilled') acknowledged.push(name)
          else await new Promise((resolve) => setTimeout(resolve, 10))
        }
      }
      const workers = Array.from({ length: 16 }, (_, worker) => load(worker))
      const untilMore = async (): Promise<void> => {
        const before = acknowledged.length
        await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 50)
      }
      await untilMore()
      await server()[end]()
      await expect.poll(() => outcomes.has('unavailable'), { timeout: 20_000 }).toBe(true)
      await server().start()
      await untilMore()
      over.abort()
      await Promise.all(workers)
      expect(outcomes).toEqual(new Set(['fulfilled', 'unavailable']))
      const rows = await runSql(url, 'SELECT username FROM portress_users')
      const kept = new Set(rows.map(({ username }) => username))
      expect(acknowledged.filter((name) => !kept.has(name))).toEqual([])
    },
  )

  it('tells it with what is needed for a 503, and never starts without it', async () => {
    const store = open({ connectTimeoutMilliseconds: 500 })
    await server().shutDown()
    await expect(store.users.findById(1)).rejects.toMatchObject(UNAVAILABLE)
    await expect(insertNamed(store, 'ann')).rejects.toMatchObject(UNAVAILABLE)
    await expect(store.migrations.apply()).rejects.toMatchObject(UNAVAILABLE)
    await server().start()
    expect(await store.users.findById(1)).toBeNull()
  })
})

describe('a number that was given to a user', () => {
  it('is nobody else’s, though the user is deleted and the server starts again', async () => {
    const first = await insertNamed(open(), 'ann')
    await open().users.delete(first.id)
    await server().shutDown()
    await server().start()
    expect((await insertNamed(open(), 'bob')).id).toBeGreaterThan(Number(first.id))
  })
})

describe('a connection that is ended', () => {
  it('while it is idle is replaced, and nobody notices', async () => {
    const store = open({ maxConnections: 1 })
    for (let round = 0; round < 5; round += 1) {
      await insertNamed(store, `user${round}`)
      await killAll()
      expect(await store.users.findByIdentifier(`user${round}`, ['username'], 1)).toHaveLength(1)
    }
  })

  it('while it works makes the work unavailable, and the next finds another', async () => {
    const store = open({ maxConnections: 1 })
    const { id } = await insertNamed(store, 'ann')
    await during('SELECT * FROM portress_users FOR UPDATE', async () => {
      const waiting = outcomeOf(store.users.update(id, { firstName: 'Other' }))
      await expect.poll(waitsForLock, POLLING).toBe(true)
      await killAll("info LIKE '%FOR UPDATE' AND time_ms > 0")
      expect(await waiting).toBe('unavailable')
    })
    expect(await store.users.update(id, { firstName: 'Other' })).toMatchObject({ outcome: 'updated' })
  })
})

describe('a database that is slow or locked', () => {
  it('makes work unavailable after the time for a statement, and leaves its connection usable', async () => {
    const store = open({ maxConnections: 1, statementTimeoutMilliseconds: 1000 })
    const { id } = await insertNamed(store, 'ann')
    await during('LOCK TABLES portress_users WRITE', async () => {
      await expect(store.users.findById(id)).rejects.toMatchObject(UNAVAILABLE)
      await expect(store.users.update(id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
    })
    expect(await store.users.findById(id)).toMatchObject({ firstName: 'Ann' })
  })

  it('makes work unavailable after the time for a lock, on a pool of the application as well', async () => {
    const { id } = await insertNamed(open(), 'ann')
    const pool = createPool({ uri: url, connectionLimit: 1, flags: [] })
    pool.on('connection', (connection) => {
      connection.query("SET SESSION sql_mode = 'STRICT_TRANS_TABLES', innodb_lock_wait_timeout = 1")
    })
    const store = open({}, pool)
    await during('SELECT * FROM portress_users FOR UPDATE', async () => {
      await expect(store.users.update(id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
    })
    await pool.end()
  })

  it('keeps nobody waiting without an end where all connections are taken', async () => {
    const store = open({ maxConnections: 2, connectTimeoutMilliseconds: 1000 })
    const { id } = await insertNamed(store, 'ann')
    await during('LOCK TABLES portress_users WRITE', async () => {
      const waiting = Array.from({ length: 300 }, () => outcomeOf(store.users.findById(id)))
      const first = await Promise.race(waiting)
      expect(first).toBe('unavailable')
      // Two have a connection, and their statements still have time.
      expect(await Promise.all(waiting.slice(2))).toEqual(Array(298).fill('unavailable'))
    })
    expect(await store.users.findById(id)).toMatchObject({ id })
  })

  it('lets a migration wait for the one of another process, however long a statement may take', async () => {
    const store = open({ statementTimeoutMilliseconds: 1000 })
    const applied = await during("DO GET_LOCK(CONCAT('portress:', SHA1(DATABASE())), 0)", async () => {
      const waiting = store.migrations.apply()
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(await Promise.race([waiting, 'still waiting'])).toBe('still waiting')
      return { waiting }
    })
    expect(await applied.waiting).toEqual([])
    expect(await ids("user = 'portress' AND info LIKE '%GET_LOCK%'")).toEqual([])
  })
})

describe('a server that only reads', () => {
  it('answers what only reads, and says unavailable to the rest', async () => {
    const store = open()
    const user = await insertNamed(store, 'ann')
    const session = await insertSession(store, user)
    await server().asRoot('SET GLOBAL read_only = 1')
    try {
      expect(await store.sessions.find({ digest: session.digest })).toMatchObject({ user: { id: user.id } })
      expect((await store.migrations.status()).problems).toEqual([])
      await expect(store.sessions.delete(session.id, user.id)).rejects.toMatchObject(UNAVAILABLE)
      await expect(store.users.noteLogin(user.id, NOW)).rejects.toMatchObject(UNAVAILABLE)
      await expect(store.users.update(user.id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
      await expect(insertNamed(store, 'bob')).rejects.toMatchObject(UNAVAILABLE)
    } finally {
      await server().asRoot('SET GLOBAL read_only = 0')
    }
    expect(await store.users.update(user.id, { firstName: 'Other' })).toMatchObject({ outcome: 'updated' })
  })
})

describe('two steps that wait for each other', () => {
  it('both happen, one after the other', async () => {
    const store = open()
    const put = (name: string) =>
      store.throttles.update([name], ([before]) => ({ entries: [before ?? entry('0')], result: null }))
    await put('a')
    await put('z')
    // Holds z and wants a, as no step of the store would.
    const other = await createConnection(url)
    await other.query('START TRANSACTION')
    await other.query("SELECT 1 FROM portress_throttles WHERE `key` = 'z' FOR UPDATE")
    const counted = store.throttles.update(['z', 'a'], () => ({ entries: [entry('1'), entry('1')], result: 'counted' }))
    await expect.poll(waitsForLock, POLLING).toBe(true)
    await Promise.allSettled([other.query("SELECT 1 FROM portress_throttles WHERE `key` = 'a' FOR UPDATE")])
    await other.query('ROLLBACK')
    expect(await counted).toBe('counted')
    await other.end()
  })
})

describe('what is no fault of the database', () => {
  it('keeps its own name', async () => {
    await runSql(url, 'DROP TABLE portress_identities')
    await expect(open().identities.listForUser(1)).rejects.toMatchObject({ code: 'ER_NO_SUCH_TABLE' })
    const stranger = url.replace('portress@', 'nobody@')
    await expect(open({}, stranger).users.findById(1)).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' })
  })

  it('is a unique rule of the application that no look shows: it is tried for a while and told', async () => {
    await runSql(url, 'CREATE UNIQUE INDEX one ON portress_users (first_name(20))')
    const store = open()
    await insertNamed(store, 'ann')
    await expect(insertNamed(store, 'bob')).rejects.toMatchObject({ code: 'ER_DUP_ENTRY' })
    expect(await insertNamed(store, 'cid', { firstName: 'Cid' })).toMatchObject({ username: 'cid' })
  })

  it('is a key that is too long: it is refused, and never cut off', async () => {
    const store = open()
    const entries = () => ({ entries: [entry('1')], result: null })
    await expect(store.throttles.update(['k'.repeat(1021)], entries)).rejects.toMatchObject({
      code: 'malformed_request',
    })
    await expect(insertNamed(store, 'ann', { dateJoined: new Date(8.64e15) })).rejects.toMatchObject({
      code: 'malformed_request',
    })
    expect(await store.throttles.update(['k'.repeat(1020)], (held) => ({ entries: held, result: held[0] }))).toBeNull()
  })

  it('is a step that throws: its connection goes on', async () => {
    const store = open({ maxConnections: 1 })
    const failing = store.throttles.update(['a'], () => {
      throw new RangeError('the step failed')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await store.users.findById(1)).toBeNull()
  })
})

describe('a pool of the application', () => {
  it.each([
    ["sql_mode = ''", 'need STRICT_TRANS_TABLES in their sql_mode'],
    ["sql_mode = 'STRICT_ALL_TABLES,EMPTY_STRING_IS_NULL'", 'cannot have EMPTY_STRING_IS_NULL'],
    ["sql_mode = 'TRADITIONAL', autocommit = 0", 'need autocommit'],
    ["sql_mode = 'TRADITIONAL', foreign_key_checks = 0", 'need foreign_key_checks'],
    ["sql_mode = 'TRADITIONAL', character_set_results = 'latin1'", "need charset: 'utf8mb4'"],
  ])('with %s is refused, because promises could not be kept', async (settings, problem) => {
    const pool = createPool({ uri: url, connectionLimit: 1 })
    pool.on('connection', (connection) => connection.query(`SET SESSION ${settings}`))
    const store = open({}, pool)
    await expect(store.users.findById(1)).rejects.toThrow(problem)
    await expect(insertNamed(store, 'ann')).rejects.toThrow(problem)
    await pool.end()
  })

  it('stays open when the store closes, and what was asked before comes to its end', async () => {
    const pool = createPool({ uri: url, connectionLimit: 1 })
    pool.on('connection', (connection) => connection.query("SET SESSION sql_mode = 'TRADITIONAL'"))
    const store = open({}, pool)
    const asked = Array.from({ length: 20 }, (_, index) => outcomeOf(insertNamed(store, `user${index}`)))
    await store.close()
    expect(await Promise.all(asked)).toEqual(Array(20).fill('fulfilled'))
    expect(await outcomeOf(store.users.findById(1))).toBe('unavailable')
    expect((await pool.query('SELECT COUNT(*) AS count FROM portress_users'))[0]).toEqual([{ count: 20 }])
    await pool.end()
  })
})

const entry = (state: string) => ({ state, expiresAt: later(MINUTE), lockedUntil: null })
