import type { CommandContext, Engine } from '../commands/context.ts'
import type { RequestInfo } from '../model/request-info.ts'
import type { WireBody } from './body.ts'

/** One request on its way through a dialect. */
export interface Exchange {
  readonly request: Request
  readonly engine: Engine
  /** What commands get; its `actor` is set once the guard has passed. */
  readonly ctx: CommandContext
  readonly info: RequestInfo
  readonly method: string
  /** Where the dialect is mounted, without a final slash. */
  readonly mountPath: string
  /** The whole path, not decoded. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** Headers of every answer, which a writer spreads into its own. */
  readonly baseHeaders: Readonly<Record<string, string>>
  header(name: string): string | null
  query(): URLSearchParams
  /** The only value of that name, or `null` when there is none or more than one. */
  cookie(name: string): string | null
  /**
   * The body as it came, for a dialect that parses it by rules of its own. Read on first use, and the same to everybody
   * who asks. @throws {AuthError} `payload_too_large`, `malformed_request`
   */
  bytes(): Promise<Uint8Array>
  /** Read on first use, and only where a reader asks. @throws {AuthError} `malformed_request` and its kin */
  body(): Promise<WireBody>
}
