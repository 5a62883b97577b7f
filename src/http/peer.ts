/** What a host knows of a request besides the `Request` itself. */
export interface Peer {
  /** The socket's remote address; `null` or absent where there is none. */
  readonly address?: string | null
  /** Reads one header without building a `Headers` object, where the host can. */
  readonly header?: (name: string) => string | null
  /** Under what the host logs the request. @default a random one */
  readonly requestId?: string
}
