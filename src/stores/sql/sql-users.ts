import type { UserStore } from '../../contracts/store.ts'
import type { NewUser, User, UserId } from '../../model/user.ts'
import { change } from './atomic-step.ts'
import { assertLimit, deleteBatch, fixedLimit } from './batches.ts'
import { insertUser } from './insert-user.ts'
import { shapeCache } from './shape-cache.ts'
import { type SqlText, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type ParametersOf, type Query, statementsFor } from './statements.ts'
import { deleteUser, updateUser } from './update-user.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'
import { userStatements } from './user-statements.ts'

/** Users with their declared fields and profiles, in any SQL engine. */
export function sqlUsers(db: SqlDatabase, model: UserModel): UserStore {
  const statements = userStatements(db.engine, model)
  const findByIdentifier = identifierQueries(db.engine, model)
  const deletePending = deletePendingCommand(db.engine, model)
  const isId = idCheck(model)
  return {
    async insert(user, { replacePendingBefore }) {
      assertNewId(model, user)
      return db.atomic(() => insertUser(statements, user, replacePendingBefore))
    },
    async findById(id) {
      return isId(id) ? db.first(statements.findById, { id }) : null
    },
    async findByIdentifier(key, fields, limit) {
      assertLimit(limit)
      if (fields.length === 0) return []
      return db.all(findByIdentifier([...fields, String(limit)]), { key })
    },
    async list({ after, limit }) {
      assertLimit(limit)
      if (after === null) return db.all(statements.listFirst, { limit })
      return isId(after) ? db.all(statements.listAfter, { after, limit }) : []
    },
    async update(id, changes, options = {}) {
      if (!isId(id)) return { outcome: 'missed' }
      return db.atomic(() => updateUser(statements, { id, changes, options }))
    },
    async noteLogin(id, at) {
      if (isId(id)) await db.change(statements.noteLogin, { id, at }, 'relaxed')
    },
    async delete(id, when = {}) {
      // Identities, sessions, codes, profiles and attempts go with their user: the foreign keys say ON DELETE CASCADE.
      return isId(id) && (await db.atomic(() => deleteUser(statements, id, when))) > 0
    },
    async deletePendingBefore(before, limit) {
      assertLimit(limit)
      return db.atomic(() => change(deletePending, { before, limit }))
    },
  }
}

/** Databases convert: without this the text `'12'` would find the user 12, and MySQL finds it by `'12x'`, too. */
function idCheck({ ids }: UserModel): (id: UserId) => boolean {
  return ids === 'uuid' ? (id) => typeof id === 'string' : (id) => Number.isSafeInteger(id)
}

/** @throws {TypeError} where the store must draw the id and was given one, or the other way round */
export function assertNewId({ ids }: UserModel, { id }: NewUser): void {
  if (ids === 'uuid' && id === null) throw new TypeError("a new user needs an id where `ids` is 'uuid'")
  if (ids === 'integer' && id !== null) throw new TypeError('the store draws integer ids itself')
}

interface ByIdentifier {
  readonly key: string
}

/** One query for each choice of fields and each limit, named in this order. */
function identifierQueries(
  engine: SqlEngine,
  model: UserModel,
): (shape: readonly string[]) => Query<ByIdentifier, User> {
  const { table, columns: c } = model.naming.users
  const rows = userRows(engine, model)
  const conditions: Readonly<Record<string, (p: ParametersOf<ByIdentifier>) => SqlText>> = {
    username: (p) => sql`u.${c.usernameKey} = ${p.key}`,
    email: (p) => sql`u.${c.emailKey} = ${p.key}`,
  }
  return shapeCache((shape) => {
    const limit = fixedLimit(Number(shape.at(-1)))
    const [only, ...others] = shape.slice(0, -1)
    const condition = others.length === 0 && only !== undefined ? conditions[only] : undefined
    return statementsFor(engine).query<ByIdentifier, User>(
      (p) => sql`SELECT ${rows.columns} FROM ${table} AS u${rows.joins}
        WHERE ${condition?.(p) ?? eitherIdentifier(c, p)} ${limit}`,
      (row) => rows.read(row, 0),
    )
  })
}

const eitherIdentifier = (c: UserModel['naming']['users']['columns'], p: ParametersOf<ByIdentifier>): SqlText =>
  sql`u.${c.usernameKey} = ${p.key} OR u.${c.emailKey} = ${p.key}
        ORDER BY CASE WHEN u.${c.usernameKey} = ${p.key} THEN 0 ELSE 1 END`

function deletePendingCommand(engine: SqlEngine, { naming }: UserModel) {
  const { table, columns: c } = naming.users
  return statementsFor(engine).command<{ readonly before: Date; readonly limit: number }>((p) =>
    deleteBatch(
      table,
      c.id,
      sql`${c.status} = 'pending' AND ${c.sessionEpoch} = 0 AND ${c.dateJoined} < ${p.before}
        ORDER BY ${c.dateJoined} LIMIT ${p.limit}`,
    ),
  )
}
