import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store, StoreSchema } from '../../src/contracts/store.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { insertUser, NOW, PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { readGuideSql } from '../support/guide-sql.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-addresses-'))
afterAll(() => rmSync(folder, { recursive: true }))

let location: string
const opened: Store[] = []
beforeEach((context) => {
  location = join(folder, `${context.task.id}.db`)
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

async function open(emailUnique: StoreSchema['emailUnique']): Promise<Store> {
  const store = sqlite(location).open({ ...PLAIN_SCHEMA, emailUnique })
  opened.push(store)
  await store.migrations.apply()
  return store
}

const namesOf = async (store: Store, address: string): Promise<readonly (string | null)[]> =>
  (await store.users.findByIdentifier(address, ['email'], 9)).map(({ username }) => username)

describe('an address that thousands have registered', () => {
  /** The fastest of many, in milliseconds. */
  async function fastest(store: Store, address: string): Promise<number> {
    let least = Number.POSITIVE_INFINITY
    for (let turn = 0; turn < 50; turn += 1) {
      const start = performance.now()
      expect(await store.users.findByIdentifier(address, ['username', 'email'], 10)).toHaveLength(10)
      least = Math.min(least, performance.now() - start)
    }
    return least
  }

  it('is looked up as fast as one that ten have', async () => {
    const store = await open('once-proven')
    for (let index = 0; index < 10; index += 1) {
      await insertUser(store, { username: `few${index}`, email: 'few@example.org' })
    }
    for (let index = 0; index < 3000; index += 1) {
      await insertUser(store, { username: `many${index}`, email: 'many@example.org' })
    }
    expect(await fastest(store, 'many@example.org')).toBeLessThan(5 * (await fastest(store, 'few@example.org')))
  })

  it('is found with its owner first, then the oldest', async () => {
    const store = await open('once-proven')
    for (const username of ['first', 'second', 'third']) {
      await insertUser(store, { username, email: 'many@example.org' })
    }
    await insertUser(store, { username: 'owner', email: 'owner@example.org' })
    const [owner] = await store.users.findByIdentifier('owner', ['username'], 1)
    if (owner === undefined) throw new Error('the owner is there')
    const owned = await store.users.update(owner.id, { email: 'many@example.org', emailVerifiedAt: NOW })
    expect(owned.outcome).toBe('updated')
    const names = async (limit: number) =>
      (await store.users.findByIdentifier('many@example.org', ['username', 'email'], limit)).map(
        (user) => user.username,
      )
    expect(await names(9)).toEqual(['owner', 'first', 'second', 'third'])
    expect(await names(2)).toEqual(['owner', 'first'])
  })
})

describe('a database whose addresses were always unique', () => {
  it('needs nothing to go on with addresses that are unique once proven', async () => {
    const before = await open('always')
    const ann = await insertUser(before, { username: 'ann', email: 'ann@example.org' })
    await insertUser(before, { username: 'bob', email: 'bob@example.org', emailVerifiedAt: NOW })
    const store = await open('once-proven')
    expect((await store.migrations.status()).problems).toEqual([])
    expect(await namesOf(store, 'ann@example.org')).toEqual(['ann'])
    const other = await insertUser(store, { username: 'other', email: 'ann@example.org' })
    expect(await namesOf(store, 'ann@example.org')).toEqual(['ann', 'other'])
    expect(await store.users.update(other.id, { emailVerifiedAt: NOW })).toMatchObject({ outcome: 'updated' })
    expect(await namesOf(store, 'ann@example.org')).toEqual(['other', 'ann'])
    const conflict = { outcome: 'conflict', field: 'email' }
    expect(await store.users.update(ann.id, { emailVerifiedAt: NOW })).toEqual(conflict)
    expect(await store.users.update(ann.id, { email: 'bob@example.org' })).toEqual(conflict)
  })

  it('lets whoever had an address unproven prove it or share it by a change', async () => {
    const before = await open('always')
    const ann = await insertUser(before, { username: 'ann', email: 'ann@example.org' })
    const bob = await insertUser(before, { username: 'bob', email: 'bob@example.org' })
    const store = await open('once-proven')
    expect(await store.users.update(bob.id, { email: 'ann@example.org' })).toMatchObject({ outcome: 'updated' })
    expect(await namesOf(store, 'ann@example.org')).toEqual(['ann', 'bob'])
    expect(await store.users.update(ann.id, { emailVerifiedAt: NOW })).toMatchObject({ outcome: 'updated' })
    expect(await namesOf(store, 'ann@example.org')).toEqual(['ann', 'bob'])
  })
})

describe('a database whose addresses were unique once proven', () => {
  async function sharing(): Promise<void> {
    const before = await open('once-proven')
    await insertUser(before, { username: 'first', email: 'shared@example.org' })
    await insertUser(before, { username: 'second', email: 'shared@example.org' })
    await insertUser(before, { username: 'claimant', email: 'owned@example.org' })
    await insertUser(before, { username: 'owner', email: 'owned2@example.org', emailVerifiedAt: NOW })
    const stranger = await insertUser(before, { username: 'stranger', email: 'other@example.org' })
    await before.users.update(stranger.id, { email: 'owned@example.org', emailVerifiedAt: NOW })
  }

  it('has problems until somebody decided who keeps what', async () => {
    await sharing()
    const store = await open('always')
    expect((await store.migrations.status()).problems).toEqual([
      "addresses in portress_users.shared_email_key are of user.emailUnique 'once-proven', which is 'always' now: " +
        'decide who keeps them',
    ])
  })

  it('goes back by the statements of the guide', async () => {
    await sharing()
    const database = new DatabaseSync(location)
    database.exec(readGuideSql('let-addresses-repeat-until-proven.md'))
    database.close()
    const store = await open('always')
    expect((await store.migrations.status()).problems).toEqual([])
    expect(await namesOf(store, 'shared@example.org')).toEqual(['first'])
    expect(await namesOf(store, 'owned@example.org')).toEqual(['stranger'])
    expect(await namesOf(store, 'owned2@example.org')).toEqual(['owner'])
    const users = await store.users.list({ after: null, limit: 9 })
    expect(users.filter(({ email }) => email === null).map(({ username }) => username)).toEqual(['second', 'claimant'])
  })
})
