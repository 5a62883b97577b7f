export type { MongoClient, MongoCollection, MongoDb, MongoDocument } from './mongo-driver.ts'
export { type MongodbOptions, mongodb } from './mongodb.ts'
export type { MongoNamingOptions } from './naming.ts'
