import type { MongoDocument } from './mongo-driver.ts'
import type { UserState } from './user-documents.ts'
import type { Users } from './users.ts'
import { equals, text, textOrNull } from './values.ts'

/**
 * Sessions are documents of their own, and still end together in one step: each is of an era, and counts only while that is the
 * era of its user, or while the user's document names it as the one that was spared when the era ended. Whoever reads a session
 * reads the user after it: then an era that is not the user's is a past one, for good.
 */
export interface SessionEra {
  readonly era: string
  readonly keptSession: string | null
}

export function eraOf({ documents }: Users, userDocument: MongoDocument): SessionEra {
  const { sessionEra, keptSession } = documents.names
  return { era: text(userDocument[sessionEra]), keptSession: textOrNull(userDocument[keptSession]) }
}

/** Tells whether the session has not been ended together with others. */
export function isOfEra({ db }: Users, session: MongoDocument, { era, keptSession }: SessionEra): boolean {
  return session[db.naming.fields.sessions.era] === era || (keptSession !== null && session['_id'] === keptSession)
}

/** The sessions of that user that count. */
export function sessionsOf({ db }: Users, userId: unknown, { era, keptSession }: SessionEra): MongoDocument {
  const names = db.naming.fields.sessions
  const owner = { [names.userId]: equals(userId) }
  if (keptSession === null) return { ...owner, [names.era]: equals(era) }
  return { ...owner, $or: [{ [names.era]: equals(era) }, { _id: equals(keptSession) }] }
}

/** Tells whether the session can be spared when the era ends: whether it counts now. */
export async function isSparable(users: Users, state: UserState, sessionId: string): Promise<boolean> {
  const sessions = users.db.documents('sessions')
  const owned = { _id: equals(sessionId), [sessions.names.userId]: equals(state.user.id) }
  const session = await sessions.findOne(owned)
  return session !== null && isOfEra(users, session, state)
}

/** Takes the sessions away that are over, and brings the spared one into the new era. Nothing depends on either. */
export async function endEra({ db }: Users, before: UserState, { user, era, keptSession }: UserState): Promise<void> {
  const sessions = db.documents('sessions')
  const { userId, era: ofEra } = sessions.names
  const owner = { [userId]: equals(user.id) }
  if (keptSession !== null) {
    await sessions.updateOne({ _id: equals(keptSession), ...owner }, { $set: { [ofEra]: era } })
  }
  await sessions.deleteMany({ ...owner, [ofEra]: equals(before.era) })
  if (before.keptSession === null || before.keptSession === keptSession) return
  await sessions.deleteMany({ _id: equals(before.keptSession), ...owner, [ofEra]: { $ne: era } })
}
