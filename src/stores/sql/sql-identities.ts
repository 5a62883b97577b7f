import type {
  DeleteIdentityResult,
  IdentityStore,
  InsertIdentityResult,
  InsertUserOptions,
  InsertWithUserResult,
  UserCondition,
} from '../../contracts/store.ts'
import type { Identity, NewIdentity } from '../../model/identity.ts'
import type { NewUser, UserId } from '../../model/user.ts'
import { type AtomicStep, change, insertRow, readAll, readFirst } from './atomic-step.ts'
import { type IdentityStatements, identityRow, identityStatements, keyOf, loginRow } from './identity-statements.ts'
import { insertUser } from './insert-user.ts'
import type { SqlDatabase } from './sql-database.ts'
import { assertNewId } from './sql-users.ts'
import { isAsExpected } from './update-user.ts'
import type { UserModel } from './user-model.ts'
import { type UserStatements, userStatements } from './user-statements.ts'

interface Statements {
  readonly users: UserStatements
  readonly identities: IdentityStatements
}

/** Links between users and providers in any SQL engine. */
export function sqlIdentities(db: SqlDatabase, model: UserModel): IdentityStore {
  const identities = identityStatements(db.engine, model)
  const statements: Statements = { users: userStatements(db.engine, model), identities }
  return {
    insert: (identity, userId, when = {}) => db.atomic(() => insertIdentity(statements, identity, { userId, when })),
    async insertWithUser(identity, user, options) {
      assertNewId(model, user)
      return db.atomic(() => insertWithUser(statements, identity, { user, options }))
    },
    find: (key) => db.first(identities.find, keyOf(key)),
    listForUser: (userId) => db.all(identities.listForUser, { userId }),
    async noteLogin(id, changes) {
      await db.change(identities.noteLogin, loginRow(id, changes), 'relaxed')
    },
    delete: (id, userId) => db.atomic(() => deleteIdentity(statements, id, userId)),
  }
}

/** When somebody links it in between, the engine refuses the row, the step starts again and finds the other. */
function* insertIdentity(
  { users, identities }: Statements,
  identity: NewIdentity,
  { userId, when }: { readonly userId: UserId; readonly when: UserCondition },
): AtomicStep<InsertIdentityResult> {
  const state = yield* readFirst(users.lock, { id: userId })
  if (!state || !isAsExpected(state, when)) return { outcome: 'missed' }
  if (yield* readFirst(identities.findId, keyOf(identity))) return { outcome: 'conflict' }
  return { outcome: 'inserted', identity: yield* addIdentity(identities, identity, userId) }
}

function* insertWithUser(
  { users, identities }: Statements,
  identity: NewIdentity,
  { user, options }: { readonly user: NewUser; readonly options: InsertUserOptions },
): AtomicStep<InsertWithUserResult> {
  if (yield* readFirst(identities.findId, keyOf(identity))) return { outcome: 'identity-taken' }
  const result = yield* insertUser(users, user, options)
  if (result.outcome !== 'inserted') {
    // Who has the address now may have come with this very identity, after the first look.
    return (yield* readFirst(identities.findId, keyOf(identity))) ? { outcome: 'identity-taken' } : result
  }
  return { ...result, identity: yield* addIdentity(identities, identity, result.user.id) }
}

function* addIdentity(statements: IdentityStatements, identity: NewIdentity, userId: UserId): AtomicStep<Identity> {
  const id = yield* insertRow(statements.insert, identityRow(identity, userId))
  if (id === null) throw new Error('the engine drew no id for a new identity')
  return { ...identity, id, userId }
}

/** The user's row is held until the step ends, so that of two last identities only one can go. */
function* deleteIdentity(
  { users, identities }: Statements,
  id: Identity['id'],
  userId: UserId,
): AtomicStep<DeleteIdentityResult> {
  const state = yield* readFirst(users.lock, { id: userId })
  const present = yield* readAll(identities.listForUser, { userId })
  if (!state || !present.some((identity) => identity.id === id)) return 'missed'
  if (state.passwordHash === null && present.length === 1) return 'last-way-in'
  return (yield* change(identities.delete, { id, userId })) > 0 ? 'deleted' : 'missed'
}
