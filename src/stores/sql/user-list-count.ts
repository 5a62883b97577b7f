import type { Counted } from '../../contracts/user-list-store.ts'
import type { UserOrderKey } from '../../model/user-list.ts'
import { conditionText } from './user-list-conditions.ts'
import type { ListShape, LookedAt } from './user-list-statements.ts'
import { countCandidates, fewest, type Listing, splitConditions } from './user-list-walk.ts'

/** How many users a list has, as exactly as it can be told from looking at `max` rows and a few more. */
export async function countListed(listing: Listing, max: number): Promise<Counted> {
  const { db, model, statements, conditions } = listing
  const by = cheapestOrder(conditions.names)
  const split = splitConditions(listing, by)
  const shape: ListShape = { by, part: 0, way: 'up', hasFrom: false, ...split, looksAt: 'all', limit: max + 1 }
  const count = async (looksAt: LookedAt): Promise<number> =>
    (await db.first(statements.count({ ...shape, looksAt }), conditions.values)) ?? 0
  const upTo = (found: number): Counted => ({ count: Math.min(found, max), isExact: found <= max })
  if (split.free.length === 0) return upTo(await count('all'))
  const [name] = conditions.names
  if (
    name !== undefined &&
    conditions.names.length === 1 &&
    conditionText({ engine: db.engine, model }, name).candidates.length === 1
  ) {
    return upTo((await countCandidates(listing, { by, part: 0, name }, max + 1)) ?? 0)
  }
  const few = await fewest(listing, shape, split.free)
  if (few !== null) return upTo(await count({ candidatesOf: few }))
  const found = await count({ first: max + 1 })
  // Whether all rows were looked at, or only the first ones.
  const beyond = await db.first(statements.placeAt(shape), conditions.values)
  return { count: Math.min(found, max), isExact: beyond === null && found <= max }
}

/** The order in which the ranges that are asked for are one piece. */
function cheapestOrder(names: readonly string[]): UserOrderKey {
  if (names.some((name) => name.startsWith('joined'))) return 'dateJoined'
  return names.some((name) => name.startsWith('lastLogin')) ? 'lastLoginAt' : 'id'
}
