import type { Counted } from '../../contracts/user-list-store.ts'
import type { Documents } from './mongo-collections.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { CollectionName } from './naming.ts'
import { number } from './values.ts'

/** How many documents the stages give. */
export async function countOf<C extends CollectionName>(documents: Documents<C>, stages: object[]): Promise<number> {
  const [counted] = await documents.aggregate([...stages, { $group: { _id: null, count: { $sum: 1 } } }])
  return counted === undefined ? 0 : number(counted['count'])
}

/** Looks at no more documents than one more than `max`. */
export async function countUpTo<C extends CollectionName>(
  documents: Documents<C>,
  filter: MongoDocument,
  max: number,
): Promise<Counted> {
  const found = await countOf(documents, [{ $match: filter }, { $limit: max + 1 }])
  return { count: Math.min(found, max), isExact: found <= max }
}
