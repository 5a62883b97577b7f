import { expect } from 'vitest'
import type { Store } from '../../contracts/store.ts'
import { field } from '../../model/declare-field.ts'
import { canonicalUsername } from '../../model/identifier.ts'
import type { User, UserId } from '../../model/user.ts'
import type { UserConditions, UserOrder, UserOrderKey } from '../../model/user-list.ts'
import type { Promises } from './promises.ts'
import { insertUser, later, NOW } from './store-samples.ts'
import { allPages, allPagesBackward, namesOf, usernames } from './user-list-tools.ts'

const ASCENDING = { by: 'username', direction: 'ascending' } as const

/** How users are listed for those who look after them. */
export const userListPromises: Promises = {
  'lists everybody once in every order, both ways, whatever the size of a page': async (_store, open) => {
    const store = await open({ fields: { phone: field.text({ unique: true }), badge: field.number({ unique: true }) } })
    const users = await insertCrowd(store)
    for (const by of ORDERS) {
      for (const direction of ['ascending', 'descending'] as const) {
        const expected = sorted(users, { by, direction }).map(({ id }) => id)
        for (const limit of [1, 3, 100]) {
          const query = { conditions: {}, order: { by, direction }, limit }
          const label = `${by} ${direction} by ${limit}`
          expect(idsOf(await allPages(store, query)), label).toEqual(expected)
          expect(idsOf(await allPagesBackward(store, query)), label).toEqual(expected)
        }
      }
    }
  },
  'lists with UUIDs as ids in the order of their text': async (_store, open) => {
    const store = await open({ ids: 'uuid' })
    for (const digit of ['b', '9', 'a', '1']) {
      await insertUser(store, { id: uuid(digit), username: null, email: null, firstName: '', lastName: '' })
    }
    for (const by of ['id', 'username', 'lastName', 'dateJoined'] as const) {
      const order = { by, direction: 'ascending' } as const
      const listed = await allPages(store, { conditions: {}, order, limit: 2 })
      expect(idsOf(listed), by).toEqual(['1', '9', 'a', 'b'].map(uuid))
      const reversed = await allPages(store, { conditions: {}, order: { by, direction: 'descending' }, limit: 2 })
      expect(idsOf(reversed), by).toEqual(['b', 'a', '9', '1'].map(uuid))
    }
  },
  'says where a page begins and ends, and goes back to the page before': async (store) => {
    for (const name of ['ann', 'bob', 'cid', 'dan', 'eve']) await insertUser(store, { username: name, email: null })
    const query = { conditions: {}, order: ASCENDING, limit: 2 }
    const first = await store.userLists.page({ ...query, from: null })
    expect([namesOf(first), first.previous]).toEqual([['ann', 'bob'], null])
    const second = await store.userLists.page({ ...query, from: onwards(first.next) })
    expect(namesOf(second)).toEqual(['cid', 'dan'])
    const third = await store.userLists.page({ ...query, from: onwards(second.next) })
    expect([namesOf(third), third.next]).toEqual([['eve'], null])
    const back = await store.userLists.page({ ...query, from: backwards(third.previous) })
    expect(namesOf(back)).toEqual(['cid', 'dan'])
    const front = await store.userLists.page({ ...query, from: backwards(back.previous) })
    expect([namesOf(front), front.previous]).toEqual([['ann', 'bob'], null])
    expect(namesOf(await store.userLists.page({ ...query, from: onwards(front.next) }))).toEqual(['cid', 'dan'])
  },
  'goes on behind a user who was deleted, or who is called otherwise now': async (store) => {
    for (const name of ['ann', 'bob', 'cid']) await insertUser(store, { username: name, email: null })
    const first = await store.userLists.page({ conditions: {}, order: ASCENDING, from: null, limit: 2 })
    await store.users.delete(first.users[1]?.id ?? '')
    const rest = await store.userLists.page({ conditions: {}, order: ASCENDING, from: onwards(first.next), limit: 2 })
    expect(namesOf(rest)).toEqual(['cid'])
  },
  'follows names as they change': async (store) => {
    const user = await insertUser(store, { username: 'ann', firstName: 'Zoë', lastName: '' })
    await insertUser(store, { username: 'bob', email: null, firstName: 'Maria', lastName: 'Berg' })
    await store.users.update(user.id, { firstName: '  ÀDA ', lastName: 'Lovelace' })
    expect(await usernames(store, {}, { by: 'firstName', direction: 'ascending' })).toEqual(['bob', 'ann'])
    expect(await usernames(store, beginning('àda'))).toEqual(['ann'])
    expect(await usernames(store, beginning('zoë'))).toEqual([])
    await store.users.update(user.id, { lastName: '' })
    expect(await usernames(store, {}, { by: 'lastName', direction: 'descending' })).toEqual(['bob', 'ann'])
  },
  'finds users by every condition, and by all of them together': async (store) => {
    const group = await store.groups.insert({ id: null, name: 'editors', permissions: [] })
    if (group.outcome !== 'inserted') throw new Error('the group was not inserted')
    const ann = await insertUser(store, { username: 'ann', status: 'disabled', isStaff: true, isSuperuser: true })
    await store.users.update(ann.id, { lastLoginAt: later(50), emailVerifiedAt: NOW })
    const bob = await insertUser(store, { username: 'bob', email: null, dateJoined: later(10) })
    await store.groups.setGroups(bob.id, [group.group.id])
    await insertUser(store, { username: 'cid', email: null, status: 'pending', dateJoined: later(20) })
    const cases: readonly [UserConditions, readonly string[]][] = [
      [{}, ['ann', 'bob', 'cid']],
      [{ status: 'active' }, ['bob']],
      [{ status: 'pending' }, ['cid']],
      [{ isStaff: true }, ['ann']],
      [{ isStaff: false }, ['bob', 'cid']],
      [{ isSuperuser: true }, ['ann']],
      [{ isSuperuser: false }, ['bob', 'cid']],
      [{ isEmailVerified: true }, ['ann']],
      [{ isEmailVerified: false }, ['bob', 'cid']],
      [{ groupId: group.group.id }, ['bob']],
      [{ groupId: 4711 }, []],
      [{ groupId: 'none' }, []],
      [{ joinedSince: later(10) }, ['bob', 'cid']],
      [{ joinedUntil: later(20) }, ['ann', 'bob']],
      [{ lastLoginSince: later(50) }, ['ann']],
      [{ lastLoginSince: later(51) }, []],
      [{ lastLoginUntil: later(51) }, ['ann']],
      [{ hasLoggedIn: true }, ['ann']],
      [{ hasLoggedIn: false }, ['bob', 'cid']],
      [{ ids: [bob.id, ann.id, 4711, 'ann'] }, ['ann', 'bob']],
      [{ ids: [] }, []],
      [{ status: 'disabled', isStaff: true, isEmailVerified: true, joinedSince: NOW, joinedUntil: later(1) }, ['ann']],
      [{ status: 'active', isStaff: true }, []],
    ]
    for (const [conditions, expected] of cases) {
      const label = JSON.stringify(conditions)
      for (const by of ['username', 'dateJoined', 'lastLoginAt', 'id'] as const) {
        const listed = await usernames(store, conditions, { by, direction: 'ascending' })
        expect(listed.toSorted(), `${label} by ${by}`).toEqual(expected)
      }
      expect(await store.userLists.countUpTo(conditions, 10), label).toEqual({ count: expected.length, isExact: true })
    }
  },
  'finds words as the beginning of a text, or anywhere in it': async (_store, open) => {
    const store = await open({ fields: { phone: field.text({ unique: true }) } })
    const person = { firstName: 'Anna Maria', lastName: 'van der Berg', email: 'boss@acme.example' }
    await insertUser(store, { username: 'first', ...person, fields: { phone: '+49 30' } })
    await insertUser(store, { username: 'Second', email: 'bossy@acme.example', firstName: '', lastName: 'ÉCLAIR' })
    const cases: readonly [UserConditions, readonly string[]][] = [
      [beginning('anna'), ['first']],
      [beginning('maria'), []],
      [anywhere('maria'), ['first']],
      [beginning('boss'), ['Second', 'first']],
      [beginning('boss@'), ['first']],
      [beginning('boss', 'van'), ['first']],
      [beginning('sec'), ['Second']],
      [beginning('écl'), ['Second']],
      [anywhere('acme', 'clai'), ['Second']],
      [beginning('+49'), ['first']],
      [anywhere('9 3'), ['first']],
      [beginning('nobody'), []],
      [{ search: { words: [], match: 'beginning' } }, ['Second', 'first']],
    ]
    for (const [conditions, expected] of cases) {
      expect((await usernames(store, conditions)).toSorted(), JSON.stringify(conditions)).toEqual(expected)
    }
  },
  'takes what is looked for as text and as nothing else': async (store) => {
    const names = [
      '100%',
      '1000',
      'a_b',
      'axb',
      'o!k',
      'o!!k',
      "q'q",
      'back\\slash',
      '\u{10ffff}end',
      '\ud7ff',
      '\ue000',
    ]
    for (const name of names) await insertUser(store, { username: null, email: null, firstName: name, lastName: '' })
    for (const name of names) {
      for (const conditions of [beginning(name), anywhere(name)]) {
        const { users } = await store.userLists.page({ conditions, order: ASCENDING, from: null, limit: 20 })
        expect(
          users.map(({ firstName }) => firstName),
          JSON.stringify(conditions),
        ).toEqual([name])
      }
    }
    expect(await usernames(store, anywhere('%'))).toHaveLength(1)
    expect(await usernames(store, beginning('_'))).toHaveLength(0)
  },
  'finds and orders owned addresses and claimed ones': async (_store, open) => {
    const store = await open({ emailUnique: 'once-proven' })
    const add = (username: string, email: string | null, emailVerifiedAt: Date | null) =>
      insertUser(store, { username, email, emailVerifiedAt })
    await add('claims-a', 'a@example.org', null)
    await add('owns-b', 'b@example.org', NOW)
    await add('also-claims-a', 'a@example.org', null)
    await add('nothing', null, null)
    const order = { by: 'email', direction: 'ascending' } as const
    expect(await usernames(store, {}, order)).toEqual(['owns-b', 'claims-a', 'also-claims-a', 'nothing'])
    expect(await usernames(store, beginning('a@example'), order)).toEqual(['claims-a', 'also-claims-a'])
    const pages = await allPagesBackward(store, { conditions: {}, order, limit: 1 })
    expect(pages.map(({ username }) => username)).toEqual(['owns-b', 'claims-a', 'also-claims-a', 'nothing'])
  },
  'counts up to a number, and says where there are more': async (store) => {
    for (const name of ['ann', 'bob', 'cid']) await insertUser(store, { username: name, email: null, lastName: 'Berg' })
    const all: readonly UserConditions[] = [{}, { status: 'active' }, beginning('berg'), { joinedSince: NOW }]
    for (const conditions of all) {
      const label = JSON.stringify(conditions)
      expect(await store.userLists.countUpTo(conditions, 3), label).toEqual({ count: 3, isExact: true })
      expect(await store.userLists.countUpTo(conditions, 2), label).toEqual({ count: 2, isExact: false })
    }
    expect(await store.userLists.countUpTo({ hasLoggedIn: true, isStaff: false }, 2)).toEqual({
      count: 0,
      isExact: true,
    })
  },
  'refuses orders that are none, limits that a database reads as none, and too many ids': async (_store, open) => {
    const store = await open({ fields: { bio: field.text({}), plan: field.enum({ choices: ['a'], unique: true }) } })
    const page = (changes: object) =>
      store.userLists.page({ conditions: {}, order: ASCENDING, from: null, limit: 1, ...changes })
    for (const by of [
      'passwordHash',
      'fields.bio',
      'fields.plan',
      'fields.passwordHash',
      '',
      'id; DROP TABLE x',
      'status',
    ]) {
      await expect(page({ order: { by, direction: 'ascending' } }), by).rejects.toThrow(TypeError)
    }
    for (const limit of [-1, 1.5, Number.NaN]) await expect(page({ limit })).rejects.toThrow(TypeError)
    await expect(page({ conditions: { ids: Array.from({ length: 1001 }, (_, at) => at) } })).rejects.toThrow(TypeError)
  },
}

