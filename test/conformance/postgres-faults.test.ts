/** What becomes of requests while the database is away, full, slow or locked, and afterwards. */
import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { type PostgresOptions, postgres } from '../../src/stores/postgres/index.ts'
import {
  insertNamed,
  insertSession,
  later,
  MINUTE,
  NOW,
  PLAIN_SCHEMA,
} from '../../src/testing/store-conformance/store-samples.ts'
import { runSql } from '../support/postgres-server.ts'
import { usePostgres } from '../support/use-postgres.ts'

const server = usePostgres('faults of PostgreSQL', ['deadlock_timeout=100ms'])

const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } }

let url: string
const opened: Store[] = []
beforeEach(async () => {
  url = await server().createDatabase()
  await open().migrations.apply()
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(options?: PostgresOptions, location: string | Pool = url): Store {
  const store = postgres(location, options).open(PLAIN_SCHEMA)
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
async function during<T>(statements: string, work: () => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: url, max: 1 })
  const client = await pool.connect()
  try {
    await client.query(`BEGIN; ${statements}`)
    return await work()
  } finally {
    await client.query('ROLLBACK')
    client.release()
    await pool.end()
  }
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

describe('a connection that is ended', () => {
  const endAll = () =>
    runSql(
      url,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )

  it('while it is idle is replaced, and nobody notices', async () => {
    const store = open({ maxConnections: 1 })
    for (let round = 0; round < 5; round += 1) {
      await insertNamed(store, `user${round}`)
      await endAll()
      expect(await store.users.findByIdentifier(`user${round}`, ['username'], 1)).toHaveLength(1)
    }
  })

  it('while it works makes the work unavailable, and the next finds another', async () => {
    const store = open({ maxConnections: 1 })
    const { id } = await insertNamed(store, 'ann')
    await during('SELECT * FROM portress_users FOR UPDATE', async () => {
      const waiting = outcomeOf(store.users.update(id, { firstName: 'Other' }))
      await expect.poll(waitsForLock, { timeout: 20_000 }).toBe(true)
      await runSql(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
      expect(await waiting).toBe('unavailable')
    })
    expect(await store.users.update(id, { firstName: 'Other' })).toMatchObject({ outcome: 'updated' })
  })
})

async function waitsForLock(): Promise<boolean> {
  return (await runSql(url, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0
}

describe('a database that is slow or locked', () => {
  it('makes work unavailable after the time for a statement, and leaves its connection usable', async () => {
    const store = open({ maxConnections: 1, statementTimeoutMilliseconds: 1000 })
    const { id } = await insertNamed(store, 'ann')
    await during('LOCK TABLE portress_users', async () => {
      await expect(store.users.findById(id)).rejects.toMatchObject(UNAVAILABLE)
      await expect(store.users.update(id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
    })
    expect(await store.users.findById(id)).toMatchObject({ firstName: 'Ann' })
  })

  it('makes work unavailable after the time for a lock', async () => {
    await runSql(url, `ALTER DATABASE ${databaseName()} SET lock_timeout = '50ms'`)
    const store = open()
    const { id } = await insertNamed(store, 'ann')
    await during('SELECT * FROM portress_users FOR UPDATE', async () => {
      await expect(store.users.update(id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
    })
  })

  it('keeps nobody waiting without an end where all connections are taken', async () => {
    const store = open({ maxConnections: 2, connectTimeoutMilliseconds: 1000 })
    const { id } = await insertNamed(store, 'ann')
    await during('LOCK TABLE portress_users', async () => {
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
    const applied = await during('SELECT pg_advisory_xact_lock(1886351989, 0)', async () => {
      const waiting = store.migrations.apply()
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(await Promise.race([waiting, 'still waiting'])).toBe('still waiting')
      return { waiting }
    })
    expect(await applied.waiting).toEqual([])
  })
})

describe('a server that only reads', () => {
  it('answers what only reads, and says unavailable to the rest', async () => {
    const writing = open()
    const user = await insertNamed(writing, 'ann')
    const session = await insertSession(writing, user)
    await runSql(url, `ALTER DATABASE ${databaseName()} SET default_transaction_read_only = on`)
    const store = open()
    expect(await store.sessions.find({ digest: session.digest })).toMatchObject({ user: { id: user.id } })
    expect((await store.migrations.status()).problems).toEqual([])
    await expect(store.sessions.delete(session.id, user.id)).rejects.toMatchObject(UNAVAILABLE)
    await expect(store.users.noteLogin(user.id, NOW)).rejects.toMatchObject(UNAVAILABLE)
    await expect(store.users.update(user.id, { firstName: 'Other' })).rejects.toMatchObject(UNAVAILABLE)
    await expect(store.throttles.delete(['key'])).rejects.toMatchObject(UNAVAILABLE)
  })
})

describe('two steps that wait for each other', () => {
  it('both happen, one after the other', async () => {
    const store = open()
    const key = (name: string) =>
      store.throttles.update([name], ([before]) => ({ entries: [before ?? entry('0')], result: null }))
    await key('a')
    await key('z')
    // Holds z and wants a, as no step of the store would.
    const pool = new Pool({ connectionString: url, max: 1 })
    const other = await pool.connect()
    await other.query("BEGIN; SELECT 1 FROM portress_throttles WHERE key = 'z' FOR UPDATE")
    const counted = store.throttles.update(['z', 'a'], () => ({ entries: [entry('1'), entry('1')], result: 'counted' }))
    await expect.poll(waitsForLock, { timeout: 20_000 }).toBe(true)
    const wanted = other
      .query("SELECT 1 FROM portress_throttles WHERE key = 'a' FOR UPDATE")
      .then(() => other.query('COMMIT'))
    await Promise.allSettled([wanted])
    await other.query('ROLLBACK')
    expect(await counted).toBe('counted')
    other.release()
    await pool.end()
  })
})

describe('what is no fault of the database', () => {
  it('keeps its own name', async () => {
    await runSql(url, 'DROP TABLE portress_identities')
    await expect(open().identities.listForUser(1)).rejects.toMatchObject({ code: '42P01' })
    const stranger = url.replace('portress@', 'nobody@')
    await expect(open({}, stranger).users.findById(1)).rejects.toMatchObject({ code: '28000' })
  })

  it('is a unique rule of the application that no look shows: it is tried for a while and told', async () => {
    await runSql(url, 'CREATE UNIQUE INDEX ON portress_users (first_name)')
    const store = open()
    await insertNamed(store, 'ann')
    await expect(insertNamed(store, 'bob')).rejects.toMatchObject({ code: '23505' })
    expect(await insertNamed(store, 'cid', { firstName: 'Cid' })).toMatchObject({ username: 'cid' })
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

describe('closing', () => {
  it('lets what was asked before come to its end, and leaves a pool of the application open', async () => {
    const pool = new Pool({ connectionString: url, max: 1 })
    const store = open({}, pool)
    const asked = Array.from({ length: 20 }, (_, index) => outcomeOf(insertNamed(store, `user${index}`)))
    await store.close()
    expect(await Promise.all(asked)).toEqual(Array(20).fill('fulfilled'))
    expect(await outcomeOf(store.users.findById(1))).toBe('unavailable')
    expect((await pool.query('SELECT count(*) FROM portress_users')).rows).toEqual([{ count: '20' }])
    expect(pool.listenerCount('error')).toBe(0)
    await pool.end()
  })
})

const entry = (state: string) => ({ state, expiresAt: later(MINUTE), lockedUntil: null })

const databaseName = (): string => new URL(url).pathname.slice(1)
