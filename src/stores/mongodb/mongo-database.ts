import { AuthError } from '../../errors.ts'
import { type MongoClients, type MongoClientsOptions, mongoClients } from './mongo-clients.ts'
import { commandLimits, type Documents, documentsOf, type LimitOptions } from './mongo-collections.ts'
import type { MongoCollection, MongoDb, MongoDocument } from './mongo-driver.ts'
import { isWithoutServer, translateMongoError } from './mongo-errors.ts'
import type { CollectionName, MongoNaming } from './naming.ts'

export interface MongoDatabaseOptions extends MongoClientsOptions, LimitOptions {
  /** Work that comes while so much is under way is told to come back. */
  readonly maxUnderWay: number
  readonly naming: MongoNaming
}

/** The database of one store. */
export interface MongoDatabase {
  readonly naming: MongoNaming
  /**
   * Runs work of the store as long as there is room for it, and says what its failures mean to callers.
   *
   * @throws {AuthError} `unavailable`
   */
  run<T>(work: () => Promise<T>): Promise<T>
  /** What is written there survives the loss of any minority of servers and of power. */
  documents<C extends CollectionName>(name: C): Documents<C>
  /** What is written there survives the loss of any minority of servers, but a loss of power only when some time has passed. */
  relaxed<C extends CollectionName>(name: C): Documents<C>
  /** Asks something of the database as a whole. */
  ask(command: MongoDocument): Promise<MongoDocument>
  /** Runs a command for as long as it takes. */
  command(command: MongoDocument): Promise<MongoDocument>
  /** Lets what was begun come to its end, then lets go. */
  close(): Promise<void>
}

const FULL = { w: 'majority', journal: true } as const

const RELAXED = { w: 'majority', journal: false } as const

export function mongoDatabase(options: MongoDatabaseOptions): MongoDatabase {
  const { naming } = options
  const clients = mongoClients(options)
  const limited = commandLimits(options)
  const collections = (durability: typeof FULL | typeof RELAXED) => {
    const writeConcern = { ...durability, wtimeoutMS: options.commandTimeoutMilliseconds }
    const made = new Map<CollectionName, unknown>()
    return <C extends CollectionName>(name: C): Documents<C> => {
      const open = collectionOpener(clients, naming.collections[name], { writeConcern })
      const documents = made.get(name) ?? documentsOf(open, limited, naming.fields[name])
      made.set(name, documents)
      return documents as Documents<C>
    }
  }
  return {
    naming,
    documents: collections(FULL),
    relaxed: collections(RELAXED),
    ...gate(options, clients),
    ask: (command) => limited((limits) => clients.current().command(command, limits)),
    command: (command) => clients.current().command(command),
  }
}

/** One object for as long as the client stays the same. */
function collectionOpener(clients: MongoClients, name: string, options: object): () => MongoCollection {
  let known: { readonly db: MongoDb; readonly collection: MongoCollection } | undefined
  return () => {
    const db = clients.current()
    if (known?.db !== db) known = { db, collection: db.collection(name, options) }
    return known.collection
  }
}

function gate({ maxUnderWay }: MongoDatabaseOptions, clients: MongoClients): Pick<MongoDatabase, 'run' | 'close'> {
  let underWay = 0
  let closed: PromiseWithResolvers<void> | null = null
  const finishOne = (): void => {
    underWay -= 1
    if (underWay === 0) closed?.resolve()
  }
  return {
    async run(work) {
      if (closed !== null || underWay >= maxUnderWay) throw new AuthError('unavailable', { retryAfterSeconds: 1 })
      underWay += 1
      const db = clients.current()
      try {
        await clients.connected()
        return await work()
      } catch (error) {
        if (isWithoutServer(error)) clients.replace(db)
        throw translateMongoError(error)
      } finally {
        finishOne()
      }
    },
    async close() {
      if (closed !== null) return closed.promise
      closed = Promise.withResolvers<void>()
      if (underWay === 0) closed.resolve()
      await closed.promise
      await clients.close()
    },
  }
}
