/** Where a call comes from, in the engine's words. */
export interface RequestInfo {
  /** For logs and for the client: the same value in both. */
  readonly id: string
  /** Canonical text of the peer, or of the client that a trusted proxy names; `null` where there is none. */
  readonly address: string | null
  /**
   * Under what the source is counted: the address itself, or the /64 of an IPv6 address, because one customer has at
   * least that. `unknown` where there is no address, so that a missing one is never a way around a limit.
   */
  readonly addressBucket: string
  readonly userAgent: string | null
  /** The dialect's name, `cli`, or `library` for a direct call. */
  readonly door: string
  /** The best of the configured languages for the reader, BCP 47. */
  readonly language: string
  /** The signed value of the known-device cookie. */
  readonly deviceToken: string | null
}
