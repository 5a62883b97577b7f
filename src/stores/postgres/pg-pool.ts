/**
 * The part of the driver `pg` that is used, by its shape: a pool of any version of it will do, and so will one that wraps
 * it.
 */

/** A pool of connections, as `new Pool()` of `pg` makes it. */
export interface PgPool {
  connect(): Promise<PgClient>
  end(): Promise<void>
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  /** How many wait for a connection. */
  readonly waitingCount: number
}

/** One connection, while it is taken from its pool. */
export interface PgClient {
  query(query: PgQuery): Promise<PgResult | readonly PgResult[]>
  on(event: 'error', listener: (error: Error) => void): unknown
  /** Gives the connection back; with `true` it is closed. */
  release(isBroken?: boolean): void
}

export interface PgQuery {
  readonly text: string
  /** Under this name the connection keeps the prepared statement. */
  readonly name?: string
  readonly values?: unknown[]
  readonly rowMode?: 'array'
  readonly types?: PgTypes
  /** In milliseconds. */
  readonly query_timeout?: number
}

export interface PgTypes {
  getTypeParser(typeId: number): (text: string) => unknown
}

export interface PgResult {
  /** `SELECT`, `COMMIT` and so on. */
  readonly command: string
  readonly rowCount: number | null
  readonly rows: readonly (readonly unknown[])[]
}

export interface PgPoolConfig {
  readonly connectionString: string
  readonly max: number
  readonly connectionTimeoutMillis: number
  readonly statement_timeout: number
  readonly idle_in_transaction_session_timeout: number
  readonly keepAlive: boolean
  readonly fallback_application_name: string
}
