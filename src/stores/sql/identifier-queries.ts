import type { User } from '../../model/user.ts'
import { fixedLimit } from './batches.ts'
import { shapeCache } from './shape-cache.ts'
import { fixedText, type Identifier, joined, type Parameter, type SqlText, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type Query, statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

interface ByIdentifier {
  readonly key: string
}

/**
 * One query for each choice of fields and each limit, named in this order. The owner of the name comes first, then the
 * owner of the address, then whoever shares it, the oldest first.
 */
export function identifierQueries(
  engine: SqlEngine,
  model: UserModel,
): (shape: readonly string[]) => Query<ByIdentifier, User> {
  const { table, columns: c } = model.naming.users
  const rows = userRows(engine, model)
  const isShared = model.emailUnique === 'once-proven'
  return shapeCache((shape) => {
    const limit = fixedLimit(Number(shape.at(-1)))
    const asked = shape.slice(0, -1)
    const owned = [
      ...(asked.includes('username') ? [c.usernameKey] : []),
      ...(asked.includes('email') ? [c.emailKey] : []),
    ]
    const shared = isShared && asked.includes('email') ? [c.sharedEmailKey] : []
    return statementsFor(engine).query<ByIdentifier, User>(
      ({ key }) =>
        shared.length === 0
          ? sql`SELECT ${rows.columns} FROM ${table} AS u${rows.joins}
            WHERE ${anyOf(owned, key)}${bestFirst(owned, key)} ${limit}`
          : sql`SELECT ${rows.columns} FROM ${found({ table, id: c.id, owned, shared, limit }, key)}
            JOIN ${table} AS u ON u.${c.id} = found.user_id${rows.joins}
            ORDER BY found.place, u.${c.id} ${limit}`,
      (row) => rows.read(row, 0),
    )
  })
}

const anyOf = (columns: readonly Identifier[], key: Parameter): SqlText =>
  joined(
    columns.map((column) => sql`u.${column} = ${key}`),
    ' OR ',
  )

/** By the first of the columns that has the key. One column that is unique needs no order. */
function bestFirst(columns: readonly Identifier[], key: Parameter): SqlText {
  if (columns.length === 1) return sql``
  const ranks = columns.slice(0, -1).map((column, rank) => sql`WHEN u.${column} = ${key} THEN ${place(rank)}`)
  return sql` ORDER BY CASE ${joined(ranks, ' ')} ELSE ${place(columns.length - 1)} END`
}

interface Columns {
  readonly table: Identifier
  readonly id: Identifier
  readonly owned: readonly Identifier[]
  readonly shared: readonly Identifier[]
  readonly limit: SqlText
}

/**
 * The ids of those who are found, each with the best place they have. However many share a key, no more of them are looked
 * at than are asked for: anybody can register one address as often as they like.
 */
function found({ table, id, owned, shared, limit }: Columns, key: Parameter): SqlText {
  const owners = owned.map(
    (column, rank) => sql`SELECT ${id} AS user_id, ${place(rank)} AS place FROM ${table} WHERE ${column} = ${key}`,
  )
  const sharers = shared.map(
    (column) => sql`SELECT s.${id} AS user_id, ${place(owned.length)} AS place
      FROM (SELECT ${id} FROM ${table} WHERE ${column} = ${key} ORDER BY ${id} ${limit}) AS s`,
  )
  return sql`(SELECT f.user_id, MIN(f.place) AS place FROM (${joined([...owners, ...sharers], ' UNION ALL ')}) AS f
    GROUP BY f.user_id) AS found`
}

const place = (rank: number): SqlText => fixedText(String(rank))
