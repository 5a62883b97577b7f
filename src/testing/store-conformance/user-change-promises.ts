import { expect } from 'vitest'
import type { Store } from '../../contracts/store.ts'
import type { User } from '../../model/user.ts'
import type { Promises } from './promises.ts'
import {
  atOnce,
  codeOf,
  digestOf,
  insertFormerlyActive,
  insertNamed,
  insertSession,
  insertUser,
  later,
  NOW,
} from './store-samples.ts'

/** How users are changed, together with what must change with them. */
export const userChangePromises: Promises = {
  'changes the given columns and no others': async (store) => {
    const user = await insertUser(store)
    const other = await insertNamed(store, 'other')
    const changes = {
      passwordHash: null,
      firstName: 'Anne',
      lastName: 'Other',
      status: 'disabled',
      isStaff: true,
      isSuperuser: true,
      emailVerifiedAt: later(1),
      lastLoginAt: later(2),
    } as const
    for (const [column, value] of Object.entries(changes)) {
      const before = await store.users.findById(user.id)
      const result = await store.users.update(user.id, { [column]: value })
      expect(result).toEqual({ outcome: 'updated', user: { ...before, [column]: value } })
    }
    expect(await store.users.findById(user.id)).toEqual({ ...user, ...changes })
    expect(await store.users.findById(other.id)).toEqual(other)
  },
  'notes a log-in of exactly the user named': async (store) => {
    const user = await insertUser(store)
    const other = await insertNamed(store, 'other')
    await store.users.noteLogin(user.id, later(3))
    await store.users.noteLogin(987_654, later(3))
    expect(await store.users.findById(user.id)).toEqual({ ...user, lastLoginAt: later(3) })
    expect(await store.users.findById(other.id)).toEqual(other)
  },
  'changes nothing when nothing is given': async (store) => {
    const user = await insertUser(store)
    expect(await store.users.update(user.id, {})).toEqual({ outcome: 'updated', user })
  },
  'frees the old name and address and finds the user under the new ones': async (store) => {
    const { id } = await insertUser(store)
    await store.users.update(id, { username: 'BEA', email: 'Bea@Example.org' })
    const find = (key: string) => store.users.findByIdentifier(key, ['username', 'email'], 5)
    expect(await find('bea')).toMatchObject([{ id, username: 'BEA' }])
    expect(await find('bea@example.org')).toMatchObject([{ id, email: 'Bea@Example.org' }])
    expect([...(await find('ann')), ...(await find('ann@example.org'))]).toEqual([])
    expect((await insertUser(store)).id).not.toBe(id)
  },
  'takes names and addresses away': async (store) => {
    const { id } = await insertUser(store)
    const result = await store.users.update(id, { username: null, email: null })
    expect(result).toMatchObject({ outcome: 'updated', user: { username: null, email: null } })
    expect((await insertUser(store)).id).not.toBe(id)
  },
  'lets a user spell the own name otherwise': async (store) => {
    const { id } = await insertUser(store)
    const result = await store.users.update(id, { username: 'ANN', email: 'ann@example.org' })
    expect(result).toMatchObject({ outcome: 'updated', user: { username: 'ANN', email: 'ann@example.org' } })
  },
  'refuses a value of somebody else and leaves everything as it was': async (store) => {
    await insertUser(store)
    const bob = await insertUser(store, { username: 'bob', email: 'bob@example.org' })
    await insertSession(store, bob)
    await store.codes.insert(codeOf(bob))
    const options = { endSessions: 'all', removeCodes: 'all' } as const
    const takeName = await store.users.update(bob.id, { firstName: 'Eve', username: 'ANN' }, options)
    expect(takeName).toEqual({ outcome: 'conflict', field: 'username' })
    const takeAddress = await store.users.update(bob.id, { firstName: 'Eve', email: 'ann@EXAMPLE.org' }, options)
    expect(takeAddress).toEqual({ outcome: 'conflict', field: 'email' })
    expect(await store.users.findById(bob.id)).toEqual(bob)
    expect(await store.sessions.find({ id: 'session' })).not.toBeNull()
    expect(await store.codes.find(digestOf('code'), 'reset-password', NOW)).not.toBeNull()
  },
  'takes no address over from a pending holder who was let in before': async (store) => {
    const holder = await insertFormerlyActive(store)
    const bob = await insertUser(store, { username: 'bob', email: 'bob@example.org' })
    const take = await store.users.update(bob.id, { email: 'ann@example.org' })
    expect(take).toEqual({ outcome: 'conflict', field: 'email' })
    expect(await store.users.findById(holder.id)).toEqual(holder)
  },
  'takes an address over from a pending holder, but never a name': async (store) => {
    const squatter = await insertUser(store, { status: 'pending' })
    const bob = await insertUser(store, { username: 'bob', email: 'bob@example.org' })
    const takeName = await store.users.update(bob.id, { username: 'ann', email: 'ann@example.org' })
    expect(takeName).toEqual({ outcome: 'conflict', field: 'username' })
    expect(await store.users.findById(squatter.id)).toEqual(squatter)
    const takeAddress = await store.users.update(bob.id, { email: 'ann@example.org' })
    expect(takeAddress).toMatchObject({ outcome: 'updated', user: { email: 'ann@example.org' } })
    expect(await store.users.findById(squatter.id)).toBeNull()
  },
  'changes only while the named columns hold the named values': async (store) => {
    const user = await insertUser(store)
    const wrong = [
      { status: 'pending' },
      { passwordHash: null },
      { passwordHash: 'another' },
      { email: 'ann@example.org' },
      { username: null },
      { isStaff: true },
      { isSuperuser: true },
      { status: 'active', username: 'ann' },
    ] as const
    for (const when of wrong) {
      const options = { when, endSessions: 'all' } as const
      expect(await store.users.update(user.id, { firstName: 'Eve' }, options)).toEqual({ outcome: 'missed' })
    }
    expect(await store.users.findById(user.id)).toEqual(user)
    const { status, passwordHash, email, username, isStaff, isSuperuser } = user
    const right = await store.users.update(
      user.id,
      { passwordHash: null },
      { when: { status, passwordHash, email, username, isStaff, isSuperuser } },
    )
    expect(right).toMatchObject({ outcome: 'updated', user: { passwordHash: null } })
    const again = await store.users.update(user.id, { firstName: 'Anne' }, { when: { passwordHash: null } })
    expect(again).toMatchObject({ outcome: 'updated', user: { firstName: 'Anne' } })
  },
  'lets exactly one of many concurrent changes of one state happen': async (store) => {
    const user = await insertUser(store, { status: 'pending' })
    const results = await atOnce(20, (index) =>
      store.users.update(user.id, { status: 'active', firstName: `${index}` }, { when: { status: 'pending' } }),
    )
    expect(results.filter(({ outcome }) => outcome === 'updated')).toHaveLength(1)
    expect(results.filter(({ outcome }) => outcome === 'missed')).toHaveLength(19)
  },
  'misses a user who is gone': async (store) => {
    const user = await insertUser(store)
    await store.users.delete(user.id)
    expect(await store.users.update(user.id, { firstName: 'Eve' })).toEqual({ outcome: 'missed' })
  },
  'ends all sessions of the user and counts the epoch up': async (store) => {
    const user = await insertUserWithSessions(store)
    const result = await store.users.update(user.id, { passwordHash: 'new' }, { endSessions: 'all' })
    expect(result).toMatchObject({ outcome: 'updated', user: { passwordHash: 'new', sessionEpoch: 1 } })
    expect(await store.sessions.listForUser(user.id, NOW)).toEqual([])
    expect(await store.sessions.find({ id: 'of somebody else' })).not.toBeNull()
  },
  'ends all sessions but one': async (store) => {
    const user = await insertUserWithSessions(store)
    await store.users.update(user.id, {}, { endSessions: { except: 'two' } })
    expect((await store.sessions.listForUser(user.id, NOW)).map(({ id }) => id)).toEqual(['two'])
    expect(await store.users.findById(user.id)).toMatchObject({ sessionEpoch: 1 })
    expect(await store.sessions.find({ id: 'of somebody else' })).not.toBeNull()
  },
  'leaves sessions and epoch alone unless asked': async (store) => {
    const user = await insertUserWithSessions(store)
    await store.users.update(user.id, { passwordHash: 'new' }, { removeCodes: 'all' })
    expect(await store.sessions.listForUser(user.id, NOW)).toHaveLength(3)
    expect(await store.users.findById(user.id)).toMatchObject({ sessionEpoch: 0 })
  },
  'changes and deletes only in the epoch that was asked for': async (store) => {
    const user = await insertUserWithSessions(store)
    await store.users.update(user.id, {}, { endSessions: 'all' })
    const when = { sessionEpoch: user.sessionEpoch }
    expect(await store.users.update(user.id, { firstName: 'Eve' }, { when })).toEqual({ outcome: 'missed' })
    expect(await store.users.delete(user.id, when)).toBe(false)
    expect(await store.users.findById(user.id)).toMatchObject({ firstName: user.firstName })
    expect(await store.users.delete(user.id, { sessionEpoch: user.sessionEpoch + 1 })).toBe(true)
  },
  'spares the codes of one purpose where that is asked for': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (const purpose of ['reset-password', 'cancel-email-change'] as const) {
      await store.codes.insert(codeOf(user, { purpose, digest: digestOf(purpose) }))
    }
    await store.users.update(user.id, {}, { removeCodes: { except: 'cancel-email-change' } })
    expect(await store.codes.find(digestOf('reset-password'), 'reset-password', NOW)).toBeNull()
    expect(await store.codes.find(digestOf('cancel-email-change'), 'cancel-email-change', NOW)).not.toBeNull()
  },
  'uses a code up with the change, and changes nothing without it': async (store) => {
    const user = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    const code = codeOf(user, { purpose: 'cancel-email-change' })
    await store.codes.insert(code)
    const rename = (id: typeof user.id, firstName: string) => store.users.update(id, { firstName }, { takesCode: code })
    expect(await rename(bob.id, 'Bob')).toEqual({ outcome: 'missed' })
    const results = await atOnce(5, (index) => rename(user.id, `Ann ${index}`))
    expect(results.filter(({ outcome }) => outcome === 'updated')).toHaveLength(1)
    expect(await store.codes.find(code.digest, code.purpose, NOW)).toBeNull()
  },
  'keeps the code where the change is refused': async (store) => {
    const user = await insertNamed(store, 'ann')
    await insertNamed(store, 'bob')
    const code = codeOf(user, { purpose: 'cancel-email-change' })
    await store.codes.insert(code)
    const refused = await store.users.update(user.id, { username: 'bob' }, { takesCode: code })
    expect(refused).toMatchObject({ outcome: 'conflict' })
    expect(await store.codes.find(code.digest, code.purpose, NOW)).not.toBeNull()
  },
  'spares of that purpose only the codes made before a moment, where one is given': async (store) => {
    const user = await insertNamed(store, 'ann')
    const purpose = 'cancel-email-change'
    for (const minutes of [1, 2, 3]) {
      await store.codes.insert(
        codeOf(user, { purpose, digest: digestOf(`made ${minutes}`), createdAt: later(minutes) }),
      )
    }
    await store.users.update(user.id, {}, { removeCodes: { except: purpose, madeBefore: later(2) } })
    const isThere = async (text: string) => (await store.codes.find(digestOf(text), purpose, NOW)) !== null
    expect([await isThere('made 1'), await isThere('made 2'), await isThere('made 3')]).toEqual([true, false, false])
  },
  'removes the codes of every purpose of this user alone': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    const purposes = ['verify-email', 'reset-password', 'change-email', 'cancel-email-change', 'unlock'] as const
    for (const purpose of purposes) {
      for (const user of [ann, bob]) {
        await store.codes.insert(codeOf(user, { purpose, digest: digestOf(purpose + user.username) }))
      }
    }
    await store.users.update(ann.id, {}, { removeCodes: 'all' })
    for (const purpose of purposes) {
      expect(await store.codes.find(digestOf(`${purpose}ann`), purpose, NOW), purpose).toBeNull()
      expect(await store.codes.find(digestOf(`${purpose}bob`), purpose, NOW), purpose).not.toBeNull()
    }
  },
}

async function insertUserWithSessions(store: Store): Promise<User> {
  const user = await insertNamed(store, 'ann')
  for (const id of ['one', 'two', 'three']) await insertSession(store, user, { id })
  await insertSession(store, await insertNamed(store, 'bob'), { id: 'of somebody else' })
  return user
}
