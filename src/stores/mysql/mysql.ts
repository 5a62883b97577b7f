import type { Store, StoreFactory, StoreSchema } from '../../contracts/store.ts'
import { type NamingOptions, resolveNaming } from '../sql/naming.ts'
import { assertNoPoolLimits, type PoolLimits, readPoolLimits } from '../sql/pool-limits.ts'
import { assertShortNames } from '../sql/short-names.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { userModel } from '../sql/user-model.ts'
import { loadMysql2 } from './load-mysql2.ts'
import { type ConnectionsOptions, mysqlConnections } from './mysql-connections.ts'
import { type Beginnings, FOREIGN_BEGINNINGS, mysqlDatabase, OWN_BEGINNINGS } from './mysql-database.ts'
import { mysqlEngine } from './mysql-engine.ts'
import { type MysqlPlace, mysqlLocation } from './mysql-location.ts'
import type { MysqlPool, MysqlPoolConfig, MysqlPromisePool } from './mysql-pool.ts'
import { assertSessionState, SESSION_STATE, setUpSession } from './session-setup.ts'

export interface MysqlOptions {
  /** Connections at most. A pool of your own brings its own limit. @default 10 */
  readonly maxConnections?: number
  /** How long a request waits for a free or a new connection, of a pool of your own as well. @default 5000 */
  readonly connectTimeoutMilliseconds?: number
  /**
   * After this the server gives a statement up, waiting for locks included; migrations take as long as they need. MySQL waits for
   * locks in whole seconds. A pool of your own brings its own limit. @default 5000
   */
  readonly statementTimeoutMilliseconds?: number
  /** The database in which the tables are. It must exist. @default the connection's */
  readonly database?: string
  /** Names of tables and columns. @default tables begin with `portress_` */
  readonly naming?: NamingOptions
}

/**
 * Keeps everything in a database of MySQL, version 8.0.13 or later, or MariaDB, 10.11 or later, through the package `mysql2`.
 *
 * The first argument is a `mysql:` or `mariadb:` URL, or a pool that the application has made with `mysql2` or `mysql2/promise`
 * and goes on using. A pool of the application's stays open when the store closes. Its connections must have a strict
 * `sql_mode` and the charset `utf8mb4`; the store refuses to work over others.
 *
 * @example
 * createAuth({ ...options, store: mysql('mysql://app@localhost/app') })
 *
 * @throws {TypeError} for a location or an option that cannot be used; for a missing `mysql2` when the store opens
 */
export function mysql(location: string | MysqlPool | MysqlPromisePool, options: MysqlOptions = {}): StoreFactory {
  const limits = readPoolLimits(options)
  const access =
    typeof location === 'string' ? ownAccess(mysqlLocation(location), limits) : foreignAccess(location, limits)
  if (typeof location !== 'string') assertNoPoolLimits(options, ['connectTimeoutMilliseconds'])
  const { database } = options
  const naming = resolveNaming(options.naming, database)
  return { open }

  function open(storeSchema: StoreSchema): Store {
    const plan = { model: userModel(storeSchema, naming), folder: storeSchema.migrationsFolder }
    assertShortNames(plan.model)
    const { connections, beginnings } = access()
    return sqlStore(mysqlDatabase(mysqlEngine(database), mysqlConnections(connections), beginnings), plan)
  }
}

/** What a store that opens works with. */
interface Access {
  readonly connections: ConnectionsOptions
  readonly beginnings: Beginnings
}

/** For each connection so many requests may wait. Who comes later is told at once to come back. */
const WAITING_PER_CONNECTION = 100

const WAITING_FOR_FOREIGN_POOL = 1000

/** The server ends a statement by itself; only where it does not even do that, the connection is given up. */
const GRACE_MILLISECONDS = 5000

/** What a connection keeps at most. A client that varies which fields it sends must not fill the server's memory. */
const MAX_PREPARED_STATEMENTS = 500

function ownAccess(place: MysqlPlace, limits: PoolLimits): () => Access {
  const { maxConnections, connectTimeoutMilliseconds, statementTimeoutMilliseconds } = limits
  const answerTimeoutMilliseconds = statementTimeoutMilliseconds + GRACE_MILLISECONDS
  const setUp = setUpSession({ statementTimeoutMilliseconds, idleTransactionMilliseconds: answerTimeoutMilliseconds })
  const config: MysqlPoolConfig = {
    ...place,
    charset: 'utf8mb4_bin',
    connectionLimit: maxConnections,
    connectTimeout: connectTimeoutMilliseconds,
    maxPreparedStatements: MAX_PREPARED_STATEMENTS,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    multipleStatements: false,
  }
  return () => ({
    connections: {
      pool: loadMysql2().createPool(config),
      isOwn: true,
      maxWaiting: maxConnections * WAITING_PER_CONNECTION,
      connectTimeoutMilliseconds,
      answerTimeoutMilliseconds,
      async prepare(connection) {
        for (const statement of setUp) await connection.control(statement)
      },
    },
    beginnings: OWN_BEGINNINGS,
  })
}

function foreignAccess(given: MysqlPool | MysqlPromisePool, { connectTimeoutMilliseconds }: PoolLimits): () => Access {
  const pool = corePool(given)
  return () => ({
    connections: {
      pool,
      isOwn: false,
      maxWaiting: WAITING_FOR_FOREIGN_POOL,
      connectTimeoutMilliseconds,
      answerTimeoutMilliseconds: null,
      prepare: async (connection) => assertSessionState(await connection.control(SESSION_STATE)),
    },
    beginnings: FOREIGN_BEGINNINGS,
  })
}

/** The pool of `mysql2/promise` has one of `mysql2` inside. */
function corePool(pool: MysqlPool | MysqlPromisePool): MysqlPool {
  const given: Partial<MysqlPool & MysqlPromisePool> | null | undefined = pool
  const core: Partial<MysqlPool> | null | undefined = given?.pool ?? given
  if (typeof core?.getConnection === 'function' && typeof core.end === 'function') return core as MysqlPool
  throw new TypeError('mysql() takes a URL, or a pool of the package "mysql2"')
}
