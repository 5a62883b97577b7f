import { AuthError } from '../../errors.ts'
import type { MongoCollection, MongoDocument } from './mongo-driver.ts'
import type { CollectionName, FieldsOf } from './naming.ts'

/** A collection, with what its fields are called. */
export interface Documents<C extends CollectionName> {
  readonly names: FieldsOf<C>
  findOne(filter: MongoDocument, options?: FindOptions): Promise<MongoDocument | null>
  find(filter: MongoDocument, options: FindOptions & { readonly limit?: number }): Promise<readonly MongoDocument[]>
  aggregate(pipeline: object[]): Promise<readonly MongoDocument[]>
  insert(document: MongoDocument): Promise<void>
  /** Tells whether there was such a document. */
  updateOne(filter: MongoDocument, update: object): Promise<boolean>
  updateMany(filter: MongoDocument, update: object): Promise<void>
  /** Puts another document in the place of one, and tells whether there was one. */
  replaceOne(filter: MongoDocument, document: MongoDocument): Promise<boolean>
  /** The document as it is after the change; `null` where there was none. */
  changeOne(filter: MongoDocument, update: object, options?: ChangeOptions): Promise<MongoDocument | null>
  /** The document that was there; `null` where there was none. */
  takeOne(filter: MongoDocument): Promise<MongoDocument | null>
  deleteMany(filter: MongoDocument): Promise<number>
  /** Several changes, each by itself. */
  updateEach(updates: readonly { readonly filter: MongoDocument; readonly update: object }[]): Promise<void>
}

export interface FindOptions {
  readonly sort?: MongoDocument
  readonly skip?: number
  readonly projection?: MongoDocument
}

export interface ChangeOptions {
  readonly sort?: MongoDocument
  readonly upsert?: boolean
}

/** What keeps a command from taking for ever. */
interface CommandLimits {
  readonly signal: AbortSignal
  readonly maxTimeMS: number
}

export type Limited = <T>(work: (limits: CommandLimits) => Promise<T>) => Promise<T>

export interface LimitOptions {
  /** After so many milliseconds the server gives a command up. */
  readonly commandTimeoutMilliseconds: number
  /** After so many milliseconds without an answer a command is given up here, and its connection closed. */
  readonly patienceMilliseconds: number
}

/**
 * The driver's own limits do not do: when a connection is lost at the moment at which a command is written to it, the driver waits
 * for ever and keeps the connection.
 */
export function commandLimits({ commandTimeoutMilliseconds, patienceMilliseconds }: LimitOptions): Limited {
  return async (work) => {
    const controller = new AbortController()
    const giveUp = () => controller.abort(new AuthError('unavailable', { retryAfterSeconds: 1 }))
    const timer = setTimeout(giveUp, patienceMilliseconds)
    try {
      return await work({ signal: controller.signal, maxTimeMS: commandTimeoutMilliseconds })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The collection, each command to which is limited. */
export function documentsOf<C extends CollectionName>(
  collection: () => MongoCollection,
  limited: Limited,
  names: FieldsOf<C>,
): Documents<C> {
  return {
    names,
    findOne: (filter, options) => limited((limits) => collection().findOne(filter, { ...limits, ...options })),
    async find(filter, { limit, ...options }) {
      // The driver takes 0 for no limit.
      if (limit === 0) return []
      const given = { ...options, ...(limit !== undefined && { limit }) }
      return limited((limits) =>
        collection()
          .find(filter, { ...limits, ...given })
          .toArray(),
      )
    },
    aggregate: (pipeline) => limited((limits) => collection().aggregate(pipeline, limits).toArray()),
    async insert(document) {
      await limited((limits) => collection().insertOne(document, limits))
    },
    async updateOne(filter, update) {
      return (await limited((limits) => collection().updateOne(filter, update, limits))).matchedCount > 0
    },
    async updateMany(filter, update) {
      await limited((limits) => collection().updateMany(filter, update, limits))
    },
    async replaceOne(filter, document) {
      return (await limited((limits) => collection().replaceOne(filter, document, limits))).matchedCount > 0
    },
    changeOne: (filter, update, options) =>
      limited((limits) =>
        collection().findOneAndUpdate(filter, update, { ...limits, ...options, returnDocument: 'after' }),
      ),
    takeOne: (filter) => limited((limits) => collection().findOneAndDelete(filter, limits)),
    async deleteMany(filter) {
      return (await limited((limits) => collection().deleteMany(filter, limits))).deletedCount
    },
    async updateEach(updates) {
      const operations = updates.map((updateOne) => ({ updateOne }))
      await limited((limits) => collection().bulkWrite(operations, { ...limits, ordered: false }))
    },
  }
}
