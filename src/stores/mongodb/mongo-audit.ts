import type { AuditStore } from '../../contracts/audit-store.ts'
import type { AuditChange, AuditEntry, AuditFilter, AuditObject } from '../../model/audit.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import { nextNumber } from './counters.ts'
import { documentOf } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { allOf, behind } from './pages.ts'
import { encoded, encodedJson, equals, json, moment, number, text, textOrNull } from './values.ts'

/** The audit log in MongoDB. */
export function mongoAudit(db: MongoDatabase): AuditStore {
  const audit = db.documents('audit')
  const { names } = audit
  return {
    async insert({ object, changes, ...entry }) {
      const _id = await nextNumber(db, 'audit')
      const { kind: objectKind, id: objectId, name: objectName } = object
      const values = { ...entry, objectKind, objectId, objectName, changes: encodedJson(changes) }
      await audit.insert({ _id, ...documentOf(names, values) })
    },
    async list(filter) {
      assertLimit(filter.limit)
      const options = { sort: { [names.at]: -1, _id: -1 }, limit: filter.limit }
      return (await audit.find(conditionsOf(names, filter), options)).map((doc) => readEntry(names, doc))
    },
    async deleteBefore(before, limit) {
      assertLimit(limit)
      return deleteBatch(audit, { [names.at]: { $lt: encoded(before) } }, { order: names.at, limit })
    },
  }
}

function conditionsOf(names: FieldsOf<'audit'>, filter: AuditFilter): MongoDocument {
  const { actorId, action, object, since, until, before } = filter
  return allOf([
    ...(actorId === undefined ? [] : [{ [names.actorId]: equals(actorId) }]),
    ...(action === undefined ? [] : [{ [names.action]: equals(action) }]),
    ...(object === undefined ? [] : [{ [names.objectKind]: equals(object.kind), [names.objectId]: equals(object.id) }]),
    ...(since === undefined ? [] : [{ [names.at]: { $gte: encoded(since) } }]),
    ...(until === undefined ? [] : [{ [names.at]: { $lt: encoded(until) } }]),
    ...(before === undefined ? [] : [behind(names.at, { at: before.at, id: before.id })]),
  ])
}

function readEntry(names: FieldsOf<'audit'>, doc: MongoDocument): AuditEntry {
  return {
    id: number(doc['_id']),
    at: moment(doc[names.at]),
    actorId: textOrNull(doc[names.actorId]),
    actorName: textOrNull(doc[names.actorName]),
    door: text(doc[names.door]),
    address: textOrNull(doc[names.address]),
    action: text(doc[names.action]),
    object: {
      kind: text(doc[names.objectKind]) as AuditObject['kind'],
      id: textOrNull(doc[names.objectId]),
      name: textOrNull(doc[names.objectName]),
    },
    changes: json(doc[names.changes]) as unknown as readonly AuditChange[],
  }
}
