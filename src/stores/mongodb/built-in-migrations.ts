import { builtInIndexes, type IndexDefinition } from './index-definitions.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { CollectionName, MongoNaming } from './naming.ts'

/** One step of the built-in schema. Released commands never change: what comes later is a step of its own. */
export interface BuiltInMigration {
  readonly name: string
  readonly commands: (naming: MongoNaming) => readonly MongoDocument[]
}

/** In the order in which they are applied, before the application's own. */
export const BUILT_IN_MIGRATIONS: readonly BuiltInMigration[] = [{ name: '0001_initial', commands: initialCommands }]

export const createIndexes = (collection: string, indexes: readonly IndexDefinition[]): MongoDocument => ({
  createIndexes: collection,
  indexes,
})

function initialCommands(naming: MongoNaming): readonly MongoDocument[] {
  const { schemaMigrations: _, ...indexes } = builtInIndexes(naming)
  return Object.entries(indexes).flatMap(([name, ofCollection]) => {
    const collection = naming.collections[name as CollectionName]
    const made = ofCollection.length === 0 ? [] : [createIndexes(collection, ofCollection)]
    return [{ create: collection }, ...made]
  })
}
