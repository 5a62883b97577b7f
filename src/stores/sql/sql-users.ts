import type { UserStore } from '../../contracts/store.ts'
import type { NewUser, UserId } from '../../model/user.ts'
import { change } from './atomic-step.ts'
import { assertLimit, deleteBatch } from './batches.ts'
import { fieldQueries } from './field-queries.ts'
import { identifierQueries } from './identifier-queries.ts'
import { insertUser } from './insert-user.ts'
import { sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'
import { deleteUser, updateUser } from './update-user.ts'
import type { UserModel } from './user-model.ts'
import { userStatements } from './user-statements.ts'

/** Users with their declared fields and profiles, in any SQL engine. */
export function sqlUsers(db: SqlDatabase, model: UserModel): UserStore {
  const statements = userStatements(db.engine, model)
  const findByIdentifier = identifierQueries(db.engine, model)
  const findByField = fieldQueries(db.engine, model)
  const deletePending = deletePendingCommand(db.engine, model)
  const isId = idCheck(model)
  return {
    async insert(user, options) {
      assertNewId(model, user)
      return db.atomic(() => insertUser(statements, user, options))
    },
    async findById(id) {
      return isId(id) ? db.first(statements.findById, { id }) : null
    },
    async findByIdentifier(key, fields, limit) {
      assertLimit(limit)
      if (fields.length === 0) return []
      return db.all(findByIdentifier([...fields, String(limit)]), { key })
    },
    async findByField(field, value, limit) {
      assertLimit(limit)
      const found = findByField({ field, value, limit })
      return found === null ? [] : db.all(found.query, { key: found.key })
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
export function idCheck({ ids }: UserModel): (id: UserId) => boolean {
  return ids === 'uuid' ? (id) => typeof id === 'string' : (id) => Number.isSafeInteger(id)
}

/** @throws {TypeError} where the store must draw the id and was given one, or the other way round */
export function assertNewId({ ids }: UserModel, { id }: Pick<NewUser, 'id'>): void {
  if (ids === 'uuid' && id === null) throw new TypeError("a new user needs an id where `ids` is 'uuid'")
  if (ids === 'integer' && id !== null) throw new TypeError('the store draws integer ids itself')
}

function deletePendingCommand(engine: SqlEngine, { naming }: UserModel) {
  const { table, columns: c } = naming.users
  return statementsFor(engine).command<{ readonly before: Date; readonly limit: number }>((p) =>
    deleteBatch(table, c.id, {
      where: sql`${c.status} = 'pending' AND ${c.sessionEpoch} = 0 AND ${c.dateJoined} < ${p.before}`,
      order: sql`${c.dateJoined}`,
      limit: p.limit,
    }),
  )
}