const beginning = (...words: readonly string[]): UserConditions => ({ search: { words, match: 'beginning' } })
const anywhere = (...words: readonly string[]): UserConditions => ({ search: { words, match: 'anywhere' } })

const onwards = (position: Awaited<ReturnType<Store['userLists']['page']>>['next']) =>
  position === null ? null : ({ position, go: 'forward' } as const)

const backwards = (position: Awaited<ReturnType<Store['userLists']['page']>>['next']) =>
  position === null ? null : ({ position, go: 'backward' } as const)

const uuid = (digit: string): string => `${digit}0000000-0000-4000-8000-000000000000`

const idsOf = (users: readonly User[]): readonly UserId[] => users.map(({ id }) => id)

const ORDERS: readonly UserOrderKey[] = [
  'id',
  'username',
  'email',
  'firstName',
  'lastName',
  'dateJoined',
  'lastLoginAt',
  'fields.phone',
  'fields.badge',
]

/** With values that are equal, missing, and in another order where letters are compared in another way. */
async function insertCrowd(store: Store): Promise<readonly User[]> {
  const crowd = [
    ['zoe', 'Zoe@example.org', 'Zoë', 'Berg', 3, 'B2', 10],
    ['Ärger', null, 'Ann', 'Berg', 1, null, 9],
    ['ann', 'ann@example.org', '', '', 1, 'a1', null],
    [null, 'x@example.org', 'ann', 'Óg', 2, 'A1 ', 2],
    [null, null, '', 'berg', 1, null, null],
    ['Bob', 'bob@example.org', 'Ünal', '', 2, '\u{1f600}', -1],
    ['\ufb01ve', null, '\uff21nn', '\ue000', 5, '\uffee', 0.5],
  ] as const
  const users: User[] = []
  for (const [username, email, firstName, lastName, day, phone, badge] of crowd) {
    const fields = { phone, badge }
    const user = await insertUser(store, { username, email, firstName, lastName, dateJoined: later(day), fields })
    if (day === 1) await store.users.noteLogin(user.id, later(badge === null ? 5 : 4))
    users.push((await store.users.findById(user.id)) ?? user)
  }
  return users
}

/** By the words of the contract, and not by any store's means. */
function sorted(users: readonly User[], { by, direction }: UserOrder): readonly User[] {
  const sign = direction === 'ascending' ? 1 : -1
  return users.toSorted((one, other) => {
    const [a, b] = [keyOf(one, by), keyOf(other, by)]
    if (a === null || b === null)
      return a === b ? sign * compare(Number(one.id), Number(other.id)) : a === null ? 1 : -1
    return sign * (compare(a, b) || compare(Number(one.id), Number(other.id)))
  })
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' || typeof other === 'number') return Number(one) - Number(other)
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function keyOf(user: User, by: UserOrderKey): string | number | null {
  const value = by.startsWith('fields.') ? user.fields[by.slice('fields.'.length)] : user[by as 'username']
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'object') return Number(value)
  // White space around it is part of a declared field.
  return typeof value === 'number' ? value : by === 'fields.phone' ? foldKept(value) : canonicalUsername(String(value))
}

const foldKept = (value: unknown): string => String(value).normalize('NFKC').toLowerCase().normalize('NFKC')
