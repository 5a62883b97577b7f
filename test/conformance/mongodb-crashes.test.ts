/** What is left of a step when its process ends between any two of its writes, and that others can go on from there. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import type { User } from '../../src/model/user.ts'
import { type MongodbOptions, mongodb } from '../../src/stores/mongodb/index.ts'
import {
  codeOf,
  digestOf,
  insertIdentity,
  insertNamed,
  insertSession,
  insertUser,
  LONG_AGO,
  later,
  MINUTE,
  NOW,
  newAttempt,
  newIdentity,
  newUser,
  PLAIN_SCHEMA,
  sessionOf,
} from '../../src/testing/store-conformance/store-samples.ts'
import { withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'

const server = useMongodb('crashes between the writes of the MongoDB store')

const opened: Store[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(url: string, options?: MongodbOptions): Store {
  const store = mongodb(url, options).open(PLAIN_SCHEMA)
  opened.push(store)
  return store
}

type Cut = 'crash' | 'lost answer'

/** A step, and what must be true whatever has become of it. */
interface Crash<T> {
  readonly prepare: (store: Store) => Promise<T>
  readonly step: (store: Store, prepared: T) => Promise<unknown>
  readonly check: (store: Store, prepared: T, url: string) => Promise<void>
}

/** Cuts the step off after its first write, after its second one, and so on until it has no more. Tells how many it has. */
async function cutAfterEachWrite<T>(kind: Cut, { prepare, step, check }: Crash<T>): Promise<number> {
  for (let count = 1; ; ) {
    const url = server().createDatabase()
    const store = open(url)
    await store.migrations.apply()
    const prepared = await prepare(store)
    const dying = open(url, { connectTimeoutMilliseconds: kind === 'crash' ? 150 : 2000 })
    const cut = server().front.cutAfterWrites(count, kind)
    const outcome = await step(dying, prepared).then(
      () => 'fulfilled',
      (error: { readonly code?: string; readonly message: string }) => error.code ?? error.message,
    )
    // Until every client has seen that its connections are gone.
    await sleep(20)
    const writes = cut.lift()
    expect(['fulfilled', 'unavailable'], `after ${count} writes`).toContain(outcome)
    await check(store, prepared, url)
    await dying.close()
    await store.close()
    if (writes >= count) count += 1
    else if (outcome === 'fulfilled') return writes
    // On a busy machine the store may give up before anything is cut: then once more.
  }
}

/** What nobody should be able to see, and what should not be left for good. */
async function leftovers(url: string) {
  return withDatabase(url, async (db) => ({
    doomed: await db.collection('portress_users').countDocuments({ is_doomed: true }),
    claims: await db.collection('portress_identity_claims').countDocuments(),
    held: await db.collection('portress_throttles').countDocuments({ owner: { $exists: true } }),
  }))
}

/** Somebody who registered and was never let in, with everything one can have then. */
async function insertSquatter(store: Store, changes: Parameters<typeof insertUser>[1]): Promise<User> {
  const squatter = await insertUser(store, { status: 'pending', dateJoined: LONG_AGO, ...changes })
  await store.codes.insert(codeOf(squatter, { digest: digestOf(`code ${squatter.id}`) }))
  await store.attempts.insert(newAttempt({ userId: squatter.id }))
  await insertIdentity(store, squatter, { subject: `of ${squatter.id}` })
  return squatter
}

const OPTIONS = { replacePendingBefore: NOW }

