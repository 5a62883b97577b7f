import { builtInIndexes, declaredIndexes, type IndexDefinition } from './index-definitions.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { codeOf } from './mongo-errors.ts'
import type { CollectionName } from './naming.ts'
import type { Users } from './users.ts'
import { ABSENT, ANY_TEXT, document, list, PRESENT } from './values.ts'

/** Says what the real database lacks, or has otherwise. What it has beyond the needs is nobody's business. */
export async function schemaProblems(users: Users): Promise<readonly string[]> {
  const { db, model } = users
  const wanted = Object.entries(builtInIndexes(db.naming)) as [CollectionName, readonly IndexDefinition[]][]
  const names = wanted.map(([name]) => db.naming.collections[name])
  const found = firstBatch(await db.ask({ listCollections: 1, filter: { name: { $in: names } } }))
  const problems: string[] = []
  for (const [name, indexes] of wanted) {
    const collection = db.naming.collections[name]
    const all = name === 'users' ? [...indexes, ...declaredIndexes(model).values()] : indexes
    const problem = collectionProblem(
      collection,
      found.find((one) => one['name'] === collection),
    )
    problems.push(...(problem === null ? await indexProblems(db, collection, all) : [problem]))
  }
  // What the documents say can only be judged where the rest is right.
  return problems.length > 0 ? problems : [...(await addressProblems(users)), ...(await keyProblems(users, FEW_USERS))]
}

/** This is asked again and again while the store serves. Who came before a field was unique is among the first. */
const FEW_USERS = 1000

function collectionProblem(name: string, found: MongoDocument | undefined): string | null {
  if (found === undefined) return `the collection ${name} is missing`
  if (found['type'] !== 'collection') return `${name} is a ${found['type']} and no collection`
  if (document(found['options'])['collation'] === undefined) return null
  return `the collection ${name} compares texts by a collation: make it again without one`
}

async function indexProblems(
  db: MongoDatabase,
  name: string,
  wanted: readonly IndexDefinition[],
): Promise<readonly string[]> {
  const indexes = await indexesOf(db, name)
  return wanted
    .filter((one) => !indexes.some((index) => isThat(index, one)))
    .map(
      ({ key, unique }) => `the ${unique ? 'unique ' : ''}index on ${name}.${Object.keys(key).join(', ')} is missing`,
    )
}

/** One that covers only some documents, or compares otherwise, is not the rule. */
function isThat(index: MongoDocument, { key, unique }: IndexDefinition): boolean {
  return (
    JSON.stringify(index['key']) === JSON.stringify(key) &&
    (index['unique'] === true) === (unique === true) &&
    index['partialFilterExpression'] === undefined &&
    index['collation'] === undefined
  )
}

async function indexesOf(db: MongoDatabase, name: string): Promise<readonly MongoDocument[]> {
  try {
    return firstBatch(await db.ask({ listIndexes: name }))
  } catch (error) {
    if (error instanceof Error && codeOf(error) === NAMESPACE_NOT_FOUND) return []
    throw error
  }
}

const NAMESPACE_NOT_FOUND = 26

const firstBatch = (answer: MongoDocument): readonly MongoDocument[] =>
  list(document(answer['cursor'])['firstBatch']).map(document)

/**
 * Says where addresses are of a time in which they were unique only once proven: nobody is found by them any more. The other
 * way round nothing is wrong: an unproven address that was unique becomes one that may be shared as soon as somebody claims it.
 */
async function addressProblems({ documents, model }: Users): Promise<readonly string[]> {
  if (model.emailUnique === 'once-proven') return []
  const { sharedEmailKey } = documents.names
  if ((await documents.findOne({ [sharedEmailKey]: ANY_TEXT }, { projection: { _id: 1 } })) === null) return []
  const place = `${model.naming.collections.users}.${sharedEmailKey}`
  return [`addresses in ${place} are of user.emailUnique 'once-proven', which is 'always' now: decide who keeps them`]
}

/** Texts, among so many users or among all, of a time in which the field was not unique: the index knows nothing of them. */
export async function keyProblems({ db, documents, model }: Users, limit: number | null): Promise<readonly string[]> {
  const problems: string[] = []
  const find = async (withoutKey: MongoDocument): Promise<readonly MongoDocument[]> => {
    const found = [{ $match: withoutKey }, { $limit: 1 }]
    if (limit !== null) return documents.aggregate([{ $sort: { _id: 1 } }, { $limit: limit }, ...found])
    const { users } = model.naming.collections
    return firstBatch(await db.command({ aggregate: users, pipeline: found, cursor: {} }))
  }
  for (const { path, keyPath } of [...model.fields, ...model.profiles.flatMap(({ fields }) => fields)]) {
    if (keyPath === null) continue
    if ((await find({ [path]: PRESENT, [keyPath]: ABSENT })).length === 0) continue
    const place = model.naming.collections.users
    problems.push(`users have a ${place}.${path} without its ${keyPath}: write each of them once more, or take it away`)
  }
  return problems
}
