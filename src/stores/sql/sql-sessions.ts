import type { RotateSession, SessionStore } from '../../contracts/store.ts'
import type { Session } from '../../model/session.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { assertLimit } from './batches.ts'
import { type SessionStatements, sessionStatements } from './session-statements.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { UserModel } from './user-model.ts'

/** Sessions in any SQL engine. */
export function sqlSessions(db: SqlDatabase, model: UserModel): SessionStore {
  const statements = sessionStatements(db.engine, model)
  return {
    async insert(session, { sessionEpoch }) {
      // Whoever loses a session that has just begun with the power logs in again.
      return (await db.change(statements.insert, { ...session, sessionEpoch }, 'relaxed')) > 0
    },
    findOrInsert: (session, { sessionEpoch }, { insteadOf } = {}) =>
      db.atomic(() => findOrInsert(statements, { ...session, sessionEpoch }, insteadOf)),
    // Asked at every authenticated request: one statement, no transaction.
    find: (key) => ('digest' in key ? db.first(statements.findByDigest, key) : db.first(statements.findById, key)),
    listForUser: (userId, now) => db.all(statements.listForUser, { userId, now }),
    listSurplus(userId, now, keep) {
      assertLimit(keep)
      return db.all(statements.listSurplus(keep), { userId, now })
    },
    async touch(uses) {
      if (uses.length > 0) await db.atomic(() => touchAll(statements, uses), 'relaxed')
    },
    rotate: (id, rotation) => db.atomic(() => rotate(statements, id, rotation)),
    async delete(id, userId) {
      return (await db.change(statements.delete, { id, userId })) > 0
    },
    deleteForUser: (userId, { except, carrier } = {}) =>
      db.change(statements.deleteForUser, { userId, except: except ?? null, carrier: carrier ?? null }),
    async deleteExpired(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteExpired, { before, limit })
    },
  }
}

function* findOrInsert(
  statements: SessionStatements,
  session: Session & { readonly sessionEpoch: number },
  insteadOf: Uint8Array | undefined,
): AtomicStep<Session | null> {
  const { id } = session
  if (!(yield* readFirst(statements.holdUser, session))) return null
  if (insteadOf) yield* change(statements.deleteOfDigest, { id, digest: insteadOf })
  const present = yield* readFirst(statements.read, { id })
  if (present) return present
  yield* change(statements.insert, session)
  return yield* readFirst(statements.read, { id })
}

function* touchAll(statements: SessionStatements, uses: Parameters<SessionStore['touch']>[0]): AtomicStep<void> {
  // Always in one order, so that two processes never wait for each other.
  const inOrder = uses.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  for (const use of inOrder) yield* change(statements.touch, use)
}

function* rotate(statements: SessionStatements, id: string, rotation: RotateSession): AtomicStep<Session | null> {
  // The condition on the generation is part of the change, so that of many calls only one changes anything.
  const changed = yield* change(statements.rotate, { id, ...rotation })
  return changed > 0 ? yield* readFirst(statements.read, { id }) : null
}
