import type { MongoClient, MongoDb } from './mongo-driver.ts'

/** The client that is in use, which may become another one. */
export interface MongoClients {
  /** The database over it. */
  current(): MongoDb
  /** Comes true when the client is connected, or has been. */
  connected(): Promise<void>
  /** Puts another client in the place of this database's, if it still is in use and was made here. */
  replace(db: MongoDb): void
  close(): Promise<void>
}

export interface MongoClientsOptions {
  /** Makes a client of the store's own; `null` for one of the application's. */
  readonly makeClient: (() => MongoClient) | null
  readonly first: MongoClient
  /** `undefined`: the one that the client's URL names. */
  readonly databaseName: string | undefined
}

/**
 * The driver looks at servers over connections of its own. When a server ends while it is about to look, that may wait for ever,
 * and the client never finds the server again. So a client that has found no server for as long as a request waits is
 * replaced; where the server really is away, the next one finds none either.
 */
export function mongoClients({ makeClient, first, databaseName }: MongoClientsOptions): MongoClients {
  let current = connection(first)
  const closing = new Set<Promise<void>>()
  function connection(client: MongoClient) {
    return { client, db: client.db(databaseName, DB_OPTIONS), connect: connectOnce(client) }
  }
  function discard(client: MongoClient): void {
    const closed = client.close().catch(ignore)
    closing.add(closed)
    void closed.then(() => closing.delete(closed))
  }
  return {
    current: () => current.db,
    connected: () => current.connect(),
    replace(db) {
      if (makeClient === null || db !== current.db) return
      discard(current.client)
      current = connection(makeClient())
    },
    async close() {
      if (makeClient !== null) discard(current.client)
      await Promise.all(closing)
    },
  }
}

/** Read where everything is written: what was acknowledged is seen, and nothing older. */
const DB_OPTIONS = {
  readPreference: 'primary',
  readConcern: { level: 'local' },
  // Whatever an application has chosen for itself, values come as the store expects them.
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: true,
  useBigInt64: false,
  raw: false,
} as const

/** A client whose first connection has failed makes no other one by itself, and refuses everything from then on. */
function connectOnce(client: MongoClient): () => Promise<void> {
  let isConnected = false
  return async () => {
    if (isConnected) return
    await client.connect()
    isConnected = true
  }
}

const ignore = (): void => undefined