describe.each<Cut>(['crash', 'lost answer'])('a %s after any write', (kind) => {
  it('of a registration that makes room: whoever comes next gets name and address', async () => {
    const writes = await cutAfterEachWrite(kind, {
      async prepare(store) {
        await insertSquatter(store, { email: null })
        await insertSquatter(store, { username: 'other' })
      },
      step: (store) => store.users.insert(newUser(), OPTIONS),
      async check(store, _, url) {
        const again = await store.users.insert(newUser(), OPTIONS)
        expect(['inserted', 'conflict']).toContain(again.outcome)
        expect(await store.users.findByIdentifier('ann', ['username'], 5)).toMatchObject([{ email: 'Ann@example.org' }])
        await store.users.deletePendingBefore(NOW, 100)
        expect(await store.users.list({ after: null, limit: 9 })).toHaveLength(1)
        expect(await leftovers(url)).toEqual({ doomed: 0, claims: 0, held: 0 })
        expect(await store.attempts.list({ limit: 9 })).toEqual([])
      },
    })
    expect(writes).toBeGreaterThan(8)
  })

  it('of a registration by identity: one user comes by it, and nobody is left who cannot', async () => {
    const insert = (store: Store) =>
      store.identities.insertWithUser(newIdentity(), newUser({ passwordHash: null }), OPTIONS)
    const writes = await cutAfterEachWrite(kind, {
      prepare: async () => undefined,
      step: insert,
      async check(store, _, url) {
        expect(['inserted', 'identity-taken']).toContain((await insert(store)).outcome)
        const users = await store.users.list({ after: null, limit: 9 })
        expect(users).toHaveLength(1)
        expect(await store.identities.find(newIdentity())).toMatchObject({ user: users[0] })
        expect(await leftovers(url)).toMatchObject({ claims: 1 })
      },
    })
    expect(writes).toBe(4)
  })

  it('of a link to an identity: another user can link it, unless it was made', async () => {
    await cutAfterEachWrite(kind, {
      prepare: async (store) => [await insertNamed(store, 'ann'), await insertNamed(store, 'bob')] as const,
      step: (store, [ann]) => store.identities.insert(newIdentity(), ann.id, { status: 'active' }),
      async check(store, [ann, bob]) {
        const ofAnn = await store.identities.listForUser(ann.id)
        const { outcome } = await store.identities.insert(newIdentity(), bob.id)
        expect(outcome).toBe(ofAnn.length === 1 ? 'conflict' : 'inserted')
        const owner = ofAnn.length === 1 ? ann : bob
        expect(await store.identities.find(newIdentity())).toMatchObject({ user: { id: owner.id } })
      },
    })
  })

  it('of a change of a password with all that goes with it: all of it has happened, or nothing', async () => {
    const code = { digest: digestOf('code'), purpose: 'reset-password' } as const
    const writes = await cutAfterEachWrite(kind, {
      async prepare(store) {
        await insertSquatter(store, { username: 'squatter', email: 'new@example.org' })
        const user = await insertUser(store)
        for (const id of ['one', 'two']) await insertSession(store, user, { id })
        await store.codes.insert(codeOf(user))
        await insertIdentity(store, user)
        return user
      },
      step: (store, { id }) =>
        store.users.update(
          id,
          { passwordHash: 'new', email: 'new@example.org' },
          { endSessions: { except: 'two' }, takesCode: code, removeCodes: 'all', removeIdentities: 'all' },
        ),
      async check(store, { id }) {
        const user = await store.users.findById(id)
        const hasHappened = user?.passwordHash === 'new'
        expect(user).toMatchObject({ sessionEpoch: hasHappened ? 1 : 0 })
        expect((await store.sessions.find({ id: 'one' })) === null).toBe(hasHappened)
        expect(await store.sessions.find({ id: 'two' })).not.toBeNull()
        expect((await store.codes.find(code.digest, code.purpose, NOW)) === null).toBe(hasHappened)
        expect((await store.identities.find(newIdentity())) === null).toBe(hasHappened)
        expect(await store.sessions.listForUser(id, NOW)).toHaveLength(hasHappened ? 1 : 2)
        // What was spared goes with the next change, and what was ended never comes back.
        await store.users.update(id, {}, { endSessions: 'all' })
        expect(await store.sessions.listForUser(id, NOW)).toEqual([])
        const bob = await insertNamed(store, 'bob')
        const linked = await store.identities.insert(newIdentity(), bob.id)
        expect(linked.outcome).toBe(hasHappened ? 'inserted' : 'conflict')
      },
    })
    expect(writes).toBeGreaterThan(8)
  })

  it('of a deletion: the user is there as before, or nothing of them is seen and all of it goes', async () => {
    await cutAfterEachWrite(kind, {
      async prepare(store) {
        const user = await insertUser(store)
        await insertSession(store, user)
        await store.attempts.insert(newAttempt({ userId: user.id }))
        await insertIdentity(store, user)
        return user
      },
      step: (store, { id }) => store.users.delete(id),
      async check(store, user, url) {
        const isThere = (await store.users.findById(user.id)) !== null
        expect((await store.sessions.find({ id: 'session' })) !== null).toBe(isThere)
        expect((await store.identities.find(newIdentity())) !== null).toBe(isThere)
        expect((await store.users.insert(newUser(), OPTIONS)).outcome).toBe(isThere ? 'conflict' : 'inserted')
        await store.users.deletePendingBefore(LONG_AGO, 10)
        expect(await store.attempts.list({ limit: 9 })).toHaveLength(isThere ? 1 : 0)
        expect(await leftovers(url)).toMatchObject({ doomed: 0, claims: isThere ? 1 : 0 })
      },
    })
  })

  it('of a step over several counters: all of it is counted, or nothing, and counting goes on', async () => {
    const keys = ['a', 'b', 'c']
    const entry = (state: string) => ({ state, expiresAt: later(MINUTE), lockedUntil: null })
    const count = (store: Store) =>
      store.throttles.update(keys, (entries) => ({
        // The middle one is only looked at, as some keys are.
        entries: entries.map((before, at) => (at === 1 ? before : entry(`${Number(before?.state ?? 0) + 1}`))),
        result: null,
      }))
    const read = (store: Store) =>
      store.throttles.update(keys, (entries) => ({ entries, result: entries.map((one) => one?.state) }))
    const writes = await cutAfterEachWrite(kind, {
      prepare: count,
      step: count,
      async check(store, _, url) {
        const [first = '', , last] = await read(store)
        expect(['1', '2']).toContain(first)
        expect(last).toBe(first)
        await count(store)
        expect(await read(store)).toEqual([`${Number(first) + 1}`, undefined, `${Number(first) + 1}`])
        expect(await leftovers(url)).toMatchObject({ held: 0 })
      },
    })
    expect(writes).toBeGreaterThan(5)
  })

  it('of taking a group away: nobody is in it any more, or it is there', async () => {
    await cutAfterEachWrite(kind, {
      async prepare(store) {
        const group = await store.groups.insert({ id: null, name: 'Editors', permissions: ['blog.add'] })
        const user = await insertNamed(store, 'ann')
        if (group.outcome !== 'inserted') throw new Error('the group was not inserted')
        await store.groups.setGroups(user.id, [group.group.id])
        return { user, groupId: group.group.id }
      },
      step: (store, { groupId }) => store.groups.delete(groupId),
      async check(store, { user, groupId }) {
        const isThere = (await store.groups.find(groupId)) !== null
        expect(await store.groups.groupsOf(user.id)).toHaveLength(isThere ? 1 : 0)
        expect((await store.groups.permissionsOf(user.id)).ofGroups).toEqual(isThere ? ['blog.add'] : [])
      },
    })
  })

  it('of replacing a session under one handle: the old one counts, or none, or the new one', async () => {
    await cutAfterEachWrite(kind, {
      async prepare(store) {
        const user = await insertNamed(store, 'ann')
        return { user, old: await insertSession(store, user) }
      },
      step: (store, { user, old }) =>
        store.sessions.findOrInsert(sessionOf(user, { digest: digestOf('new') }), user, { insteadOf: old.digest }),
      async check(store, { user, old }) {
        const again = sessionOf(user, { digest: digestOf('newer') })
        const found = await store.sessions.findOrInsert(again, user, { insteadOf: old.digest })
        expect([digestOf('new'), digestOf('newer')]).toContainEqual(found?.digest)
        expect(await store.sessions.find({ digest: old.digest })).toBeNull()
      },
    })
  })
})
