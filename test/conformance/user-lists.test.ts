/** Lists of users when there are many: what is looked at for a page is bounded, and nobody is left out for that. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import type { User } from '../../src/model/user.ts'
import type { UserConditions, UserListPosition, UserOrderKey } from '../../src/model/user-list.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'

/** More than two windows. */
const USERS = 12_000

const DAY = 86_400_000

let store: Store

const numberOf = ({ username }: User): number => Number(username?.slice(1))

beforeAll(async () => {
  store = sqlite(':memory:').open({
    ids: 'integer',
    fields: {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  await store.migrations.apply()
  for (let index = 0; index < USERS; index += 1) {
    await store.users.insert(sample(index), { replacePendingBefore: new Date(0) })
  }
}, 60_000)

afterAll(() => store.close())

/** Every tenth is disabled, the last ones are staff; every thousandth is called Rare. */
function sample(index: number) {
  return {
    id: null,
    username: `u${String(index).padStart(5, '0')}`,
    email: null,
    passwordHash: null,
    firstName: index % 1000 === 999 ? 'Rare' : 'Common',
    lastName: '',
    status: index % 10 === 0 ? ('disabled' as const) : ('active' as const),
    isStaff: index >= USERS - 5,
    isSuperuser: false,
    emailVerifiedAt: null,
    dateJoined: new Date(index * DAY),
    fields: {},
    profiles: {},
  }
}

interface Walk {
  readonly numbers: readonly number[]
  /** Of each page how many it had. */
  readonly sizes: readonly number[]
}

async function walk(conditions: UserConditions, by: UserOrderKey, limit: number): Promise<Walk> {
  const numbers: number[] = []
  const sizes: number[] = []
  let position: UserListPosition | null = null
  do {
    const from = position === null ? null : ({ position, go: 'forward' } as const)
    const order = { by, direction: 'ascending' } as const
    const page: Awaited<ReturnType<Store['userLists']['page']>> = await store.userLists.page({
      conditions,
      order,
      from,
      limit,
    })
    numbers.push(...page.users.map(numberOf))
    sizes.push(page.users.length)
    position = page.next
  } while (position !== null)
  return { numbers, sizes }
}

it('goes on behind each window until the end, and has everybody once', async () => {
  const { numbers, sizes } = await walk({ search: { words: ['rare'], match: 'anywhere' } }, 'username', 100)
  expect(numbers).toEqual([999, 1999, 2999, 3999, 4999, 5999, 6999, 7999, 8999, 9999, 10_999, 11_999])
  // No page is full: each ended with its window.
  expect(sizes).toEqual([5, 5, 2])
})

it('gathers what an index says is rare, wherever it is in the order', async () => {
  expect(await walk({ isStaff: true }, 'username', 100)).toEqual({
    numbers: [11_995, 11_996, 11_997, 11_998, 11_999],
    sizes: [5],
  })
  const search = { words: ['rare'], match: 'beginning' } as const
  expect((await walk({ search, status: 'active' }, 'dateJoined', 100)).sizes).toEqual([12])
  expect((await walk({ search: { words: ['u119'], match: 'beginning' } }, 'lastLoginAt', 100)).sizes).toEqual([100])
})

it('fills pages with what is common', async () => {
  const { numbers, sizes } = await walk({ status: 'disabled' }, 'username', 500)
  expect(numbers).toHaveLength(USERS / 10)
  expect(sizes.slice(0, 2)).toEqual([500, 500])
  const range = { joinedSince: new Date(7000 * DAY), joinedUntil: new Date(7003 * DAY) }
  expect((await walk(range, 'dateJoined', 500)).numbers).toEqual([7000, 7001, 7002])
  expect((await walk({ ...range, status: 'active' }, 'username', 500)).numbers).toEqual([7001, 7002])
})

it('comes back the same way, past windows in which there was nobody', async () => {
  const conditions = { search: { words: ['u00003'], match: 'anywhere' } } as const
  const order = { by: 'username', direction: 'descending' } as const
  const seen: (string | null)[] = []
  let page = await store.userLists.page({ conditions, order, from: null, limit: 10 })
  let pages = 1
  while (page.next !== null) {
    page = await store.userLists.page({ conditions, order, from: { position: page.next, go: 'forward' }, limit: 10 })
    pages += 1
  }
  expect([page.users.map(numberOf), pages]).toEqual([[3], 3])
  while (page.previous !== null) {
    page = await store.userLists.page({
      conditions,
      order,
      from: { position: page.previous, go: 'backward' },
      limit: 10,
    })
    seen.push(...page.users.map(({ username }) => username))
  }
  expect(seen).toEqual([])
})

it('counts exactly where it can, and says at least how many where it cannot', async () => {
  const counts: readonly [UserConditions, number, { count: number; isExact: boolean }][] = [
    [{}, 20_000, { count: USERS, isExact: true }],
    [{}, 10_000, { count: 10_000, isExact: false }],
    [{ status: 'disabled' }, 10_000, { count: 1200, isExact: true }],
    [{ isStaff: true }, 10, { count: 5, isExact: true }],
    [{ search: { words: ['rare'], match: 'beginning' } }, 10_000, { count: 12, isExact: true }],
    [{ search: { words: ['rare'], match: 'anywhere' } }, 3000, { count: 3, isExact: false }],
    [{ search: { words: ['rare'], match: 'anywhere' } }, USERS, { count: 12, isExact: true }],
    [
      { joinedSince: new Date(1000 * DAY), joinedUntil: new Date(1100 * DAY), status: 'disabled' },
      500,
      { count: 10, isExact: true },
    ],
  ]
  for (const [conditions, max, expected] of counts) {
    expect(await store.userLists.countUpTo(conditions, max), JSON.stringify([conditions, max])).toEqual(expected)
  }
})
