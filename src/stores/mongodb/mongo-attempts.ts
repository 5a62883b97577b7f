import type { AttemptStore } from '../../contracts/store.ts'
import type { Attempt, AttemptFilter, AttemptOutcome } from '../../model/attempt.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import { numberBlocks } from './counters.ts'
import { documentOf } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { allOf, behind } from './pages.ts'
import { idCheck } from './user-ids.ts'
import type { Users } from './users.ts'
import { ABSENT, among, encoded, equals, id, moment, momentOrNull, number, text, textOrNull } from './values.ts'

/** The attempt log in MongoDB. */
export function mongoAttempts(users: Users): AttemptStore {
  const { db } = users
  const attempts = db.documents('attempts')
  const relaxed = db.relaxed('attempts')
  const { names } = attempts
  const nextId = numberBlocks(db, 'attempts')
  return {
    async insert(attempt) {
      const _id = await nextId()
      const { userId } = attempt
      await relaxed.insert({ _id, ...documentOf(names, attempt) })
      // The user may have been deleted while the password was checked; the attempt is then nobody's, and still logged. Looked at
      // afterwards, because the attempts of a user who goes are deleted once.
      if (userId === null || (idCheck(users.model)(userId) && (await users.find(userId)) !== null)) return
      await relaxed.updateOne({ _id: equals(_id) }, { $unset: { [names.userId]: '' } })
    },
    async list(filter) {
      assertLimit(filter.limit)
      const options = { sort: { [names.at]: -1, _id: -1 }, limit: filter.limit }
      return (await attempts.find(conditionsOf(names, filter), options)).map((doc) => readAttempt(names, doc))
    },
    async renameSession(from, to) {
      await relaxed.updateMany({ [names.sessionId]: equals(from) }, { $set: { [names.sessionId]: encoded(to) } })
    },
    async markLoggedOut(sessionIds, at) {
      if (sessionIds.length === 0) return
      const open = { [names.sessionId]: among(sessionIds), [names.loggedOutAt]: ABSENT }
      await attempts.updateMany(open, { $set: { [names.loggedOutAt]: encoded(at) } })
    },
    async deleteBefore(before, limit) {
      assertLimit(limit)
      return deleteBatch(attempts, { [names.at]: { $lt: encoded(before) } }, { order: names.at, limit })
    },
  }
}

const EQUAL = ['userId', 'identifier', 'address', 'outcome', 'door', 'action', 'userAgent'] as const

function conditionsOf(names: FieldsOf<'attempts'>, filter: AttemptFilter): MongoDocument {
  const { succeeded, since, until, before } = filter
  const given = EQUAL.filter((name) => filter[name] !== undefined)
  return allOf([
    ...given.map((name) => ({ [names[name]]: equals(filter[name]) })),
    ...(succeeded === undefined ? [] : [{ [names.outcome]: succeeded ? { $eq: 'success' } : { $ne: 'success' } }]),
    ...(since === undefined ? [] : [{ [names.at]: { $gte: encoded(since) } }]),
    ...(until === undefined ? [] : [{ [names.at]: { $lt: encoded(until) } }]),
    ...(before === undefined ? [] : [behind(names.at, { at: before.at, id: before.id })]),
  ])
}

function readAttempt(names: FieldsOf<'attempts'>, doc: MongoDocument): Attempt {
  return {
    id: number(doc['_id']),
    at: moment(doc[names.at]),
    userId: doc[names.userId] === undefined ? null : id(doc[names.userId]),
    identifier: textOrNull(doc[names.identifier]),
    address: textOrNull(doc[names.address]),
    userAgent: textOrNull(doc[names.userAgent]),
    door: text(doc[names.door]),
    action: text(doc[names.action]),
    outcome: text(doc[names.outcome]) as AttemptOutcome,
    sessionId: textOrNull(doc[names.sessionId]),
    loggedOutAt: momentOrNull(doc[names.loggedOutAt]),
  }
}
