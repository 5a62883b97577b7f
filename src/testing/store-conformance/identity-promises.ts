import { expect } from 'vitest'
import type { Promises } from './promises.ts'
import {
  atOnce,
  HOSTILE_TEXTS,
  insertFormerlyActive,
  insertIdentity,
  insertNamed,
  insertSession,
  insertUser,
  LONG_AGO,
  later,
  MINUTE,
  newIdentity,
  newUser,
  UNKEEPABLE_TEXTS,
} from './store-samples.ts'

const KEY = { provider: 'github', subject: '4711' }

/** Who nobody can guess a password of. */
const WITHOUT_PASSWORD = { passwordHash: null }

/** How users are linked to providers, found by them, and parted from them. */
export const identityPromises: Promises = {
  'finds an identity with its user, whatever the user’s status': async (store) => {
    const ann = await insertNamed(store, 'ann')
    await insertIdentity(store, await insertNamed(store, 'bob'), { subject: 'of somebody else' })
    const sealedTokens = new Uint8Array([0, 255, 7])
    const identity = await insertIdentity(store, ann, { sealedTokens })
    expect(identity).toMatchObject({ ...newIdentity({ sealedTokens }), userId: ann.id })
    expect(await store.identities.find(KEY)).toEqual({ identity, user: ann })
    await store.users.update(ann.id, { status: 'disabled' })
    expect(await store.identities.find(KEY)).toEqual({ identity, user: { ...ann, status: 'disabled' } })
  },
  'takes every other spelling for another identity': async (store) => {
    const user = await insertNamed(store, 'ann')
    await insertIdentity(store, user, { provider: 'oidc', subject: 'Ann:1' })
    const others = ['ann:1', 'ANN:1', 'Ann:1 ', ' Ann:1', 'Ann:10', 'Ann', 'Än:1', '%', '']
    for (const subject of others) expect(await store.identities.find({ provider: 'oidc', subject }), subject).toBeNull()
    for (const provider of ['OIDC', 'oidc ', 'oid', '']) {
      expect(await store.identities.find({ provider, subject: 'Ann:1' }), provider).toBeNull()
    }
    expect(await store.identities.find({ provider: 'oidc:Ann', subject: '1' })).toBeNull()
    for (const subject of others) await insertIdentity(store, user, { provider: 'oidc', subject })
    expect(await store.identities.listForUser(user.id)).toHaveLength(1 + others.length)
  },
  'keeps hostile texts as they are': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const extraData = { [`key ${text}`]: [text] }
      const identity = await insertIdentity(store, user, { subject: `${index}${text}`, email: text, extraData })
      expect(await store.identities.find({ ...KEY, subject: `${index}${text}` })).toEqual({ identity, user })
    }
  },
  'refuses a subject that no database keeps as it is': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (const subject of UNKEEPABLE_TEXTS) await expect(insertIdentity(store, user, { subject })).rejects.toThrow()
    expect(await store.identities.listForUser(user.id)).toEqual([])
  },
  'lists the identities of one user in the order of linking, and never gives an id out twice': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const first = await insertIdentity(store, ann, { subject: 'first' })
    await insertIdentity(store, await insertNamed(store, 'bob'), { subject: 'of somebody else' })
    const second = await insertIdentity(store, ann, { subject: 'second', createdAt: LONG_AGO })
    expect(await store.identities.listForUser(ann.id)).toEqual([first, second])
    expect(await store.identities.delete(second.id, ann.id)).toBe('deleted')
    const third = await insertIdentity(store, ann, { subject: 'third' })
    expect(third.id).toBeGreaterThan(second.id)
    expect(await store.identities.listForUser(ann.id)).toEqual([first, third])
  },
  'links an identity to one of all who ask at once, and tells the others nothing': async (store) => {
    const users = await atOnce(10, (index) => insertNamed(store, `user${index}`))
    const results = await Promise.all(users.map(({ id }) => store.identities.insert(newIdentity(), id)))
    expect(results.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1)
    expect(results.filter(({ outcome }) => outcome !== 'inserted')).toEqual(Array(9).fill({ outcome: 'conflict' }))
    const known = await store.identities.find(KEY)
    const winner = results.findIndex(({ outcome }) => outcome === 'inserted')
    expect(known?.user.id).toBe(users[winner]?.id)
  },
  'links only while the condition on the user holds': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const link = (when: object) => store.identities.insert(newIdentity(), ann.id, when)
    await store.users.update(ann.id, {}, { endSessions: 'all' })
    expect(await link({ status: 'active', sessionEpoch: 0 })).toEqual({ outcome: 'missed' })
    expect(await link({ email: 'other@example.org' })).toEqual({ outcome: 'missed' })
    expect(await link({ status: 'active', sessionEpoch: 1, email: null })).toMatchObject({ outcome: 'inserted' })
    await store.users.delete(ann.id)
    expect(await store.identities.insert(newIdentity({ subject: 'other' }), ann.id)).toEqual({ outcome: 'missed' })
  },
  'adds a user with the identity, and one user for one identity': async (store) => {
    const insert = (index: number) => {
      const user = newUser({ username: `ann${index}`, email: null, passwordHash: null })
      return store.identities.insertWithUser(newIdentity(), user, { replacePendingBefore: LONG_AGO })
    }
    const results = await atOnce(10, insert)
    const [winner, ...more] = results.filter((result) => result.outcome === 'inserted')
    expect(more).toEqual([])
    expect(results.filter(({ outcome }) => outcome === 'identity-taken')).toHaveLength(9)
    expect(await store.identities.find(KEY)).toEqual({ identity: winner?.identity, user: winner?.user })
    expect(await store.users.list({ after: null, limit: 20 })).toEqual([winner?.user])
  },
  'tells all but one who come at once with one identity and one address that the identity is taken': async (store) => {
    const insert = () =>
      store.identities.insertWithUser(newIdentity(), newUser({ passwordHash: null }), {
        replacePendingBefore: LONG_AGO,
      })
    const outcomes = (await atOnce(10, insert)).map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual([...Array(9).fill('identity-taken'), 'inserted'])
  },
  'adds neither of the two where one of them is taken': async (store) => {
    const ann = await insertUser(store)
    const options = { replacePendingBefore: LONG_AGO }
    const insert = (user: object) => store.identities.insertWithUser(newIdentity(), newUser(user), options)
    expect(await insert({ username: 'other' })).toEqual({ outcome: 'conflict', field: 'email' })
    expect(await insert({ email: 'other@example.org' })).toEqual({ outcome: 'conflict', field: 'username' })
    expect(await store.identities.find(KEY)).toBeNull()
    await insertIdentity(store, ann)
    expect(await insert({})).toEqual({ outcome: 'identity-taken' })
    expect(await insert({ username: 'other', email: null })).toEqual({ outcome: 'identity-taken' })
    expect(await store.users.list({ after: null, limit: 9 })).toEqual([ann])
  },
  'adds a user with an identity in place of one who was never let in, and of no other': async (store) => {
    const options = { replacePendingBefore: LONG_AGO }
    const former = await insertFormerlyActive(store)
    const insert = () => store.identities.insertWithUser(newIdentity(), newUser({ username: 'new' }), options)
    expect(await insert()).toEqual({ outcome: 'conflict', field: 'email' })
    await store.users.delete(former.id)
    const pending = await insertUser(store, { status: 'pending' })
    await insertIdentity(store, pending, { subject: 'of the squatter' })
    expect(await insert()).toMatchObject({ outcome: 'inserted', identity: newIdentity() })
    expect(await store.users.findById(pending.id)).toBeNull()
    expect(await store.identities.find({ ...KEY, subject: 'of the squatter' })).toBeNull()
  },
  'notes a log-in, and keeps tokens where there are no newer ones': async (store) => {
    const user = await insertNamed(store, 'ann')
    const { id, ...before } = await insertIdentity(store, user, { sealedTokens: new Uint8Array([1]) })
    const bob = await insertIdentity(store, user, { subject: 'other' })
    const news = { lastLoginAt: later(MINUTE), extraData: { login: 'anna' } }
    await store.identities.noteLogin(id, news)
    expect((await store.identities.find(KEY))?.identity).toEqual({ id, ...before, ...news })
    await store.identities.noteLogin(id, { ...news, sealedTokens: new Uint8Array([2]) })
    const sealedTokens = new Uint8Array([2])
    expect(await store.identities.listForUser(user.id)).toEqual([{ id, ...before, ...news, sealedTokens }, bob])
    await store.identities.noteLogin(99, news)
  },
  'takes an identity from its owner alone': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    const { id } = await insertIdentity(store, ann)
    expect(await store.identities.delete(id, bob.id)).toBe('missed')
    expect(await store.identities.delete(id + 1, ann.id)).toBe('missed')
    expect(await store.identities.find(KEY)).not.toBeNull()
    expect(await store.identities.delete(id, ann.id)).toBe('deleted')
    expect(await store.identities.delete(id, ann.id)).toBe('missed')
    expect(await store.identities.find(KEY)).toBeNull()
  },
  'keeps the last identity of a user without a password, however many are taken away at once': async (store) => {
    const user = await insertNamed(store, 'ann', WITHOUT_PASSWORD)
    const identities = await atOnce(5, (index) => insertIdentity(store, user, { subject: `${index}` }))
    const outcomes = await Promise.all(identities.map(({ id }) => store.identities.delete(id, user.id)))
    expect(outcomes.filter((outcome) => outcome === 'deleted')).toHaveLength(4)
    expect(outcomes.filter((outcome) => outcome === 'last-way-in')).toHaveLength(1)
    const [last, ...more] = await store.identities.listForUser(user.id)
    expect(more).toEqual([])
    await store.users.update(user.id, { passwordHash: 'a hash' })
    expect(await store.identities.delete(last?.id ?? 0, user.id)).toBe('deleted')
  },
  'removes the identities of a user together with a change, where it is told to': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    await insertIdentity(store, ann)
    const ofBob = await insertIdentity(store, bob, { subject: 'of bob' })
    await store.users.update(ann.id, { firstName: 'Anna' }, { endSessions: 'all', removeCodes: 'all' })
    expect(await store.identities.listForUser(ann.id)).toHaveLength(1)
    await store.users.update(ann.id, {}, { removeIdentities: 'all', when: { status: 'disabled' } })
    expect(await store.identities.listForUser(ann.id)).toHaveLength(1)
    await store.users.update(ann.id, {}, { removeIdentities: 'all' })
    expect(await store.identities.listForUser(ann.id)).toEqual([])
    expect(await store.identities.listForUser(bob.id)).toEqual([ofBob])
  },
  'deletes the identities with their user, and no session of others': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    await insertSession(store, bob)
    await insertIdentity(store, ann)
    await store.users.delete(ann.id)
    expect(await store.identities.find(KEY)).toBeNull()
    expect(await store.sessions.find({ id: 'session' })).not.toBeNull()
    await insertIdentity(store, bob)
    expect((await store.identities.find(KEY))?.user).toEqual(bob)
  },
}
