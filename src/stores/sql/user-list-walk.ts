import type { UserOrderKey } from '../../model/user-list.ts'
import type { SqlDatabase } from './sql-database.ts'
import { type NamedConditions, rangesOf } from './user-list-conditions.ts'
import { type OrderPart, orderParts, type Way } from './user-list-parts.ts'
import {
  type ListShape,
  type ListValues,
  type LookedAt,
  OF_PART,
  type PlacedUser,
  type PlaceInPart,
  type UserListStatements,
} from './user-list-statements.ts'
import type { UserModel } from './user-model.ts'

/** Rows that a call looks at in the order of the list. */
const WINDOW = 5000

/** Mostly they are among the first ones. */
const FIRST_WINDOW = 500

/** Where a condition is true of no more than so many, all of them are taken and put in order. */
const FEW = 1000

/** What a list is made of. */
export interface Listing {
  readonly db: SqlDatabase
  readonly model: UserModel
  readonly statements: UserListStatements
  readonly conditions: NamedConditions
}

/** A walk through one part of an order. */
export interface PartWalk extends Pick<ListShape, 'by' | 'part' | 'limit'> {
  readonly way: Way
  /** Begins behind this place; `null`: at the beginning of the part. */
  readonly from: PlaceInPart | null
}

export interface WalkedPart {
  readonly rows: readonly PlacedUser[]
  /** Where the window ended, where that is before the end of the part. */
  readonly stoppedAt: PlaceInPart | null
}

/**
 * There are two ways to look for rows. Where an index says that a condition is true of few users, those are taken and put in
 * order. Otherwise the index of the order is walked through, and `WINDOW` rows further on the walk ends: what is true of
 * more than a few comes soon.
 */
export async function walkPart(listing: Listing, { from, ...walk }: PartWalk): Promise<WalkedPart> {
  const { db, model, statements, conditions } = listing
  const part = orderParts(model, walk.by)[walk.part]
  const values = { ...conditions.values, ...(from === null ? {} : placeValues(part, from)) }
  const shape = { ...walk, hasFrom: from !== null, ...splitConditions(listing, walk.by) }
  const read = (looksAt: LookedAt) => db.all(statements.page({ ...shape, looksAt }), values)
  const judged = part?.isIndexed === false ? [OF_PART, ...shape.free] : shape.free
  if (judged.length === 0) return { rows: await read('all'), stoppedAt: null }
  const few = await fewest(listing, shape, judged)
  if (few !== null) return { rows: await read({ candidatesOf: few }), stoppedAt: null }
  const first = await read({ first: FIRST_WINDOW })
  if (first.length === walk.limit) return { rows: first, stoppedAt: null }
  const rows = await read({ first: WINDOW })
  if (rows.length === walk.limit) return { rows, stoppedAt: null }
  const stoppedAt = await db.first(statements.placeAt({ ...shape, looksAt: 'all', limit: WINDOW }), values)
  return { rows, stoppedAt }
}

/** The conditions by whether the index of the order can judge them. */
export function splitConditions(
  { conditions: { names } }: Listing,
  by: UserOrderKey,
): Pick<ListShape, 'ranges' | 'free'> {
  const ranges = rangesOf(by)
  return {
    ranges: names.filter((name) => ranges.includes(name)),
    free: names.filter((name) => !ranges.includes(name)),
  }
}

/** The first of the conditions that few users can meet, by what indexes tell; `null` where there is none. */
export async function fewest(
  listing: Listing,
  { by, part }: Pick<ListShape, 'by' | 'part'>,
  names: readonly string[],
): Promise<string | null> {
  for (const name of names) {
    const count = await countCandidates(listing, { by, part, name }, FEW + 1)
    if (count !== null && count <= FEW) return name
  }
  return null
}

/** How many candidates the condition has, at most `limit`; `null` where no index tells. */
export async function countCandidates(
  { db, statements, conditions }: Listing,
  { by, part, name }: Pick<ListShape, 'by' | 'part'> & { readonly name: string },
  limit: number,
): Promise<number | null> {
  const query = statements.countCandidates({
    by,
    part,
    way: 'up',
    hasFrom: false,
    ranges: [],
    free: [],
    looksAt: { candidatesOf: name },
    limit,
  })
  return query === null ? null : db.first(query, conditions.values)
}

function placeValues(part: OrderPart | undefined, { key, id }: PlaceInPart): ListValues {
  const isMoment = part?.keyKind === 'moment' && typeof key === 'number'
  return { fromKey: isMoment ? new Date(key) : key, fromId: id }
}
