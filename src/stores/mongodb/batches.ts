import type { Documents } from './mongo-collections.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { CollectionName } from './naming.ts'
import { among } from './values.ts'

/**
 * Deletes the first documents in an order, and tells how many. The condition stands twice: what has changed since it was looked at
 * is judged again.
 */
export async function deleteBatch<C extends CollectionName>(
  documents: Documents<C>,
  condition: MongoDocument,
  { order, limit }: { readonly order: string; readonly limit: number },
): Promise<number> {
  const options = { sort: { [order]: 1, _id: 1 }, limit, projection: { _id: 1 } }
  const ids = (await documents.find(condition, options)).map((doc) => doc['_id'])
  return ids.length === 0 ? 0 : documents.deleteMany({ $and: [{ _id: among(ids) }, condition] })
}
