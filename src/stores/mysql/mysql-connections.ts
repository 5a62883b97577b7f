import { AuthError } from '../../errors.ts'
import { ConnectionFailure } from '../sql/connection-failure.ts'
import { type Connection, connectionOf } from './mysql-connection.ts'
import { failureOf, isUnusableAfter } from './mysql-errors.ts'
import type { MysqlConnection, MysqlPool } from './mysql-pool.ts'

export interface ConnectionsOptions {
  readonly pool: MysqlPool
  /** Ends with the store: the store made it. */
  readonly isOwn: boolean
  /** More than these do not wait for a connection. */
  readonly maxWaiting: number
  /** How long work waits for a connection. */
  readonly connectTimeoutMilliseconds: number
  /** After so many milliseconds without an answer a connection is given up. `null`: never. */
  readonly answerTimeoutMilliseconds: number | null
  /** Done with each connection before its first work. */
  readonly prepare: (connection: Connection) => Promise<void>
}

export interface Connections {
  /** Takes a connection for the work, and gives it back however that ends. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Lets what was begun come to its end, then lets go. */
  close(): Promise<void>
}

/** The connections of a pool. */
export function mysqlConnections(options: ConnectionsOptions): Connections {
  const { pool, isOwn, maxWaiting } = options
  const waitForConnection = connectionQueue(options)
  const known = new WeakMap<MysqlConnection, Connection>()
  let underWay = 0
  let closed: PromiseWithResolvers<void> | null = null
  async function take(): Promise<MysqlConnection> {
    if (closed !== null || waitForConnection.count >= maxWaiting) throw unavailable()
    underWay += 1
    try {
      return await waitForConnection()
    } catch (error) {
      finish()
      throw error
    }
  }
  function finish(): void {
    underWay -= 1
    if (underWay === 0) closed?.resolve()
  }
  function release(raw: MysqlConnection): void {
    // What was done with it before its first work is undone.
    if (pool.config?.resetOnRelease) known.delete(raw)
    raw.release()
  }
  async function open(raw: MysqlConnection): Promise<Connection> {
    surviveLoss(raw)
    const fresh = connectionOf(raw, options.answerTimeoutMilliseconds)
    await options.prepare(fresh)
    known.set(raw, fresh)
    return fresh
  }
  return {
    async use(work) {
      const raw = await take()
      let isBroken = false
      try {
        return await work(known.get(raw) ?? (await open(raw)))
      } catch (error) {
        isBroken = isUnusableAfter(error)
        throw error
      } finally {
        if (isBroken || known.get(raw)?.isSpent) raw.destroy()
        else release(raw)
        finish()
      }
    },
    async close() {
      if (closed !== null) return closed.promise
      closed = Promise.withResolvers<void>()
      if (underWay === 0) closed.resolve()
      await closed.promise
      // Connections that are lost by now cannot take their leave.
      if (isOwn) await new Promise<void>((resolve) => pool.end(() => resolve()))
    },
  }
}

const unavailable = (cause?: unknown): AuthError => new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause })

const surviving = new WeakSet<MysqlConnection>()

/** Only its first loss is listened for by the pool, and an error that nobody listens for ends the process. */
function surviveLoss(connection: MysqlConnection): void {
  // Several stores may share a pool.
  if (surviving.has(connection)) return
  surviving.add(connection)
  connection.on('error', () => undefined)
}

interface ConnectionQueue {
  (): Promise<MysqlConnection>
  /** How many the pool has promised a connection and not given one. */
  readonly count: number
}

/** The driver's pool lets everybody wait without an end. Who has waited in vain gives back what comes after all. */
function connectionQueue({ pool, connectTimeoutMilliseconds }: ConnectionsOptions): ConnectionQueue {
  let count = 0
  const wait = (): Promise<MysqlConnection> =>
    new Promise((resolve, reject) => {
      let isOver = false
      const givingUp = setTimeout(() => {
        isOver = true
        reject(new ConnectionFailure('connecting', new Error('no connection is free')))
      }, connectTimeoutMilliseconds)
      count += 1
      pool.getConnection((error, connection) => {
        count -= 1
        clearTimeout(givingUp)
        if (error) reject(failureOf(error, 'connecting'))
        else if (isOver) connection.release()
        else resolve(connection)
      })
    })
  return Object.defineProperty(wait, 'count', { get: () => count }) as ConnectionQueue
}
