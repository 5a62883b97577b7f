/**
 * Steps that meet a change of somebody else at the worst moment: it has happened, and is not committed yet. Each of them
 * has to wait for its end and judge what is there then.
 */
import { createConnection } from 'mysql2/promise'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { mysql } from '../../src/stores/mysql/index.ts'
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
import { migratedMysql } from '../support/migrated-mysql.ts'
import { useMysql } from '../support/use-mysql.ts'

const server = useMysql('locks on MariaDB')

let url: string
let store: Store
beforeEach(async () => {
  url = await migratedMysql(server())
  store = mysql(url).open(PLAIN_SCHEMA)
})
afterEach(() => store?.close())

/** The server looks again only when nobody has asked for a tenth of a second. */
const POLLING = { timeout: 20_000, interval: 150 }

/** Begins the change, has the work wait for it, and commits. */
async function meeting<T>(change: string, work: () => Promise<T>): Promise<T> {
  const other = await createConnection(url)
  try {
    await other.query('START TRANSACTION')
    await other.query(change)
    const working = work()
    const isWaiting = async () =>
      (await server().asRoot("SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")).length > 0
    await expect.poll(isWaiting, POLLING).toBe(true)
    await other.query('COMMIT')
    return await working
  } finally {
    await other.end()
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

  it('is a code that nobody else takes', async () => {
    const user = await insertNamed(store, 'ann')
    const { digest, purpose } = codeOf(user)
    await store.codes.insert(codeOf(user))
    expect(await meeting('DELETE FROM portress_codes', () => store.codes.take(digest, purpose, NOW))).toBeNull()
  })

  it('are mails that another claim passes over without waiting', async () => {
    for (const byte of [1, 2, 3]) await store.outbox.insert({ createdAt: later(byte), body: new Uint8Array([byte]) })
    const other = await createConnection(url)
    await other.query('START TRANSACTION')
    for (const id of [1, 2]) await other.query(`SELECT 1 FROM portress_outbox WHERE id = ${id} FOR UPDATE`)
    const claimed = await store.outbox.claim(later(MINUTE), later(2 * MINUTE), 2)
    await other.end()
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
    await meeting("INSERT INTO portress_throttles VALUES ('key', '1', '2030-01-01 00:00:00', NULL)", count)
    expect(await state()).toBe('1+1')
  })

  it('leaves no row behind where it is only looked at', async () => {
    expect(await state()).toBeNull()
    expect(await server().asRoot(`SELECT 1 FROM ${new URL(url).pathname.slice(1)}.portress_throttles`)).toEqual([])
  })
})
