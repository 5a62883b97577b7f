import { expect } from 'vitest'
import type { Store, UpdateUserResult } from '../../contracts/store.ts'
import type { NewUser, User } from '../../model/user.ts'
import type { Promises } from './promises.ts'
import {
  atOnce,
  insertFormerlyActive,
  insertNamed,
  insertUser,
  LONG_AGO,
  later,
  NOW,
  newIdentity,
  newUser,
} from './store-samples.ts'

const SHARED = { emailUnique: 'once-proven' } as const

const ADDRESS = 'ann@example.org'

const CONFLICT = { outcome: 'conflict', field: 'email' } as const

/** What holds where an address is unique only among those who have proven it. */
export const sharedAddressPromises: Promises = {
  'lets any number of users claim an address, and ends nobody for it': async (_store, open) => {
    const store = await open(SHARED)
    const first = await claim(store, 'first', { status: 'pending', dateJoined: LONG_AGO })
    const second = await claim(store, 'second', { email: 'ANN@Example.org' })
    const third = await insertFormerlyActive(store, { username: 'third', email: ADDRESS })
    const fourth = await insertNamed(store, 'fourth')
    expect(await store.users.update(fourth.id, { email: ADDRESS })).toMatchObject({ outcome: 'updated' })
    const names = (await holders(store, 9)).map(({ username }) => username)
    expect(names).toEqual(['first', 'second', 'third', 'fourth'])
    expect(await holders(store, 2)).toEqual([first, second])
    expect(await store.users.findById(third.id)).toEqual(third)
  },
  'finds the owner of an address before those who claim it, and the owner of the name before all': async (
    _store,
    open,
  ) => {
    const store = await open(SHARED)
    const claimant = await claim(store, 'claimant')
    const owner = await claim(store, 'owner')
    const named = await insertUser(store, { username: ADDRESS, email: null })
    await prove(store, owner)
    expect((await holders(store, 9)).map(({ id }) => id)).toEqual([owner.id, claimant.id])
    expect((await holders(store, 1)).map(({ id }) => id)).toEqual([owner.id])
    const found = await store.users.findByIdentifier(ADDRESS, ['email', 'username'], 9)
    expect(found.map(({ id }) => id)).toEqual([named.id, owner.id, claimant.id])
    expect(await store.users.findByIdentifier(ADDRESS, ['username'], 9)).toEqual([named])
  },
  'gives an address to the first who proves it, and to nobody else from then on': async (_store, open) => {
    const store = await open(SHARED)
    const owner = await claim(store, 'owner')
    const late = await claim(store, 'late')
    const other = await insertNamed(store, 'other')
    expect(await prove(store, owner)).toMatchObject({ outcome: 'updated' })
    expect(await prove(store, late)).toEqual(CONFLICT)
    expect(await store.users.findById(late.id)).toEqual(late)
    for (const emailVerifiedAt of [null, NOW]) {
      expect(await store.users.update(other.id, { email: 'ANN@example.org', emailVerifiedAt })).toEqual(CONFLICT)
      const visitor = newUser({ username: 'visitor', emailVerifiedAt })
      expect(await store.users.insert(visitor, { replacePendingBefore: later(1) })).toEqual(CONFLICT)
      const options = { replacePendingBefore: later(1) }
      expect(await store.identities.insertWithUser(newIdentity(), visitor, options)).toEqual(CONFLICT)
    }
    expect((await holders(store, 9)).map(({ id }) => id)).toEqual([owner.id, late.id])
  },
  'lets the owner go on claiming, proving and changing the own address': async (_store, open) => {
    const store = await open(SHARED)
    const owner = await insertUser(store, { username: 'owner', emailVerifiedAt: NOW })
    for (const changes of [{ email: 'ANN@example.org' }, { emailVerifiedAt: null }, { emailVerifiedAt: NOW }]) {
      expect(await store.users.update(owner.id, changes)).toMatchObject({ outcome: 'updated', user: changes })
      expect(await holders(store, 9)).toHaveLength(1)
    }
  },
  'makes an address free again with its owner, or when the owner has another one': async (_store, open) => {
    const store = await open(SHARED)
    const owner = await insertUser(store, { username: 'owner', emailVerifiedAt: NOW })
    const claimant = await insertNamed(store, 'claimant')
    await store.users.update(owner.id, { email: 'other@example.org', emailVerifiedAt: null })
    expect(await holders(store, 9)).toEqual([])
    expect(await store.users.update(claimant.id, { email: ADDRESS })).toMatchObject({ outcome: 'updated' })
    expect(await prove(store, claimant)).toMatchObject({ outcome: 'updated' })
    expect(await store.users.update(owner.id, { email: ADDRESS })).toEqual(CONFLICT)
    await store.users.delete(claimant.id)
    expect(await store.users.update(owner.id, { email: ADDRESS })).toMatchObject({ outcome: 'updated' })
    expect((await holders(store, 9)).map(({ id }) => id)).toEqual([owner.id])
  },
  'takes a claim away with the address': async (_store, open) => {
    const store = await open(SHARED)
    const { id } = await claim(store, 'ann')
    await store.users.update(id, { email: null })
    expect(await holders(store, 9)).toEqual([])
    await store.users.update(id, { emailVerifiedAt: NOW })
    expect(await holders(store, 9)).toEqual([])
  },
  'makes exactly one of many who prove an address at once its owner': async (_store, open) => {
    const store = await open(SHARED)
    const users = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => claim(store, name)))
    const results = await Promise.all(users.map((user) => prove(store, user)))
    expect(results.filter(({ outcome }) => outcome === 'updated')).toHaveLength(1)
    expect(results.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(users.length - 1)
    const owners = (await holders(store, 9)).filter(({ emailVerifiedAt }) => emailVerifiedAt !== null)
    expect(owners).toHaveLength(1)
  },
  'makes exactly one of many new users with a proven address its owner': async (_store, open) => {
    const store = await open(SHARED)
    const results = await atOnce(6, (index) => {
      const user = newUser({ username: `ann${index}`, emailVerifiedAt: NOW })
      return store.users.insert(user, { replacePendingBefore: LONG_AGO })
    })
    expect(results.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1)
  },
}

const claim = (store: Store, username: string, changes: Partial<NewUser> = {}): Promise<User> =>
  insertUser(store, { username, email: ADDRESS, ...changes })

const prove = (store: Store, { id }: User): Promise<UpdateUserResult> =>
  store.users.update(id, { status: 'active', emailVerifiedAt: NOW })

const holders = (store: Store, limit: number): Promise<readonly User[]> =>
  store.users.findByIdentifier(ADDRESS, ['email'], limit)
