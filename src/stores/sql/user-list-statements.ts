import type { User } from '../../model/user.ts'
import type { UserListPosition, UserOrderKey } from '../../model/user-list.ts'
import { fixedLimit } from './batches.ts'
import { shapeCache } from './shape-cache.ts'
import { fixedText, joined, type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Query, statementsFor } from './statements.ts'
import { type ConditionScope, conditionText } from './user-list-conditions.ts'
import { behind, type OrderPart, orderBy, orderParts, type Way } from './user-list-parts.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

/** Values of parameters by name. */
export type ListValues = Readonly<Record<string, unknown>>

/** Where a row is in its part of the order. */
export type PlaceInPart = Pick<UserListPosition, 'key' | 'id'>

export interface PlacedUser {
  readonly user: User
  readonly place: PlaceInPart
}

/** Everything that makes one statement another than the next. */
export interface ListShape {
  readonly by: UserOrderKey
  readonly part: number
  readonly way: Way
  /** Begins behind the place in `fromKey` and `fromId`. */
  readonly hasFrom: boolean
  /** Conditions that are ranges of the order's index. */
  readonly ranges: readonly string[]
  /** All other conditions. */
  readonly free: readonly string[]
  readonly looksAt: LookedAt
  readonly limit: number
}

/**
 * All rows that the order's index offers, the first of them only, or the candidates of a condition. What an engine finds
 * cheapest is not left to it: without statistics it guesses, and a wrong guess sorts a million rows.
 */
export type LookedAt = { readonly first: number } | { readonly candidatesOf: string } | 'all'

/** In place of a condition: whoever is in the part, which may be few as well. */
export const OF_PART = 'of part'

const MAX_CANDIDATES = 5000

/** The statements of lists, each rendered when it is first needed. */
export interface UserListStatements {
  page(shape: ListShape): Query<ListValues, PlacedUser>
  /** The place so many rows of the order's index further on, if there are so many: `limit` counts from 1. */
  placeAt(shape: ListShape): Query<ListValues, PlaceInPart>
  /**
   * How many candidates there are, at most `limit`; whom several indexes find is counted as often. `null` for what has none.
   */
  countCandidates(shape: ListShape): Query<ListValues, number> | null
  /** How many rows a page has. */
  count(shape: ListShape): Query<ListValues, number>
}

export function userListStatements(engine: SqlEngine, model: UserModel): UserListStatements {
  const { query } = statementsFor(engine)
  const scope = { engine, model }
  const rows = userRows(engine, model)
  const { table, columns: c } = model.naming.users
  const readCount = (row: Row): number => engine.decode.number(row[0])
  return {
    page: byShape((shape) => {
      const part = partOf(scope.model, shape)
      return query(
        () => sql`SELECT ${keyOf(part)}, ${rows.columns} ${rowsOf(scope, shape, rows.joins)}
          ORDER BY ${orderBy(part, shape.way, c.id)} ${fixedLimit(shape.limit)}`,
        (row) => {
          const user = rows.read(row, 1)
          return { user, place: { key: readKey(engine, part, row[0]), id: user.id } }
        },
      )
    }),
    placeAt: byShape((shape) => {
      const part = partOf(scope.model, shape)
      return query(
        () => sql`SELECT ${keyOf(part)}, u.${c.id} FROM ${table} AS u WHERE ${all(indexed(scope, shape))}
          ORDER BY ${orderBy(part, shape.way, c.id)} LIMIT 1 OFFSET ${fixedText(String(shape.limit - 1))}`,
        (row) => ({ key: readKey(engine, part, row[0]), id: engine.decode.id(row[1]) }),
      )
    }),
    countCandidates: byShape((shape) => {
      const limit = fixedLimit(shape.limit)
      const limited = candidatesOf(scope, shape).map((found) => sql`SELECT user_id FROM (${found} ${limit}) AS found`)
      if (limited.length === 0) return null
      return query(
        () => sql`SELECT COUNT(*) FROM (${joined(limited, ' UNION ALL ')} ${limit}) AS candidates`,
        readCount,
      )
    }),
    count: byShape((shape) =>
      query(
        () =>
          sql`SELECT COUNT(*) FROM (SELECT u.${c.id} ${rowsOf(scope, shape, sql``)} ${fixedLimit(shape.limit)}) AS counted`,
        readCount,
      ),
    ),
  }
}

