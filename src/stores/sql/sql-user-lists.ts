import type { UserListStore, UserPage, UserPageQuery } from '../../contracts/user-list-store.ts'
import type { UserListPosition } from '../../model/user-list.ts'
import { assertLimit } from './batches.ts'
import type { SqlDatabase } from './sql-database.ts'
import { idCheck } from './sql-users.ts'
import { namedConditions } from './user-list-conditions.ts'
import { countListed } from './user-list-count.ts'
import { orderParts, wayOf } from './user-list-parts.ts'
import { type PlacedUser, userListStatements } from './user-list-statements.ts'
import { type Listing, walkPart } from './user-list-walk.ts'
import type { UserModel } from './user-model.ts'

/** Lists of users in any SQL engine. */
export function sqlUserLists(db: SqlDatabase, model: UserModel): UserListStore {
  const statements = userListStatements(db.engine, model)
  const isId = idCheck(model)
  return {
    async page(query) {
      assertLimit(query.limit)
      return pageOf({ db, model, statements, conditions: namedConditions(query.conditions, isId) }, query)
    },
    async countUpTo(given, max) {
      assertLimit(max)
      return countListed({ db, model, statements, conditions: namedConditions(given, isId) }, max)
    },
  }
}

/** A user, and the part of the order that they are in. */
interface Found extends PlacedUser {
  readonly part: number
}

async function pageOf(listing: Listing, query: UserPageQuery): Promise<UserPage> {
  const { from, limit } = query
  const go = from?.go ?? 'forward'
  // One more than is wanted tells whether there is anybody behind.
  const { found, stoppedAt } = await walkParts(listing, { ...query, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const onwards = found.length > limit ? (positionOf(rows.at(-1)) ?? from?.position ?? null) : stoppedAt
  const back = from === null ? null : (positionOf(rows[0]) ?? stoppedAt ?? from.position)
  const users = rows.map(({ user }) => user)
  return go === 'forward'
    ? { users, next: onwards, previous: back }
    : { users: users.toReversed(), next: back, previous: onwards }
}

const positionOf = (row: Found | undefined): UserListPosition | null =>
  row === undefined ? null : { part: row.part, ...row.place }

interface Walked {
  readonly found: readonly Found[]
  /** Where the last window ended, if that is why there are no more; else `null`. */
  readonly stoppedAt: UserListPosition | null
}

async function walkParts(listing: Listing, { order, from, limit }: UserPageQuery): Promise<Walked> {
  const go = from?.go ?? 'forward'
  const found: Found[] = []
  for (const part of partsAhead(orderParts(listing.model, order.by).length, from)) {
    const { rows, stoppedAt } = await walkPart(listing, {
      by: order.by,
      part,
      way: wayOf(order, go),
      from: part === from?.position.part ? from.position : null,
      limit: limit - found.length,
    })
    found.push(...rows.map((row) => ({ part, ...row })))
    if (found.length >= limit) return { found, stoppedAt: null }
    if (stoppedAt !== null) return { found, stoppedAt: { part, ...stoppedAt } }
  }
  return { found, stoppedAt: null }
}

/** The numbers of the parts that are still to be looked at, in their turn. */
function partsAhead(count: number, from: UserPageQuery['from']): readonly number[] {
  const numbers = Array.from({ length: count }, (_, part) => part)
  if (from === null) return numbers
  const { go, position } = from
  return go === 'forward'
    ? numbers.filter((part) => part >= position.part)
    : numbers.filter((part) => part <= position.part).toReversed()
}
