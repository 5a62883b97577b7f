import type { CommandContext } from '../commands/context.ts'
import type { Exchange } from './exchange.ts'

/**
 * `ANY`: the row answers every method itself, in an order of its own, and does itself what is done for other rows: it
 * refuses what comes from another site, and finds out who comes in. It is the only row of its path.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'

/**
 * Who may come in: `public` never looks at a credential, `session` demands one that is good, `optional` takes one if
 * it is there.
 */
export type Guard = 'public' | 'session' | 'optional'

/** One row of a dialect, ready to run. */
export interface Route {
  readonly method: Method
  /** Below the mount, with `:name` for a segment. */
  readonly path: string
  readonly guard: Guard
  readonly run: (exchange: Exchange) => Promise<Response>
  /** What a row for `ANY` answers, for preflights. */
  readonly methods?: readonly string[]
}

/** One row as it is written: which command, how its input is read, how its result is written. */
export interface RouteRow<I, O> {
  readonly method: Method
  readonly path: string
  readonly command: (ctx: CommandContext, input: I) => Promise<O>
  readonly read: (exchange: Exchange) => I | Promise<I>
  readonly write: (output: O, exchange: Exchange) => Response | Promise<Response>
  /** @default 'public' */
  readonly guard?: Guard
}

/** Joins the three functions of a row; nothing else happens between them. */
export function route<I, O>({ method, path, command, read, write, guard = 'public' }: RouteRow<I, O>): Route {
  return {
    method,
    path,
    guard,
    run: async (exchange) => write(await command(exchange.ctx, await read(exchange)), exchange),
  }
}

/** For commands that need nothing but the caller. */
export const noInput = (): undefined => undefined
