/**
 * The part of the driver `mongodb` that is used, by its shape: a client of any version of it that has these will do.
 */

/** A document as the driver takes and gives it. */
export type MongoDocument = { readonly [key: string]: unknown }

/** A client, as `new MongoClient()` of `mongodb` makes it. */
export interface MongoClient {
  db(name?: string, options?: object): MongoDb
  connect(): Promise<unknown>
  close(): Promise<void>
}

/** A database of a client. */
export interface MongoDb {
  readonly databaseName: string
  readonly client: MongoClient
  collection(name: string, options?: object): MongoCollection
  command(command: object, options?: object): Promise<MongoDocument>
}

export interface MongoCollection {
  findOne(filter: object, options?: object): Promise<MongoDocument | null>
  find(filter: object, options?: object): { toArray(): Promise<MongoDocument[]> }
  aggregate(pipeline: object[], options?: object): { toArray(): Promise<MongoDocument[]> }
  insertOne(document: object, options?: object): Promise<unknown>
  updateOne(filter: object, update: object, options?: object): Promise<{ readonly matchedCount: number }>
  updateMany(filter: object, update: object, options?: object): Promise<{ readonly matchedCount: number }>
  replaceOne(filter: object, document: object, options?: object): Promise<{ readonly matchedCount: number }>
  findOneAndUpdate(filter: object, update: object, options?: object): Promise<MongoDocument | null>
  findOneAndDelete(filter: object, options?: object): Promise<MongoDocument | null>
  deleteMany(filter: object, options?: object): Promise<{ readonly deletedCount: number }>
  bulkWrite(operations: readonly object[], options?: object): Promise<unknown>
}

/** What the store sets for a client of its own. */
export interface MongoClientOptions {
  readonly maxPoolSize: number
  readonly waitQueueTimeoutMS: number
  readonly serverSelectionTimeoutMS: number
  readonly connectTimeoutMS: number
  readonly appName: string
}
