/**
 * The part of the driver `mysql2` that is used, by its shape: a pool of any version of it will do, and so will one that wraps
 * it.
 */

/** A pool of connections, as `createPool()` of `mysql2` makes it. */
export interface MysqlPool {
  getConnection(done: (error: unknown, connection: MysqlConnection) => void): void
  end(done: (error: unknown) => void): void
  /** Connections come back with the server's settings instead of those that they were given. */
  readonly config?: { readonly resetOnRelease?: boolean }
}

/** A pool of connections, as `createPool()` of `mysql2/promise` makes it. */
export interface MysqlPromisePool {
  readonly pool: MysqlPool
}

/** One connection, while it is taken from its pool. */
export interface MysqlConnection {
  execute(statement: MysqlStatement, done: (error: unknown, result: unknown) => void): unknown
  query(command: MysqlCommand, done: (error: unknown, result: unknown) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  release(): void
  /** Closes the connection instead of giving it back. */
  destroy(): void
}

/** A statement that the server prepares once. Every setting that changes how rows are read is named. */
export interface MysqlStatement extends MysqlCommand {
  readonly rowsAsArray: true
  readonly dateStrings: true
  readonly nestTables: false
  readonly supportBigNumbers: true
  readonly bigNumberStrings: false
  readonly typeCast: (field: unknown, next: () => unknown) => unknown
}

export interface MysqlCommand {
  readonly sql: string
  readonly values: (string | number | Buffer | null)[]
  readonly namedPlaceholders: false
}

export interface MysqlPoolConfig {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly socketPath?: string
  readonly ssl?: object
  readonly charset: string
  readonly connectionLimit: number
  readonly connectTimeout: number
  readonly maxPreparedStatements: number
  readonly enableKeepAlive: boolean
  readonly keepAliveInitialDelay: number
  readonly multipleStatements: false
}

/** What the driver tells of a statement that gives no rows. */
export interface MysqlOutcome {
  readonly affectedRows: number
  readonly insertId: number | string
}
