/** What becomes of requests while the database is away, slow or full of others, and afterwards. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { type MongodbOptions, mongodb } from '../../src/stores/mongodb/index.ts'
import { insertNamed, insertUser, PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'

const server = useMongodb('faults of MongoDB')

const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } }

let url: string
const opened: Store[] = []
beforeEach(async () => {
  url = server().createDatabase()
  await open().migrations.apply()
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(options?: MongodbOptions, location: string | MongoClient = url): Store {
  const store = mongodb(location, options).open(PLAIN_SCHEMA)
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

describe('a server that goes away under load', () => {
  it.each(['shutDown', 'crash'] as const)(
    '%s: nothing acknowledged is lost, and work goes on by itself',
    async (end) => {
      const store = open({ connectTimeoutMilliseconds: 2000, commandTimeoutMilliseconds: 2000 })
      const acknowledged: string[] = []
      const outcomes = new Set<string>()
      const over = new AbortController()
      const load = async (worker: number): Promise<void> => {
        for (let index = 0; !over.signal.aborted; index += 1) {
          const name = `user-${worker}-${index}`
          const outcome = await outcomeOf(insertNamed(store, name))
          outcomes.add(outcome)
          if (outcome === 'fulfilled') acknowledged.push(name)
          else await sleep(10)
        }
      }
      const workers = Array.from({ length: 8 }, (_, worker) => load(worker))
      const untilMore = async (): Promise<void> => {
        const before = acknowledged.length
        await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 20)
      }
      await untilMore()
      await server()[end]()
      await expect.poll(() => outcomes.has('unavailable'), { timeout: 60_000 }).toBe(true)
      await server().start()
      await untilMore()
      over.abort()
      await Promise.all(workers)
      expect(outcomes).toEqual(new Set(['fulfilled', 'unavailable']))
      const kept = await withDatabase(url, (db) => db.collection('portress_users').distinct('username'))
      const names = new Set(kept)
      expect(acknowledged.filter((name) => !names.has(name))).toEqual([])
    },
  )

  it('tells it with what is needed for a 503, and never starts without it', async () => {
    const store = open({ connectTimeoutMilliseconds: 1500 })
    await server().shutDown()
    const asked = [store.users.findById(1), insertNamed(store, 'ann'), store.migrations.apply()]
    await Promise.all(asked.map((work) => expect(work).rejects.toMatchObject(UNAVAILABLE)))
    await server().start()
    await expect.poll(() => outcomeOf(store.users.findById(1)), { timeout: 20_000 }).toBe('fulfilled')
  })
})

describe('a connection that is ended', () => {
  it('while it is idle is replaced, and nobody notices', async () => {
    const store = open({ maxConnections: 1 })
    for (let round = 0; round < 5; round += 1) {
      await insertNamed(store, `user${round}`)
      server().front.cutConnections()
      await sleep(20)
      expect(await store.users.findByIdentifier(`user${round}`, ['username'], 1)).toHaveLength(1)
    }
  })

  it('while it works makes the work unavailable, and the next finds another', async () => {
    const store = open({ maxConnections: 1 })
    const { id } = await insertNamed(store, 'ann')
    await server().front.during(async () => {
      const waiting = outcomeOf(store.users.update(id, { firstName: 'Other' }))
      await sleep(50)
      server().front.cutConnections()
      // A look is made a second time over another connection; a change is not.
      await sleep(50)
      server().front.cutConnections()
      expect(await waiting).toBe('unavailable')
    })
    expect(await store.users.update(id, { firstName: 'Other' })).toMatchObject({ outcome: 'updated' })
  })
})

describe('a server that does not answer', () => {
  it('keeps nobody waiting without an end, and is as good as new afterwards', async () => {
    const store = open({ maxConnections: 2, connectTimeoutMilliseconds: 1000, commandTimeoutMilliseconds: 1000 })
    const { id } = await insertNamed(store, 'ann')
    await store.users.findById(id)
    await server().front.during(async () => {
      const asked = Array.from({ length: 300 }, () => outcomeOf(store.users.findById(id)))
      // More than may wait.
      expect(await Promise.all(asked.slice(202))).toEqual(Array(98).fill('unavailable'))
      expect(await Promise.all(asked)).toEqual(Array(300).fill('unavailable'))
    })
    await expect.poll(() => outcomeOf(store.users.findById(id)), { timeout: 20_000 }).toBe('fulfilled')
    const all = await Promise.all(Array.from({ length: 2 }, () => store.users.findById(id)))
    expect(all.every((user) => user?.id === id)).toBe(true)
  })
})

describe('what is no fault of the database', () => {
  it('keeps its own name', async () => {
    await withDatabase(url, async (db) => {
      await db
        .collection<{ _id: string; value: string }>('portress_counters')
        .insertOne({ _id: 'users', value: 'none' })
    })
    await expect(insertNamed(open(), 'ann')).rejects.toMatchObject({ name: 'MongoServerError', code: 14 })
  })

  it('is a unique rule of the application that no look shows: it is tried for a while and told', async () => {
    await withDatabase(url, (db) => db.collection('portress_users').createIndex({ first_name: 1 }, { unique: true }))
    const store = open()
    const ann = await insertNamed(store, 'ann')
    await expect(insertNamed(store, 'bob')).rejects.toMatchObject({ code: 11000 })
    const cid = await insertUser(store, { username: 'cid', email: null, firstName: 'Cid' })
    await expect(store.users.update(cid.id, { firstName: ann.firstName })).rejects.toMatchObject({ code: 11000 })
  })

  it('is a step that throws: what it held is free again', async () => {
    const store = open({ maxConnections: 1 })
    const failing = store.throttles.update(['a', 'b'], () => {
      throw new RangeError('the step failed')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await withDatabase(url, (db) => db.collection('portress_throttles').countDocuments())).toBe(0)
  })
})

describe('closing', () => {
  it('lets what was asked before come to its end, and leaves a client of the application open', async () => {
    const client = new MongoClient(url, { maxPoolSize: 1 })
    const store = open({}, client)
    const asked = Array.from({ length: 10 }, (_, index) => outcomeOf(insertNamed(store, `user${index}`)))
    await store.close()
    expect(await Promise.all(asked)).toEqual(Array(10).fill('fulfilled'))
    expect(await outcomeOf(store.users.findById(1))).toBe('unavailable')
    expect(await client.db().collection('portress_users').countDocuments()).toBe(10)
    await client.close()
  })
})
