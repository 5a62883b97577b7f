import type { Assurance, Carrier, Session } from '../../model/session.ts'
import { documentOf } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { bytes, encoded, moment, momentOrNull, number, id as readId, text, textOrNull } from './values.ts'

export function sessionDocument(names: FieldsOf<'sessions'>, session: Session, era: string): MongoDocument {
  const { id, ...values } = session
  return { _id: encoded(id), ...documentOf(names, { ...values, era }) }
}

export function readSession(names: FieldsOf<'sessions'>, doc: MongoDocument): Session {
  return {
    id: text(doc['_id']),
    userId: readId(doc[names.userId]),
    digest: bytes(doc[names.digest]),
    carrier: text(doc[names.carrier]) as Carrier,
    createdAt: moment(doc[names.createdAt]),
    lastUsedAt: moment(doc[names.lastUsedAt]),
    idleExpiresAt: moment(doc[names.idleExpiresAt]),
    expiresAt: moment(doc[names.expiresAt]),
    address: textOrNull(doc[names.address]),
    userAgent: textOrNull(doc[names.userAgent]),
    assurance: text(doc[names.assurance]) as Assurance,
    backend: text(doc[names.backend]),
    generation: number(doc[names.generation]),
    rotatedAt: momentOrNull(doc[names.rotatedAt]),
  }
}
