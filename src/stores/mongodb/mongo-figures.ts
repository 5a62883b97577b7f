import type { AttemptWindow, FigureStore, UserBelongings } from '../../contracts/figure-store.ts'
import type { UserId } from '../../model/user.ts'
import { assertLimit } from '../sql/batches.ts'
import { countOf, countUpTo } from './counts.ts'
import { sessionsOf } from './session-eras.ts'
import { idCheck } from './user-ids.ts'
import type { Users } from './users.ts'
import { ABSENT, encoded, equals, number } from './values.ts'

/** Of a user's belongings no more are counted of each kind. */
const MANY = 1000

/** Figures for operators in MongoDB. Each reads a piece of one index. */
export function mongoFigures(users: Users): FigureStore {
  const { db } = users
  const sessions = db.documents('sessions')
  const outbox = db.documents('outbox')
  const isId = idCheck(users.model)
  return {
    async liveSessions(now, max) {
      assertLimit(max)
      return countUpTo(sessions, { [sessions.names.idleExpiresAt]: { $gt: encoded(now) } }, max)
    },
    async waitingMails(max) {
      assertLimit(max)
      return countUpTo(outbox, { [outbox.names.finishedAt]: ABSENT }, max)
    },
    async attempts(window, max) {
      assertLimit(max)
      return countAttempts(users, window, max)
    },
    belongingsOf: async (userId) => (isId(userId) ? belongingsOf(users, userId) : NOTHING),
  }
}

const NOTHING: UserBelongings = {
  sessions: 0,
  identities: 0,
  codes: 0,
  attempts: 0,
  groups: 0,
  permissions: 0,
  profiles: 0,
}

async function countAttempts({ db }: Users, { since, until }: AttemptWindow, max: number) {
  const attempts = db.documents('attempts')
  const { at, outcome } = attempts.names
  const counted = await attempts.aggregate([
    { $match: { [at]: { $gte: encoded(since), $lt: encoded(until) } } },
    { $limit: max + 1 },
    { $group: { _id: `$${outcome}`, count: { $sum: 1 } } },
  ])
  const sum = (isSuccess: boolean): number =>
    counted
      .filter((doc) => (doc['_id'] === 'success') === isSuccess)
      .reduce((total, doc) => total + number(doc['count']), 0)
  const [successes, failures] = [sum(true), sum(false)]
  const surplus = successes + failures > max
  // The one that only tells that there are more is not counted.
  const counts = surplus && failures > 0 ? { successes, failures: failures - 1 } : { successes, failures }
  return { ...counts, isExact: !surplus }
}

async function belongingsOf(users: Users, userId: UserId): Promise<UserBelongings> {
  const state = await users.findState(userId)
  if (state === null) return NOTHING
  const sessions = users.db.documents('sessions')
  const attempts = users.db.documents('attempts')
  const upToMany = ({ length }: { readonly length: number }): number => Math.min(length, MANY)
  return {
    sessions: await countOf(sessions, [{ $match: sessionsOf(users, userId, state) }, { $limit: MANY }]),
    attempts: await countOf(attempts, [{ $match: { [attempts.names.userId]: equals(userId) } }, { $limit: MANY }]),
    identities: upToMany(state.identities),
    codes: upToMany(state.codes),
    groups: upToMany(state.groups),
    permissions: upToMany(state.permissions),
    profiles: Object.values(state.user.profiles).filter((profile) => profile !== null).length,
  }
}
