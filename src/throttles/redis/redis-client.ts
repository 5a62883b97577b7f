/**
 * The part of the driver `redis` that is used, by its shape. Everything is a script whose keys are named, so a client of a
 * cluster, of a sentinel, or a pool of clients will do as well: each sends it to where the keys are.
 */
export interface RedisClient {
  evalSha(sha: string, call: ScriptCall): Promise<unknown>
  eval(script: string, call: ScriptCall): Promise<unknown>
  /** `false` while there is no connection. A pool has none of this. */
  readonly isReady?: boolean
}

export interface ScriptCall {
  keys: string[]
  arguments: string[]
}

/** A client that is made here. */
export interface OwnRedisClient extends RedisClient {
  readonly isReady: boolean
  connect(): Promise<unknown>
  /** Lets what was asked come to its end. */
  close(): Promise<void>
  /** Ends at once; what was asked fails. */
  destroy(): void
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface OwnClientOptions {
  readonly url: string
  readonly disableOfflineQueue: true
  readonly socket: { readonly connectTimeout: number; readonly reconnectStrategy: false }
}
