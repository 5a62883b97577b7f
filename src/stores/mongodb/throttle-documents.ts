import type { ThrottleEntry } from '../../contracts/throttle-store.ts'
import { type Changes, changesOf, documentOf } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { FieldsOf } from './naming.ts'
import { newToken } from './tokens.ts'
import { ABSENT, equals, moment, momentOrNull, text } from './values.ts'

type Names = FieldsOf<'throttles'>

/** A document without a state only holds its key for a step that is under way. */
export function readEntry(names: Names, doc: MongoDocument | null): ThrottleEntry | null {
  if (doc === null || doc[names.state] === undefined) return null
  return {
    state: text(doc[names.state]),
    expiresAt: moment(doc[names.expiresAt]),
    lockedUntil: momentOrNull(doc[names.lockedUntil]),
  }
}

export const entryDocument = (names: Names, { state, expiresAt, lockedUntil }: ThrottleEntry): MongoDocument =>
  documentOf(names, { state, expiresAt, lockedUntil, version: newToken() })

/** What makes a document that of the entry, or one that has none; `more`: fields that go at the same time. */
export function entryChanges(names: Names, entry: ThrottleEntry | null, more: readonly string[] = []): Changes {
  const values = entry ?? { state: null, expiresAt: null, lockedUntil: null }
  const { state, expiresAt, lockedUntil } = values
  const { $set, $unset } = changesOf(names, { state, expiresAt, lockedUntil, version: newToken() })
  const gone = { ...$unset, ...Object.fromEntries(more.map((name) => [name, ''])) }
  return { ...($set && { $set }), ...(Object.keys(gone).length > 0 && { $unset: gone }) }
}

/** Nobody's step is under way with it. */
export const isFree = (names: Names): MongoDocument => ({ [names.owner]: ABSENT, [names.pending]: ABSENT })

/** The document as it was seen, with nobody's step under way. */
export const asSeen = (names: Names, doc: MongoDocument): MongoDocument => ({
  _id: equals(doc['_id']),
  [names.version]: equals(doc[names.version]),
  ...isFree(names),
})
