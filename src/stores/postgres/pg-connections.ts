import { AuthError } from '../../errors.ts'
import { ConnectionFailure } from '../sql/connection-failure.ts'
import type { Statement } from '../sql/statements.ts'
import type { PgClient, PgPool, PgQuery, PgResult } from './pg-pool.ts'
import { failureOf, sqlState } from './postgres-errors.ts'
import { COLUMN_TYPES } from './postgres-values.ts'
import { type Prepared, preparedQuery } from './prepared-query.ts'
import { preparedStatements } from './prepared-statements.ts'

export interface ConnectionsOptions {
  readonly pool: PgPool
  /** Ends with the store: the store made it. */
  readonly isOwn: boolean
  /** More than these do not wait for a connection. */
  readonly maxWaiting: number
  /** After so many milliseconds without an answer a connection is given up. `null`: never. */
  readonly answerTimeoutMilliseconds: number | null
  /** Whether statements stay prepared under a name. */
  readonly keepsStatements: boolean
}

/** A connection that nobody else uses for now. */
export interface Connection {
  run(statement: Statement, values: readonly unknown[]): Promise<PgResult>
  /** Several statements without parameters, for as long as they take. Tells the first value that the last one gives. */
  runText(text: string): Promise<unknown>
  /** One statement that answers at once, such as the end of a transaction. Tells what the server made of it. */
  control(text: string): Promise<string>
}

export interface Connections {
  /** Takes a connection for the work, and gives it back however that ends. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Lets what was begun come to its end, then lets go. */
  close(): Promise<void>
}

/** The connections of a pool, each with the statements that it has prepared. */
export function pgConnections(options: ConnectionsOptions): Connections {
  const { pool, isOwn, maxWaiting } = options
  const open = connectionOpener(options)
  // An idle connection that is lost is replaced by the pool. Without a listener the loss would end the process.
  pool.on('error', ignore)
  let underWay = 0
  let closed: PromiseWithResolvers<void> | null = null
  async function take(): Promise<PgClient> {
    if (closed !== null || pool.waitingCount >= maxWaiting) throw new AuthError('unavailable', { retryAfterSeconds: 1 })
    underWay += 1
    try {
      return await pool.connect()
    } catch (error) {
      finish()
      throw failureOf(error, 'connecting')
    }
  }
  function finish(): void {
    underWay -= 1
    if (underWay === 0) closed?.resolve()
  }
  return {
    async use(work) {
      const client = await take()
      let isBroken = false
      try {
        return await work(open(client))
      } catch (error) {
        isBroken = isUnusableAfter(error)
        throw error
      } finally {
        client.release(isBroken)
        finish()
      }
    },
    async close() {
      if (closed !== null) return closed.promise
      closed = Promise.withResolvers<void>()
      if (underWay === 0) closed.resolve()
      await closed.promise
      pool.off('error', ignore)
      if (isOwn) await pool.end()
    },
  }
}

const ignore = (): void => undefined

/** After these codes, too, a connection is replaced: what it has prepared is no longer what it was. */
const isUnusableAfter = (error: unknown): boolean =>
  error instanceof ConnectionFailure || ['0A000', '26000'].includes(sqlState(error) ?? '')

const surviving = new WeakSet<PgClient>()

/** While a connection is taken its pool does not listen for its loss; whatever is asked of it next fails then. */
function surviveLoss(client: PgClient): void {
  // Several stores may share a pool.
  if (surviving.has(client)) return
  surviving.add(client)
  client.on('error', ignore)
}

function connectionOpener(options: ConnectionsOptions): (client: PgClient) => Connection {
  const known = new WeakMap<PgClient, Connection>()
  return (client) => {
    const opened = known.get(client)
    if (opened) return opened
    surviveLoss(client)
    const fresh = connectionOf(client, options)
    known.set(client, fresh)
    return fresh
  }
}

function connectionOf(client: PgClient, options: ConnectionsOptions): Connection {
  const { answerTimeoutMilliseconds, keepsStatements } = options
  const preparedOf = preparedStatements()
  const patience = answerTimeoutMilliseconds === null ? {} : { query_timeout: answerTimeoutMilliseconds }
  async function ask(query: PgQuery): Promise<PgResult> {
    try {
      return lastOf(await client.query(query))
    } catch (error) {
      throw failureOf(error, 'unknown')
    }
  }
  const askPrepared = (prepared: Prepared, values: readonly unknown[]): Promise<PgResult> =>
    new Promise((resolve, reject) => {
      const done = (error: unknown, result: PgResult) => (error ? reject(failureOf(error, 'unknown')) : resolve(result))
      try {
        void client.query(preparedQuery(prepared, { values, timeoutMilliseconds: answerTimeoutMilliseconds, done }))
      } catch (error) {
        // Half of it may be on its way.
        reject(new ConnectionFailure('unknown', error))
      }
    })
  return {
    run(statement, values) {
      const prepared = keepsStatements ? preparedOf(statement) : null
      if (prepared) return askPrepared(prepared, values)
      return ask({ text: statement.text, values: [...values], ...ROWS, ...patience })
    },
    runText: async (text) => (await ask({ text, ...ROWS })).rows[0]?.[0],
    control: async (text) => (await ask({ text, ...patience })).command,
  }
}

const ROWS = { rowMode: 'array', types: COLUMN_TYPES } as const

/** Of several statements the last one answers. */
function lastOf(result: PgResult | readonly PgResult[]): PgResult {
  const last = 'command' in result ? result : result.at(-1)
  if (last === undefined) throw new TypeError('the driver gave no result')
  return last
}
