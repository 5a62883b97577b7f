import type { Counted, UserListStore, UserPage, UserPageQuery } from '../../contracts/user-list-store.ts'
import type { UserConditions, UserListPosition } from '../../model/user-list.ts'
import { assertLimit } from '../sql/batches.ts'
import { countOf, countUpTo } from './counts.ts'
import { allOf } from './pages.ts'
import { type ListCondition, listConditions } from './user-list-conditions.ts'
import { orderParts, wayOf } from './user-list-parts.ts'
import { fewest, type PlacedUser, walkPart } from './user-list-walk.ts'
import { isThere, type Users } from './users.ts'
import { among } from './values.ts'

/** Lists of users in MongoDB. */
export function mongoUserLists(users: Users): UserListStore {
  return {
    async page(query) {
      assertLimit(query.limit)
      return pageOf(users, query, listConditions(users.model, query.conditions))
    },
    async countUpTo(conditions: UserConditions, max) {
      assertLimit(max)
      return countListed(users, listConditions(users.model, conditions), max)
    },
  }
}

async function pageOf(users: Users, query: UserPageQuery, conditions: readonly ListCondition[]): Promise<UserPage> {
  const { from, limit } = query
  const go = from?.go ?? 'forward'
  // One more than is wanted tells whether there is anybody behind.
  const { found, stoppedAt } = await walkParts(users, { ...query, limit: limit + 1 }, conditions)
  const rows = found.slice(0, limit)
  const onwards = found.length > limit ? (rows.at(-1)?.place ?? from?.position ?? null) : stoppedAt
  const back = from === null ? null : (rows[0]?.place ?? stoppedAt ?? from.position)
  const listed = rows.map(({ user }) => user)
  return go === 'forward'
    ? { users: listed, next: onwards, previous: back }
    : { users: listed.toReversed(), next: back, previous: onwards }
}

interface Walked {
  readonly found: readonly PlacedUser[]
  /** Where the last window ended, if that is why there are no more; else `null`. */
  readonly stoppedAt: UserListPosition | null
}

async function walkParts(
  users: Users,
  { order, from, limit }: UserPageQuery,
  conditions: readonly ListCondition[],
): Promise<Walked> {
  const go = from?.go ?? 'forward'
  const parts = orderParts(users.model, order.by).map((part, number) => ({ part, number }))
  const ahead = parts.filter(
    ({ number }) => from === null || (go === 'forward' ? number >= from.position.part : number <= from.position.part),
  )
  const found: PlacedUser[] = []
  for (const { part, number } of go === 'forward' ? ahead : ahead.toReversed()) {
    const { rows, stoppedAt } = await walkPart(users, {
      by: order.by,
      number,
      part,
      way: wayOf(order, go),
      from: number === from?.position.part ? from.position : null,
      conditions,
      limit: limit - found.length,
    })
    found.push(...rows)
    if (found.length >= limit) return { found, stoppedAt: null }
    if (stoppedAt !== null) return { found, stoppedAt }
  }
  return { found, stoppedAt: null }
}

/** As exactly as it can be told from looking at `max` users and a few more. */
async function countListed(users: Users, conditions: readonly ListCondition[], max: number): Promise<Counted> {
  const { documents } = users
  const there = isThere(users)
  const tests = conditions.map(({ test }) => test)
  const [only, ...more] = conditions
  const isIndexed = more.length === 0 && (only === undefined || only.candidates !== null)
  if (isIndexed) return countUpTo(documents, allOf([there, ...tests]), max)
  const few = await fewest(users, conditions)
  if (few !== null) return countUpTo(documents, allOf([{ _id: among(few) }, there, ...tests]), max)
  const window = [{ $match: there }, { $sort: { _id: 1 } }, { $limit: max + 1 }]
  const found = await countOf(documents, [...window, { $match: allOf(tests) }])
  const isWhole = (await countOf(documents, window)) <= max
  return { count: Math.min(found, max), isExact: isWhole }
}
