import type { MongoDocument } from './mongo-driver.ts'
import { encoded, equals } from './values.ts'

/** What comes behind a document in a list whose latest is first; those of one moment are in the reverse order of their ids. */
export function behind(field: string, { at, id }: { readonly at: Date; readonly id: number | string }): MongoDocument {
  // The first condition is what an index can begin with.
  return {
    $and: [
      { [field]: { $lte: encoded(at) } },
      { $or: [{ [field]: { $lt: encoded(at) } }, { [field]: equals(at), _id: { $lt: encoded(id) } }] },
    ],
  }
}

/** All of them must hold; with none everything is meant. */
export function allOf(conditions: readonly MongoDocument[]): MongoDocument {
  const given = conditions.filter((condition) => Object.keys(condition).length > 0)
  const [first = {}, ...more] = given
  return more.length === 0 ? first : { $and: given }
}
