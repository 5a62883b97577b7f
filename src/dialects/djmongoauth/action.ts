import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { assertSameSite } from '../../http/origin-check.ts'
import type { Route } from '../../http/route.ts'
import type { ActiveSession } from '../../model/session.ts'
import { isHandlers, textOf, writeRefusal, writeText } from './errors.ts'
import { ToldError } from './told-error.ts'
import { writeEmpty } from './write.ts'

/** One request on its way to a command, and who sends it. */
export interface Call {
  readonly exchange: Exchange
  readonly actor: ActiveSession | null
}

/** What one method of a path does. */
export interface Action<I, O> {
  /** Who sends it. @default nobody: no credential is looked at */
  readonly identify?: (exchange: Exchange) => Promise<ActiveSession | null>
  readonly read: (call: Call) => I | Promise<I>
  readonly command: (ctx: CommandContext, input: I) => Promise<O>
  readonly write: (output: O, exchange: Exchange) => Response
  /** A refusal of the command in this vocabulary's words, or `null` for the product's own. */
  readonly explain?: (error: AuthError, input: I) => string | null
  /** What stands before every cause. @default nothing */
  readonly frame?: (cause: string) => string
  /** @default the door's first */
  readonly mailStyle?: string
}

export type RunAction = (exchange: Exchange) => Promise<Response>

/** Joins the parts of an action. */
export function action<I, O>(parts: Action<I, O>): RunAction {
  return async (exchange) => {
    try {
      return parts.write(await perform(parts, exchange), exchange)
    } catch (error) {
      return refuse(error, parts, exchange)
    }
  }
}

/** A path with what each method does there, or every method. Whatever has no action is answered 405, `HEAD` and `OPTIONS`, too. */
export function row(path: string, actions: Readonly<Record<string, RunAction>> | RunAction): Route {
  const methods = typeof actions === 'function' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : Object.keys(actions)
  return {
    method: 'ANY',
    path,
    guard: 'public',
    methods,
    run: async (exchange) => {
      const { method } = exchange
      const known = typeof actions === 'function' || Object.hasOwn(actions, method)
      const run = typeof actions === 'function' ? actions : actions[method]
      if (!known || run === undefined) return writeEmpty(405, exchange, { allow: methods.join(', ') })
      if (!SAFE_METHODS.has(method)) assertSameSite(exchange, { usesCookie: false })
      return run(exchange)
    },
  }
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

async function perform<I, O>(parts: Action<I, O>, exchange: Exchange): Promise<O> {
  const { identify, read, command, explain, mailStyle = exchange.ctx.mailStyle } = parts
  const actor = (await identify?.(exchange)) ?? null
  const input = await read({ exchange, actor })
  try {
    return await command({ ...exchange.ctx, actor, mailStyle }, input)
  } catch (error) {
    const text = error instanceof AuthError && isHandlers(error) ? (explain?.(error, input) ?? null) : null
    throw text === null ? error : new ToldError(text)
  }
}

/** What no handler of the original would have said goes on to where all doors have it done. */
function refuse<I, O>(error: unknown, { frame = asItIs }: Action<I, O>, exchange: Exchange): Response {
  if (error instanceof ToldError) return writeText(frame(error.message), exchange)
  if (error instanceof AuthError && isHandlers(error)) return writeRefusal(error, frame(textOf(error)), exchange)
  throw error
}

const asItIs = (cause: string): string => cause
