import type { RotateSession, SessionStore } from '../../contracts/store.ts'
import type { UserId } from '../../model/user.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import { findOrInsertSession, insertSession } from './insert-session.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { readSession } from './session-documents.ts'
import { eraOf, isOfEra, sessionsOf } from './session-eras.ts'
import { idCheck } from './user-ids.ts'
import { isThere, type Users } from './users.ts'
import { encoded, equals, text } from './values.ts'

/** More surplus sessions than these are left to the next log-in. */
const MAX_SURPLUS = 1000

/** Sessions in MongoDB. */
export function mongoSessions(users: Users): SessionStore {
  const { db, model } = users
  const isId = idCheck(model)
  /** The user's sessions that count, among those of which more is true. */
  const countingOf = async (userId: UserId, more: MongoDocument): Promise<MongoDocument | null> => {
    const user = isId(userId) ? await findOwner(users, userId) : null
    return user && { $and: [sessionsOf(users, userId, eraOf(users, user)), more] }
  }
  return {
    insert: (session, { sessionEpoch }) => insertSession(users, session, sessionEpoch),
    findOrInsert: (session, { sessionEpoch }, { insteadOf } = {}) =>
      findOrInsertSession(users, { session, sessionEpoch, insteadOf }),
    ...reading(users, countingOf),
    async touch(uses) {
      if (uses.length > 0) await touchAll(db, uses)
    },
    rotate: (id, rotation) => rotate(users, id, rotation),
    async delete(id, userId) {
      if (!isId(userId)) return false
      const sessions = db.documents('sessions')
      const deleted = await sessions.takeOne({ _id: equals(id), [sessions.names.userId]: equals(userId) })
      const user = deleted && (await findOwner(users, userId))
      return deleted !== null && user !== null && isOfEra(users, deleted, eraOf(users, user))
    },
    async deleteForUser(userId, { except, carrier } = {}) {
      const sessions = db.documents('sessions')
      const spared = except === undefined ? {} : { _id: { $ne: encoded(except) } }
      const ofCarrier = carrier === undefined ? {} : { [sessions.names.carrier]: equals(carrier) }
      const ended = await countingOf(userId, { ...spared, ...ofCarrier })
      return ended === null ? 0 : sessions.deleteMany(ended)
    },
    async deleteExpired(before, limit) {
      assertLimit(limit)
      const sessions = db.documents('sessions')
      // The idle end never lies behind the absolute one, so it alone, with its index, tells what has expired.
      const { idleExpiresAt } = sessions.names
      return deleteBatch(sessions, { [idleExpiresAt]: { $lt: encoded(before) } }, { order: idleExpiresAt, limit })
    },
  }
}

function reading(
  users: Users,
  countingOf: (userId: UserId, more: MongoDocument) => Promise<MongoDocument | null>,
): Pick<SessionStore, 'find' | 'listForUser' | 'listSurplus'> {
  const sessions = users.db.documents('sessions')
  const { names } = sessions
  const isLive = (now: Date) => ({
    [names.idleExpiresAt]: { $gt: encoded(now) },
    [names.expiresAt]: { $gt: encoded(now) },
  })
  const sort = { [names.lastUsedAt]: -1, [names.createdAt]: -1, _id: 1 }
  return {
    async find(key) {
      const filter = 'digest' in key ? { [names.digest]: equals(key.digest) } : { _id: equals(key.id) }
      const session = await sessions.findOne(filter)
      // In this order: see session-eras.ts.
      const user = session && (await findOwner(users, session[names.userId]))
      if (!session || !user || !isOfEra(users, session, eraOf(users, user))) return null
      return { session: readSession(names, session), user: users.reader.user(user) }
    },
    async listForUser(userId, now) {
      const live = await countingOf(userId, isLive(now))
      return live === null ? [] : (await sessions.find(live, { sort })).map((doc) => readSession(names, doc))
    },
    async listSurplus(userId, now, keep) {
      assertLimit(keep)
      const live = await countingOf(userId, { [names.carrier]: { $ne: 'user-token' }, ...isLive(now) })
      if (live === null) return []
      const options = { sort, skip: keep, limit: MAX_SURPLUS, projection: { _id: 1 } }
      return (await sessions.find(live, options)).map((doc) => text(doc['_id']))
    },
  }
}

/** The document of a session's user, without what is not asked for at every request. */
function findOwner(users: Users, userId: unknown): Promise<MongoDocument | null> {
  const filter = { _id: equals(userId), ...isThere(users) }
  return users.documents.findOne(filter, { projection: users.reader.withoutBelongings })
}

/** No moment moves back, and a session that is gone stays gone. */
async function touchAll(db: MongoDatabase, uses: Parameters<SessionStore['touch']>[0]): Promise<void> {
  const sessions = db.relaxed('sessions')
  const { names } = sessions
  await sessions.updateEach(
    uses.map(({ id, lastUsedAt, idleExpiresAt }) => ({
      filter: { _id: equals(id) },
      update: { $max: { [names.lastUsedAt]: encoded(lastUsedAt), [names.idleExpiresAt]: encoded(idleExpiresAt) } },
    })),
  )
}

async function rotate(users: Users, id: string, { generation, now, idleExpiresAt }: RotateSession) {
  const sessions = users.db.documents('sessions')
  const { names } = sessions
  const filter = {
    _id: equals(id),
    [names.generation]: equals(generation),
    [names.idleExpiresAt]: { $gt: encoded(now) },
    [names.expiresAt]: { $gt: encoded(now) },
  }
  const rotated = await sessions.changeOne(filter, {
    $inc: { [names.generation]: 1 },
    $set: { [names.rotatedAt]: encoded(now) },
    $max: { [names.lastUsedAt]: encoded(now), [names.idleExpiresAt]: encoded(idleExpiresAt) },
  })
  const user = rotated && (await findOwner(users, rotated[names.userId]))
  return rotated && user && isOfEra(users, rotated, eraOf(users, user)) ? readSession(names, rotated) : null
}
