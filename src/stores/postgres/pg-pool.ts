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
  query<T extends PgSubmittable>(query: T): T
  on(event: 'error', listener: (error: Error) => void): unknown
  /** Gives the connection back; with `true` it is closed. */
  release(isBroken?: boolean): void
}

export interface PgQuery {
  readonly text: string
  readonly values?: unknown[]
  readonly rowMode?: 'array'
  readonly types?: PgTypes
  /** In milliseconds. */
  readonly query_timeout?: number
}

/** What speaks to the server for itself, as the cursors and streams of the driver's family do. */
export interface PgSubmittable {
  /** Under this name the connection keeps the prepared statement. */
  readonly name: string
  readonly text: string
  /** In milliseconds. */
  readonly query_timeout?: number
  callback(error: unknown, result?: PgResult): void
  submit(wire: PgWire): null
  handleRowDescription(message: { readonly fields: readonly { readonly dataTypeID: number }[] }): void
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void
  handleCommandComplete(message: { readonly text: string }): void
  handleReadyForQuery(): void
  handleError(error: unknown): void
}

/** The messages of the protocol. */
export interface PgWire {
  readonly stream: { cork(): void; uncork(): void }
  /** Texts by their names. */
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  parse(message: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void
  bind(message: { readonly statement: string; readonly values: readonly (Buffer | string | null)[] }): void
  describe(message: { readonly type: 'P'; readonly name: string }): void
  execute(message: object): void
  sync(): void
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
