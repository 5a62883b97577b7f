import type { Store, StoreFactory, StoreSchema } from '../../contracts/store.ts'
import { type NamingOptions, resolveNaming } from '../sql/naming.ts'
import { assertNoPoolLimits, type PoolLimits, readPoolLimits } from '../sql/pool-limits.ts'
import { assertShortNames } from '../sql/short-names.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { userModel } from '../sql/user-model.ts'
import { loadPg } from './load-pg.ts'
import { type ConnectionsOptions, pgConnections } from './pg-connections.ts'
import type { PgPool } from './pg-pool.ts'
import { postgresDatabase } from './postgres-database.ts'
import { postgresEngine } from './postgres-engine.ts'
import { postgresLocation } from './postgres-location.ts'

export interface PostgresOptions {
  /** Connections at most, each a process of the server. A pool of your own brings its own limit. @default 10 */
  readonly maxConnections?: number
  /** How long a request waits for a free or a new connection. A pool of your own brings its own limit. @default 5000 */
  readonly connectTimeoutMilliseconds?: number
  /**
   * After this the server gives a statement up, waiting for locks included; migrations take as long as they need. A pool of
   * your own brings its own limit. @default 5000
   */
  readonly statementTimeoutMilliseconds?: number
  /** `false` behind a pooler that does not keep prepared statements; statements then cost the server more. @default true */
  readonly preparedStatements?: boolean
  /** Where the tables are. It must exist. @default the first schema of the connection's `search_path` */
  readonly schema?: string
  /** Names of tables and columns. @default tables begin with `portress_` */
  readonly naming?: NamingOptions
}

/**
 * Keeps everything in a PostgreSQL database, version 13 or later, whose encoding is UTF8, through the package `pg`.
 *
 * The first argument is a `postgres:` URL, or a pool that the application has made with `pg` and goes on using. A pool of the
 * application's stays open when the store closes.
 *
 * @example
 * createAuth({ ...options, store: postgres('postgres://app@localhost/app') })
 *
 * @throws {TypeError} for a location or an option that cannot be used; for a missing `pg` when the store opens
 */
export function postgres(location: string | PgPool, options: PostgresOptions = {}): StoreFactory {
  const place = typeof location === 'string' ? postgresLocation(location) : assertPool(location)
  const limits = readPoolLimits(options)
  if (typeof place !== 'string') assertNoPoolLimits(options)
  const { schema } = options
  const naming = resolveNaming(options.naming, schema)
  return { open }

  function open(storeSchema: StoreSchema): Store {
    const plan = { model: userModel(storeSchema, naming), folder: storeSchema.migrationsFolder }
    assertShortNames(plan.model)
    const connections = pgConnections({
      ...(typeof place === 'string' ? ownPool(place, limits) : foreignPool(place)),
      keepsStatements: options.preparedStatements ?? true,
    })
    return sqlStore(postgresDatabase(postgresEngine(schema), connections), plan)
  }
}

/** For each connection so many requests may wait. Who comes later is told at once to come back. */
const WAITING_PER_CONNECTION = 100

const WAITING_FOR_FOREIGN_POOL = 1000

/** The server ends a statement by itself; only where it does not even do that, the connection is given up. */
const GRACE_MILLISECONDS = 5000

type Pooled = Omit<ConnectionsOptions, 'keepsStatements'>

function ownPool(connectionString: string, limits: PoolLimits): Pooled {
  const { maxConnections, connectTimeoutMilliseconds, statementTimeoutMilliseconds } = limits
  const { Pool } = loadPg()
  return {
    pool: new Pool({
      connectionString,
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMilliseconds,
      statement_timeout: statementTimeoutMilliseconds,
      // A process that stands still must not keep others from the rows it has locked.
      idle_in_transaction_session_timeout: statementTimeoutMilliseconds + GRACE_MILLISECONDS,
      keepAlive: true,
      fallback_application_name: 'portress',
    }),
    isOwn: true,
    maxWaiting: maxConnections * WAITING_PER_CONNECTION,
    answerTimeoutMilliseconds: statementTimeoutMilliseconds + GRACE_MILLISECONDS,
  }
}

function foreignPool(pool: PgPool): Pooled {
  return { pool, isOwn: false, maxWaiting: WAITING_FOR_FOREIGN_POOL, answerTimeoutMilliseconds: null }
}

function assertPool(pool: PgPool): PgPool {
  const shape: Partial<PgPool> | null | undefined = pool
  if (typeof shape?.connect === 'function' && typeof shape.on === 'function') return pool
  throw new TypeError('postgres() takes a URL, or a pool of the package "pg"')
}
