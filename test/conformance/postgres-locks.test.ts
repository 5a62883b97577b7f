/**
 * Steps that meet a change of somebody else at the worst moment: it has happened, and is not committed yet. Each of them
 * has to wait for its end and judge what is there then.
 */
import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { postgres } from '../../src/stores/postgres/index.ts'
import {
  codeOf,
  insertNamed,
  insertUser,
  later,
  MINUTE,
  NOW,
  newAttempt,
  newUser,
  PLAIN_SCHEMA,
  sessionOf,
} from '../../src/testing/store-conformance/store-samples.ts'
import { runSql } from '../support/postgres-server.ts'
import { usePostgres } from '../support/use-postgres.ts'

const server = usePostgres('locks on PostgreSQL')

let url: string
let store: Store
beforeEach(async () => {
  url = await server().createDatabase()
  store = postgres(url).open(PLAIN_SCHEMA)
  await store.migrations.apply()
})
afterEach(() => store?.close())

/** Begins the change, has the work wait for it, and commits. */
async function meeting<T>(change: string, work: () => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: url, max: 1 })
  const other = await pool.connect()
  try {
    await other.query(`BEGIN; ${change}`)
    const working = work()
    const isWaiting = async () =>
      (await runSql(url, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0
    await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true)
    await other.query('COMMIT')
    return await working
  } finally {
    other.release()
    await pool.end()
  }
}

const pending = { status: 'pending', dateJoined: later(-MINUTE) } as const

const LET_IN = "UPDATE portress_users SET status = 'active', session_epoch = 1"

describe('a pending user who is let in at this moment', () => {
  it('is not deleted to make room for a name', async () => {
    const { id } = await insertUser(store, pending)
    const user = newUser({ email: null })
    const result = await meeting(LET_IN, () => store.users.insert(user, { replacePendingBefore: NOW }))
    expect(result).toEqual({ outcome: 'conflict', field: 'username' })
    expect(await store.users.findById(id)).toMatchObject({ status: 'active' })
  })

  it('is not deleted to make room for an address', async () => {
    const { id } = await insertUser(store, pending)
    const bob = await insertNamed(store, 'bob')
    const result = await meeting(`${LET_IN} WHERE id = ${id}`, () =>
      store.users.update(bob.id, { email: 'ann@example.org' }),
    )
    expect(result).toEqual({ outcome: 'conflict', field: 'email' })
    expect(await store.users.findById(id)).toMatchObject({ status: 'active' })
  })

  it('is not deleted by the clean-up', async () => {
    const { id } = await insertUser(store, pending)
    expect(await meeting(LET_IN, () => store.users.deletePendingBefore(NOW, 10))).toBe(0)
    expect(await store.users.findById(id)).toMatchObject({ status: 'active' })
  })
})

describe('a user who is changed at this moment', () => {
  it('begins no session for a proof of before', async () => {
    const user = await insertNamed(store, 'ann')
    expect(await meeting(LET_IN, () => store.sessions.insert(sessionOf(user), user))).toBe(false)
    const bob = await insertNamed(store, 'bob')
    const findOrInsert = () => store.sessions.findOrInsert(sessionOf(bob), bob)
    expect(await meeting(`${LET_IN} WHERE id = ${bob.id}`, findOrInsert)).toBeNull()
  })

  it('is not changed under a condition that has just ceased to hold', async () => {
    const { id } = await insertNamed(store, 'ann')
    const change = "UPDATE portress_users SET password_hash = 'other'"
    const when = { passwordHash: newUser().passwordHash }
    expect(await meeting(change, () => store.users.update(id, { status: 'disabled' }, { when }))).toEqual({
      outcome: 'missed',
    })
  })

  it('is nobody in an attempt that is logged while they are deleted', async () => {
    const { id } = await insertNamed(store, 'ann')
    await meeting('DELETE FROM portress_users', () => store.attempts.insert(newAttempt({ userId: id })))
    expect(await store.attempts.list({ limit: 9 })).toMatchObject([{ userId: null, identifier: 'ann' }])
  })
})

describe('what somebody else takes at this moment', () => {
  it('is a code that allows no change any more', async () => {
    const user = await insertNamed(store, 'ann')
    const code = codeOf(user)
    await store.codes.insert(code)
    const update = () => store.users.update(user.id, { firstName: 'Other' }, { takesCode: code })
    expect(await meeting('DELETE FROM portress_codes', update)).toEqual({ outcome: 'missed' })
    expect(await store.users.findById(user.id)).toMatchObject({ firstName: 'Ann' })
  })

  it('are mails that another claim passes over without waiting', async () => {
    for (const byte of [1, 2, 3]) await store.outbox.insert({ createdAt: later(byte), body: new Uint8Array([byte]) })
    const pool = new Pool({ connectionString: url, max: 1 })
    const other = await pool.connect()
    await other.query('BEGIN; SELECT 1 FROM portress_outbox ORDER BY id LIMIT 2 FOR UPDATE')
    const claimed = await store.outbox.claim(later(MINUTE), later(2 * MINUTE), 2)
    await other.query('ROLLBACK')
    other.release()
    await pool.end()
    expect(claimed.map(({ body }) => [...(body ?? [])])).toEqual([[3]])
  })
})

describe('an entry that is counted at this moment', () => {
  const entry = (state: string) => ({ state, expiresAt: later(MINUTE), lockedUntil: null })
  const count = () =>
    store.throttles.update(['key'], ([before]) => ({ entries: [entry(`${before?.state ?? 'none'}+1`)], result: null }))
  const state = () => store.throttles.update(['key'], (entries) => ({ entries, result: entries[0]?.state ?? null }))

  it('is counted on from there', async () => {
    await store.throttles.update(['key'], () => ({ entries: [entry('1')], result: null }))
    await meeting("UPDATE portress_throttles SET state = '2'", count)
    expect(await state()).toBe('2+1')
  })

  it('begins again where it is deleted', async () => {
    await store.throttles.update(['key'], () => ({ entries: [entry('1')], result: null }))
    await meeting('DELETE FROM portress_throttles', count)
    expect(await state()).toBe('none+1')
  })

  it('is counted on from there where it was not there before', async () => {
    const insert = "INSERT INTO portress_throttles VALUES ('key', '1', 'infinity', NULL)"
    await meeting(insert.replace('infinity', '2030-01-01 00:00:00+00'), count)
    expect(await state()).toBe('1+1')
  })
})
