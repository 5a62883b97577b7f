import type { Store, StoreFactory, StoreSchema } from '../../contracts/store.ts'
import { readLimits } from '../../util/read-limits.ts'
import { loadMongodb } from './load-mongodb.ts'
import { type MongoDatabaseOptions, mongoDatabase } from './mongo-database.ts'
import type { MongoClient, MongoDb } from './mongo-driver.ts'
import { mongoStore } from './mongo-store.ts'
import { mongodbLocation } from './mongodb-location.ts'
import { type MongoNamingOptions, resolveNaming } from './naming.ts'
import { userModel } from './user-model.ts'

export interface MongodbOptions {
  /** The name of the database. @default the one in the URL, or that of the `Db` that was given */
  readonly database?: string
  /** Connections to each server at most. A client of your own brings its own limit. @default 10 */
  readonly maxConnections?: number
  /** How long a request waits for a server and a connection. A client of your own brings its own limit. @default 5000 */
  readonly connectTimeoutMilliseconds?: number
  /** After this the server gives a command up; migrations take as long as they need. @default 5000 */
  readonly commandTimeoutMilliseconds?: number
  /** Names of collections and fields. @default collections begin with `portress_` */
  readonly naming?: MongoNamingOptions
}

/**
 * Keeps everything in a MongoDB database, version 6 or later, through the package `mongodb`. Transactions are not needed: a single
 * server will do as well as a replica set.
 *
 * The first argument is a `mongodb:` or `mongodb+srv:` URL, or a `MongoClient` or a `Db` that the application has made and goes on
 * using. A client of the application's stays open when the store closes.
 *
 * @example
 * createAuth({ ...options, store: mongodb('mongodb://localhost/app') })
 *
 * @throws {TypeError} for a location or an option that cannot be used; for a missing `mongodb` when the store opens
 */
export function mongodb(location: string | MongoClient | MongoDb, options: MongodbOptions = {}): StoreFactory {
  const place = typeof location === 'string' ? mongodbLocation(location) : readClient(location)
  const limits = readLimits(options, DEFAULTS)
  if (typeof place !== 'string') assertNoLimits(options)
  const naming = resolveNaming(options.naming)
  return { open }

  function open(schema: StoreSchema): Store {
    const model = userModel(schema, naming)
    const connected = typeof place === 'string' ? ownClient(place, limits) : place
    const databaseName = options.database ?? connected.databaseName
    const db = mongoDatabase({
      ...connected,
      databaseName,
      naming,
      commandTimeoutMilliseconds: limits.commandTimeoutMilliseconds,
      patienceMilliseconds: limits.connectTimeoutMilliseconds + limits.commandTimeoutMilliseconds + GRACE_MILLISECONDS,
    })
    return mongoStore(db, model, schema.migrationsFolder)
  }
}

interface Limits {
  readonly maxConnections: number
  readonly connectTimeoutMilliseconds: number
  readonly commandTimeoutMilliseconds: number
}

const DEFAULTS: Limits = {
  maxConnections: 10,
  connectTimeoutMilliseconds: 5000,
  commandTimeoutMilliseconds: 5000,
}

/** Those of a client of the application's are its own. */
const LIMITS_OF_CLIENT = ['maxConnections', 'connectTimeoutMilliseconds'] as const

const FOREIGN = { makeClient: null, maxUnderWay: 1000 } as const

/** For each connection so many requests may wait. Who comes later is told at once to come back. */
const WAITING_PER_CONNECTION = 100

/** The server ends a command by itself; only where it does not even do that, the connection is given up. */
const GRACE_MILLISECONDS = 1000

type Connected = Pick<MongoDatabaseOptions, 'first' | 'makeClient' | 'maxUnderWay' | 'databaseName'>

function ownClient(url: string, limits: Limits): Connected {
  const { maxConnections, connectTimeoutMilliseconds } = limits
  const { MongoClient } = loadMongodb()
  const makeClient = () =>
    new MongoClient(url, {
      maxPoolSize: maxConnections,
      waitQueueTimeoutMS: connectTimeoutMilliseconds,
      serverSelectionTimeoutMS: connectTimeoutMilliseconds,
      connectTimeoutMS: connectTimeoutMilliseconds,
      appName: 'portress',
    })
  const maxUnderWay = maxConnections * (1 + WAITING_PER_CONNECTION)
  return { makeClient, first: makeClient(), maxUnderWay, databaseName: undefined }
}

function assertNoLimits(options: MongodbOptions): void {
  const given = LIMITS_OF_CLIENT.find((name) => options[name] !== undefined)
  if (given !== undefined)
    throw new TypeError(`${given} is for a client that the store makes; set it on your own client`)
}

function readClient(given: MongoClient | MongoDb): Connected {
  const shape: Partial<MongoClient & MongoDb> | null | undefined = given
  if (typeof shape?.db === 'function') return { first: given as MongoClient, databaseName: undefined, ...FOREIGN }
  if (typeof shape?.databaseName === 'string' && typeof shape.client?.db === 'function') {
    return { first: shape.client, databaseName: shape.databaseName, ...FOREIGN }
  }
  throw new TypeError('mongodb() takes a URL, or a MongoClient or Db of the package "mongodb"')
}