function byShape<S>(build: (shape: ListShape) => S): (shape: ListShape) => S {
  const known = shapeCache(([text = '']) => ({ statement: build(JSON.parse(text) as ListShape) }))
  return (shape) => known([JSON.stringify(shape)]).statement
}

function partOf(model: UserModel, { by, part }: Pick<ListShape, 'by' | 'part'>): OrderPart {
  const found = orderParts(model, by)[part]
  if (found === undefined) throw new TypeError(`the order of ${JSON.stringify(by)} has no part ${part}`)
  return found
}

/** `FROM` and `WHERE`. */
function rowsOf(scope: ConditionScope, shape: ListShape, joins: SqlText): SqlText {
  const { table, columns: c } = scope.model.naming.users
  const { looksAt, way } = shape
  const [inside, outside] = [indexed(scope, shape), unindexed(scope, shape)]
  if (looksAt === 'all') return sql`FROM ${table} AS u${joins} WHERE ${all([...inside, ...outside])}`
  if ('first' in looksAt) {
    const first = sql`SELECT u.* FROM ${table} AS u WHERE ${all(inside)}
      ORDER BY ${orderBy(partOf(scope.model, shape), way, c.id)} ${fixedLimit(looksAt.first)}`
    return sql`FROM (${first}) AS u${joins} WHERE ${all(outside)}`
  }
  // Each finds a user once, and `UNION` leaves nobody in twice. `CROSS JOIN` tells SQLite to begin with them, and the limit
  // tells PostgreSQL that they are few; it is wide enough for those who came since they were counted.
  const found = sql`SELECT user_id FROM (${joined(candidatesOf(scope, shape), ' UNION ')}) AS every ${fixedLimit(MAX_CANDIDATES)}`
  return sql`FROM (${found}) AS found CROSS JOIN ${table} AS u${joins}
    WHERE ${all([sql`u.${c.id} = found.user_id`, ...inside, ...outside])}`
}

function candidatesOf(scope: ConditionScope, shape: ListShape): readonly SqlText[] {
  const { looksAt } = shape
  if (looksAt === 'all' || 'first' in looksAt) return []
  if (looksAt.candidatesOf !== OF_PART) return conditionText(scope, looksAt.candidatesOf).candidates
  const { table, columns: c } = scope.model.naming.users
  const { condition } = partOf(scope.model, shape)
  return condition === null ? [] : [sql`SELECT u.${c.id} AS user_id FROM ${table} AS u WHERE ${condition}`]
}

/** What the order's index can judge. */
function indexed(scope: ConditionScope, shape: ListShape): readonly SqlText[] {
  const part = partOf(scope.model, shape)
  return [
    ...(part.isIndexed && part.condition !== null ? [part.condition] : []),
    ...(shape.hasFrom ? [behind(part, shape.way, scope.model.naming.users.columns.id)] : []),
    ...shape.ranges.map((name) => conditionText(scope, name).test),
  ]
}

function unindexed(scope: ConditionScope, shape: ListShape): readonly SqlText[] {
  const { isIndexed, condition } = partOf(scope.model, shape)
  const tests = shape.free.map((name) => conditionText(scope, name).test)
  return isIndexed || condition === null ? tests : [condition, ...tests]
}

const all = (tests: readonly SqlText[]): SqlText => joined(tests.length === 0 ? [sql`1 = 1`] : tests, ' AND ')

const keyOf = ({ key }: OrderPart): SqlText => (key === null ? sql`NULL` : sql`u.${key}`)

function readKey({ decode }: SqlEngine, { key, keyKind }: OrderPart, value: unknown): PlaceInPart['key'] {
  if (key === null) return null
  switch (keyKind) {
    case 'text':
      return decode.text(value)
    case 'number':
      return decode.number(value)
    case 'moment':
      return decode.moment(value).getTime()
    case 'id':
      return decode.id(value)
  }
}
