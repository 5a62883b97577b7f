import type { Session } from '../../model/session.ts'
import { isActive } from '../../model/user.ts'
import { equalBytes } from '../../util/secrets.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN, untilUndisturbed } from './retries.ts'
import { readSession, sessionDocument } from './session-documents.ts'
import { eraOf, isOfEra, type SessionEra } from './session-eras.ts'
import { idCheck } from './user-ids.ts'
import type { Users } from './users.ts'
import { equals } from './values.ts'

/**
 * Adds a session to the era that its user is in, if that is the one of the proof. One that comes too late, because the era ended
 * before the document was there, is of no era any more.
 */
export async function insertSession(users: Users, session: Session, sessionEpoch: number): Promise<boolean> {
  const era = await provenEra(users, session, sessionEpoch)
  if (era === null) return false
  try {
    await users.db.relaxed('sessions').insert(sessionDocument(users.db.naming.fields.sessions, session, era.era))
  } catch (error) {
    // Of a session that was ended together with others a crash may have left the document.
    if (!isDuplicateKey(error) || !(await removeEnded(users, session, era))) throw error
    return insertSession(users, session, sessionEpoch)
  }
  return true
}

export interface WantedSession {
  readonly session: Session
  readonly sessionEpoch: number
  readonly insteadOf: Uint8Array | undefined
}

export function findOrInsertSession(users: Users, wanted: WantedSession): Promise<Session | null> {
  const { session, sessionEpoch } = wanted
  const sessions = users.db.documents('sessions')
  return untilUndisturbed(async () => {
    const present = await sessions.findOne({ _id: equals(session.id) })
    const era = await provenEra(users, session, sessionEpoch)
    if (era === null) return null
    const found = present && isOfEra(users, present, era) ? readSession(sessions.names, present) : null
    if (found !== null && !isToBeReplaced(found, wanted)) return found
    if (present !== null) await removeExactly(users, present)
    return (await addToEra(users, session, era)) ? confirmed(users, wanted, era) : AGAIN
  })
}

const isToBeReplaced = ({ digest }: Session, { insteadOf }: WantedSession): boolean =>
  insteadOf !== undefined && equalBytes(digest, insteadOf)

async function addToEra(users: Users, session: Session, { era }: SessionEra): Promise<boolean> {
  try {
    await users.db.documents('sessions').insert(sessionDocument(users.db.naming.fields.sessions, session, era))
    return true
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    // Somebody has the handle, or else the digest, which another look would not show.
    if ((await users.db.documents('sessions').findOne({ _id: equals(session.id) })) === null) throw error
    return false
  }
}

/**
 * A handle that is made of the user's id may be the one that was spared when an era ended, and a session of the era before would
 * count under it: so here the era must still be the same afterwards.
 */
async function confirmed(
  users: Users,
  { session, sessionEpoch }: WantedSession,
  before: SessionEra,
): Promise<Session | null> {
  const era = await provenEra(users, session, sessionEpoch)
  if (era?.era === before.era) return session
  const { digest } = users.db.naming.fields.sessions
  const added = { _id: equals(session.id), [digest]: equals(session.digest) }
  await users.db.documents('sessions').deleteMany(added)
  return null
}

/** The era of a user who is active and in the epoch of the proof. */
async function provenEra(users: Users, { userId }: Session, sessionEpoch: number): Promise<SessionEra | null> {
  if (!idCheck(users.model)(userId)) return null
  const { documents, reader } = users
  const found = await documents.findOne(
    { _id: equals(userId), [documents.names.isDoomed]: { $exists: false } },
    { projection: reader.withoutBelongings },
  )
  if (found === null) return null
  const user = reader.user(found)
  return isActive(user) && user.sessionEpoch === sessionEpoch ? eraOf(users, found) : null
}

async function removeEnded(users: Users, session: Session, era: SessionEra): Promise<boolean> {
  const sessions = users.db.documents('sessions')
  const present = await sessions.findOne({ _id: equals(session.id) })
  if (present === null || isOfEra(users, present, era)) return false
  await removeExactly(users, present)
  return true
}

/** Not the one that somebody has put there meanwhile. */
async function removeExactly(users: Users, present: MongoDocument): Promise<void> {
  const sessions = users.db.documents('sessions')
  const { digest, era } = sessions.names
  const filter = { [digest]: equals(present[digest]), [era]: equals(present[era]) }
  await sessions.deleteMany({ _id: equals(present['_id']), ...filter })
}
