import { expect } from 'vitest'
import type { User, UserId } from '../../model/user.ts'
import type { Promises } from './promises.ts'
import {
  atOnce,
  codeOf,
  digestOf,
  HOSTILE_TEXTS,
  insertFormerlyActive,
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
  UNKEEPABLE_TEXTS,
} from './store-samples.ts'

/** How users are added, found and deleted. */
export const userPromises: Promises = {
  'gives a new user back as it is stored': async (store) => {
    const given = newUser({ isStaff: true, isSuperuser: true, emailVerifiedAt: later(-1), dateJoined: later(7) })
    const user = await insertUser(store, given)
    expect(user).toEqual({ ...given, id: expect.any(Number), lastLoginAt: null, sessionEpoch: 0 })
    expect(await store.users.findById(user.id)).toEqual(user)
  },
  'keeps a user without name, address and password': async (store) => {
    const nothing = { username: null, email: null, passwordHash: null, firstName: '', lastName: '' }
    const user = await insertUser(store, nothing)
    expect(await store.users.findById(user.id)).toMatchObject(nothing)
    expect((await insertUser(store, nothing)).id).not.toBe(user.id)
  },
  'keeps hostile texts as they are': async (store) => {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const texts = {
        username: `${index}${text}`,
        email: `${index}${text}@example.org`,
        firstName: text,
        lastName: text,
      }
      const user = await insertUser(store, { ...texts, passwordHash: text })
      expect(await store.users.findById(user.id)).toMatchObject({ ...texts, passwordHash: text })
    }
  },
  'refuses a text that it cannot keep as it is': async (store) => {
    for (const text of UNKEEPABLE_TEXTS) {
      await expect(insertUser(store, { firstName: text })).rejects.toMatchObject({ code: 'malformed_request' })
    }
  },
  'finds nobody under an id that was never given': async (store) => {
    const user = await insertUser(store)
    for (const id of [
      0,
      -1,
      1.5,
      Number.MAX_SAFE_INTEGER,
      Number.NaN,
      '',
      `${user.id}`,
      `${user.id}x`,
      "' OR 1=1 --",
    ]) {
      expect(await store.users.findById(id), String(id)).toBeNull()
      expect(await store.users.delete(id), String(id)).toBe(false)
      expect(await store.users.update(id, { firstName: 'Eve' }), String(id)).toEqual({ outcome: 'missed' })
    }
  },
  'never gives an id out twice': async (store) => {
    const first = await insertNamed(store, 'first')
    const last = await insertNamed(store, 'last')
    await store.users.delete(last.id)
    const next = await insertNamed(store, 'next')
    expect(new Set([first.id, last.id, next.id]).size).toBe(3)
  },
  'keeps the ids that callers draw where ids are UUIDs': async (_store, open) => {
    const store = await open({ ids: 'uuid' })
    const id = '018f3a5e-7b1c-7c3a-9d6e-2f4b8a1c0d5e'
    const user = await insertUser(store, { id })
    expect(user.id).toBe(id)
    await insertSession(store, user)
    expect(await store.sessions.find({ id: 'session' })).toMatchObject({ session: { userId: id }, user: { id } })
    await expect(insertUser(store, { id: null, username: 'bob', email: null })).rejects.toThrow(TypeError)
  },
  'draws integer ids itself': async (store) => {
    await expect(insertUser(store, { id: 7 })).rejects.toThrow(TypeError)
  },
  'refuses a taken name or address in every spelling, and names the field': async (store) => {
    await insertUser(store)
    const conflicting = [
      { given: { username: 'ANN', email: null }, field: 'username' },
      { given: { username: 'ａｎｎ', email: null }, field: 'username' },
      { given: { username: null, email: 'aNN@EXAMPLE.org' }, field: 'email' },
      { given: {}, field: 'username' },
    ]
    for (const { given, field } of conflicting) {
      const result = await store.users.insert(newUser(given), { replacePendingBefore: LONG_AGO })
      expect(result).toEqual({ outcome: 'conflict', field })
    }
  },
  'leaves no gap between the ids for one that was refused, which would tell whose address is known': async (store) => {
    const ann = await insertUser(store)
    const options = { replacePendingBefore: LONG_AGO }
    const taken = newUser({ username: 'eve' })
    expect(await store.users.insert(taken, options)).toEqual({ outcome: 'conflict', field: 'email' })
    const byIdentity = await store.identities.insertWithUser(newIdentity(), taken, options)
    expect(byIdentity).toEqual({ outcome: 'conflict', field: 'email' })
    expect((await insertNamed(store, 'bob')).id).toBe(Number(ann.id) + 1)
  },
  'inserts exactly one of many concurrent users with one value': async (store) => {
    const results = await atOnce(20, (index) =>
      store.users.insert(newUser({ username: `ann${index}` }), { replacePendingBefore: LONG_AGO }),
    )
    expect(results.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1)
    expect(results.filter((result) => result.outcome === 'conflict' && result.field === 'email')).toHaveLength(19)
  },
  'replaces a pending holder of a name that joined before the moment': async (store) => {
    const squatter = await insertNamed(store, 'ann', { status: 'pending', dateJoined: later(-1) })
    await store.codes.insert(codeOf(squatter))
    const insert = (moment: Date) => store.users.insert(newUser({ email: null }), { replacePendingBefore: moment })
    expect(await insert(later(-1))).toEqual({ outcome: 'conflict', field: 'username' })
    expect(await insert(NOW)).toMatchObject({ outcome: 'inserted' })
    expect(await store.users.findById(squatter.id)).toBeNull()
    expect(await store.codes.find(digestOf('code'), 'reset-password', NOW)).toBeNull()
  },
  'replaces a pending holder of an address whenever it joined': async (store) => {
    const squatter = await insertUser(store, { username: 'squatter', status: 'pending', dateJoined: later(MINUTE) })
    expect(await insertUser(store)).toMatchObject({ email: 'Ann@example.org' })
    expect(await store.users.findById(squatter.id)).toBeNull()
  },
  'replaces two pending holders for one new user': async (store) => {
    const ofName = await insertNamed(store, 'ann', { status: 'pending', dateJoined: later(-1) })
    const ofAddress = await insertUser(store, { username: 'other', status: 'pending' })
    const result = await store.users.insert(newUser(), { replacePendingBefore: NOW })
    expect(result).toMatchObject({ outcome: 'inserted', user: { username: 'Ann' } })
    for (const { id } of [ofName, ofAddress]) expect(await store.users.findById(id)).toBeNull()
  },
  'never replaces an active or disabled holder': async (store) => {
    for (const status of ['active', 'disabled'] as const) {
      const holder = await insertUser(store, {
        username: status,
        email: `${status}@example.org`,
        status,
        dateJoined: LONG_AGO,
      })
      for (const taken of [
        { username: status, email: null },
        { username: 'new', email: holder.email },
      ]) {
        const result = await store.users.insert(newUser(taken), { replacePendingBefore: NOW })
        expect(result.outcome).toBe('conflict')
      }
      expect(await store.users.findById(holder.id)).toEqual(holder)
    }
  },
  'deletes nobody when another value conflicts': async (store) => {
    const squatter = await insertNamed(store, 'ann', { status: 'pending', dateJoined: LONG_AGO })
    await insertUser(store, { username: 'owner' })
    const result = await store.users.insert(newUser(), { replacePendingBefore: NOW })
    expect(result).toEqual({ outcome: 'conflict', field: 'email' })
    expect(await store.users.findById(squatter.id)).toEqual(squatter)
  },
  'makes no room where a pending user was let in before': async (store) => {
    const holder = await insertFormerlyActive(store, { dateJoined: LONG_AGO })
    for (const [field, taken] of [
      ['username', { email: null }],
      ['email', { username: 'new' }],
    ] as const) {
      const result = await store.users.insert(newUser(taken), { replacePendingBefore: NOW })
      expect(result).toEqual({ outcome: 'conflict', field })
    }
    expect(await store.users.deletePendingBefore(NOW, 10)).toBe(0)
    expect(await store.users.findById(holder.id)).toEqual(holder)
  },
  'lists users in the order of their ids, page by page': async (store) => {
    const users: User[] = []
    for (let index = 0; index < 12; index += 1) users.push(await insertNamed(store, `user${12 - index}`))
    expect(await store.users.list({ after: null, limit: 100 })).toEqual(users)
    expect(await store.users.list({ after: null, limit: 5 })).toEqual(users.slice(0, 5))
    const after = users[4]?.id ?? null
    expect(await store.users.list({ after, limit: 5 })).toEqual(users.slice(5, 10))
    expect(await store.users.list({ after, limit: 0 })).toEqual([])
    expect(await store.users.list({ after: users[11]?.id ?? null, limit: 5 })).toEqual([])
  },
  'goes on listing after a user who is gone': async (store) => {
    const [first, second, third] = [
      await insertNamed(store, 'a'),
      await insertNamed(store, 'b'),
      await insertNamed(store, 'c'),
    ]
    await store.users.delete(second.id)
    expect(await store.users.list({ after: first.id, limit: 5 })).toEqual([third])
    expect(await store.users.list({ after: second.id, limit: 5 })).toEqual([third])
  },
  'lists nobody after what cannot be an id': async (store) => {
    await insertNamed(store, 'ann')
    for (const after of ['', '0', 'x', '-1', Number.NaN, 0.5]) {
      expect(await store.users.list({ after, limit: 5 }), String(after)).toEqual([])
    }
    await expect(store.users.list({ after: null, limit: -1 })).rejects.toThrow(TypeError)
    await expect(store.users.list({ after: null, limit: Number.NaN })).rejects.toThrow(TypeError)
  },
  'lists users with UUIDs in the order of their text': async (_store, open) => {
    const store = await open({ ids: 'uuid' })
    const idOf = (digit: string): string => `${digit}18f3a5e-7b1c-4c3a-9d6e-2f4b8a1c0d5e`
    for (const digit of ['a', '0', 'f', '9']) await insertNamed(store, digit, { id: idOf(digit) })
    const listed = async (after: UserId | null): Promise<readonly UserId[]> =>
      (await store.users.list({ after, limit: 2 })).map((user) => user.id)
    expect(await listed(null)).toEqual([idOf('0'), idOf('9')])
    expect(await listed(idOf('9'))).toEqual([idOf('a'), idOf('f')])
    expect(await listed(7)).toEqual([])
  },
  'finds users by canonical name or address, the owner of the name first': async (store) => {
    const byAddress = await insertUser(store, { username: 'zoe', email: 'ann' })
    const byName = await insertUser(store, { username: 'Ann', email: 'other@example.org' })
    const find = (fields: readonly ('username' | 'email')[], limit: number) =>
      store.users.findByIdentifier('ann', fields, limit)
    expect(await find(['username', 'email'], 5)).toEqual([byName, byAddress])
    expect(await find(['email', 'username'], 1)).toEqual([byName])
    expect(await find(['username'], 5)).toEqual([byName])
    expect(await find(['email'], 5)).toEqual([byAddress])
    expect(await find([], 5)).toEqual([])
    expect(await find(['username', 'email'], 0)).toEqual([])
  },
  'lists a user once whose name and address are both meant': async (store) => {
    const user = await insertUser(store, { username: 'ann@example.org' })
    expect(await store.users.findByIdentifier('ann@example.org', ['username', 'email'], 5)).toEqual([user])
  },
  'makes a name of the number that a new user gets, where none is brought': async (store) => {
    const options = { replacePendingBefore: LONG_AGO, inventUsername: (id: UserId) => `Ann_${id}` }
    const invented = await store.users.insert(newUser({ username: null, email: null }), options)
    if (invented.outcome !== 'inserted') throw new Error('the user was not inserted')
    const { user } = invented
    expect(user.username).toBe(`Ann_${user.id}`)
    expect(await store.users.findById(user.id)).toEqual(user)
    expect(await store.users.findByIdentifier(`ann_${user.id}`, ['username'], 5)).toEqual([user])
    const named = await store.users.insert(newUser({ username: 'bob', email: null }), options)
    expect(named).toMatchObject({ user: { username: 'bob' } })
  },
  'asks for another name as long as the one that was made is taken': async (store) => {
    await insertNamed(store, 'ann_0')
    await insertNamed(store, 'ann_1')
    const options = {
      replacePendingBefore: LONG_AGO,
      inventUsername: (_id: UserId, attempt: number) => `Ann_${attempt}`,
    }
    expect(await store.users.insert(newUser({ username: null, email: null }), options)).toMatchObject({
      user: { username: 'Ann_2' },
    })
    const stubborn = { ...options, inventUsername: () => 'ANN_0' }
    await expect(store.users.insert(newUser({ username: null, email: null }), stubborn)).rejects.toThrow('free')
    expect(await store.users.list({ after: null, limit: 9 })).toHaveLength(3)
  },
  'compares look-up keys byte for byte': async (store) => {
    await insertUser(store, { username: 'strasse', email: null })
    for (const key of ['STRASSE', 'straße', 'strasse ', 'strass', 'strasse%', 'str_sse', 'strassé', '']) {
      expect(await store.users.findByIdentifier(key, ['username', 'email'], 5), key).toEqual([])
    }
  },
  'deletes a user with sessions, codes and attempts, and nobody else': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    for (const user of [ann, bob]) {
      await insertSession(store, user, { id: `session ${user.username}` })
      await store.codes.insert(codeOf(user, { digest: digestOf(`code ${user.username}`) }))
      await store.attempts.insert(newAttempt({ userId: user.id, identifier: user.username }))
    }
    expect(await store.users.delete(ann.id)).toBe(true)
    expect(await store.users.delete(ann.id)).toBe(false)
    expect(await store.users.findById(ann.id)).toBeNull()
    expect(await store.sessions.find({ id: 'session ann' })).toBeNull()
    expect(await store.codes.find(digestOf('code ann'), 'reset-password', NOW)).toBeNull()
    expect((await store.attempts.list({ limit: 10 })).map(({ userId }) => userId)).toEqual([bob.id])
    expect(await store.sessions.find({ id: 'session bob' })).not.toBeNull()
    expect(await store.codes.find(digestOf('code bob'), 'reset-password', NOW)).not.toBeNull()
  },
  'deletes pending users that joined before the moment, in batches': async (store) => {
    for (let index = 0; index < 5; index += 1) {
      await insertNamed(store, `old${index}`, { status: 'pending', dateJoined: later(-1) })
    }
    const kept = [
      await insertNamed(store, 'fresh', { status: 'pending', dateJoined: NOW }),
      await insertNamed(store, 'active', { status: 'active', dateJoined: LONG_AGO }),
      await insertNamed(store, 'disabled', { status: 'disabled', dateJoined: LONG_AGO }),
    ]
    expect(await store.users.deletePendingBefore(NOW, 3)).toBe(3)
    expect(await store.users.deletePendingBefore(NOW, 3)).toBe(2)
    expect(await store.users.deletePendingBefore(NOW, 3)).toBe(0)
    for (const user of kept) expect(await store.users.findById(user.id)).toEqual(user)
  },
}
