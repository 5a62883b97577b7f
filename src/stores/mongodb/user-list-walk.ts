import type { User } from '../../model/user.ts'
import type { UserListPosition, UserOrderKey } from '../../model/user-list.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { allOf } from './pages.ts'
import type { ListCondition } from './user-list-conditions.ts'
import { behindPlace, type OrderPart, sortOf, type Way } from './user-list-parts.ts'
import { idOf, isThere, type Users } from './users.ts'
import { among, document, text } from './values.ts'

/** Users that a call looks at in the order of the list. */
const WINDOW = 5000

/** Where a condition is true of no more than so many, all of them are taken and put in order. */
const FEW = 1000

/** A walk through one part of an order. */
export interface PartWalk {
  readonly by: UserOrderKey
  readonly number: number
  readonly part: OrderPart
  readonly way: Way
  /** Begins behind this place; `null`: at the beginning of the part. */
  readonly from: UserListPosition | null
  readonly conditions: readonly ListCondition[]
  readonly limit: number
}

export interface PlacedUser {
  readonly user: User
  readonly place: UserListPosition
}

export interface WalkedPart {
  readonly rows: readonly PlacedUser[]
  /** Where the window ended, where that is before the end of the part. */
  readonly stoppedAt: UserListPosition | null
}

/**
 * There are two ways to look for users. Where an index says that a condition is true of few, those are taken and put in order.
 * Otherwise the index of the order is walked through, and `WINDOW` users further on the walk ends: what is true of more than a
 * few comes soon.
 */
export async function walkPart(users: Users, walk: PartWalk): Promise<WalkedPart> {
  const { part, way, limit } = walk
  const behind = walk.from === null ? [] : [behindPlace(part, way, walk.from)]
  const ranges = walk.conditions.filter(({ rangeOf }) => rangeOf === walk.by).map(({ test }) => test)
  const free = walk.conditions.filter(({ rangeOf }) => rangeOf !== walk.by)
  const ofPart = part.isIndexed ? [] : [part.condition]
  const ofIndex = allOf([isThere(users), ...(part.isIndexed ? [part.condition] : []), ...ranges, ...behind])
  const ofUsers = [...ofPart, ...free.map(({ test }) => test)]
  const sort = sortOf(part, way)
  const placed = (docs: readonly MongoDocument[]) => docs.map((doc) => placedUser(users, walk, doc))
  const read = async (filter: MongoDocument) =>
    placed(await users.documents.find(filter, { sort, limit, projection: users.reader.withoutBelongings }))
  if (ofUsers.length === 0) return { rows: await read(ofIndex), stoppedAt: null }
  const few = await fewest(users, free)
  if (few !== null) return { rows: await read(allOf([{ _id: among(few) }, ofIndex, ...ofUsers])), stoppedAt: null }
  const window = [{ $match: ofIndex }, { $sort: sort }, { $limit: WINDOW }]
  const rows = placed(
    await users.documents.aggregate([
      ...window,
      { $match: allOf(ofUsers) },
      { $limit: limit },
      { $project: users.reader.withoutBelongings },
    ]),
  )
  if (rows.length === limit) return { rows, stoppedAt: null }
  const [last] = await users.documents.find(ofIndex, { sort, skip: WINDOW - 1, limit: 1 })
  return { rows, stoppedAt: last === undefined ? null : placeOf(walk, last) }
}

/** The ids of all of whom one of the conditions can be true, if they are few; `null` where no index says that. */
export async function fewest(users: Users, conditions: readonly ListCondition[]): Promise<readonly unknown[] | null> {
  for (const { candidates } of conditions) {
    if (candidates === null) continue
    const found = await users.documents.find(candidates, { limit: FEW + 1, projection: { _id: 1 } })
    if (found.length <= FEW) return found.map(idOf)
  }
  return null
}

const placedUser = ({ reader }: Users, walk: PartWalk, doc: MongoDocument): PlacedUser => ({
  user: reader.user(doc),
  place: placeOf(walk, doc),
})

function placeOf({ number, part: { path } }: PartWalk, doc: MongoDocument): UserListPosition {
  return { part: number, key: path === null ? null : keyOf(valueAt(doc, path)), id: idOf(doc) }
}

function keyOf(value: unknown): string | number {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'number' ? value : text(value)
}

const valueAt = (doc: MongoDocument, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => document(value)[name], doc)
