import type { CommandContext } from '../../commands/context.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { type Guard, type Method, type Route, route } from '../../http/route.ts'
import type { AnswerName } from './answer-schemas.ts'
import type { BodyName } from './body-schemas.ts'

/** How the input of a command is taken from a request. */
export interface Reader<I> {
  /** The schema of the body, or `null` where none is read. */
  readonly body: BodyName | null
  readonly read: (exchange: Exchange) => I | Promise<I>
}

/** How the result of a command is put. */
export interface Writer<O> {
  readonly status: 200 | 201 | 202 | 204
  /** The schema of the answer, or `null` for an empty one. */
  readonly answer: AnswerName | null
  readonly setsCookies: boolean
  readonly write: (output: O, exchange: Exchange) => Response
}

/** What the document says of a row beside what it says itself. */
export interface EndpointFacts {
  readonly summary: string
  /** Why its command refuses. What every row of its kind may refuse for goes without saying. */
  readonly refusals: readonly ErrorCode[]
}

/** A row of the API: it runs, and it knows what the document must say of it. */
export interface Endpoint extends Route, EndpointFacts {
  readonly body: BodyName | null
  readonly status: number
  readonly answer: AnswerName | null
  readonly setsCookies: boolean
}

/** A row as it is written in the table. */
export interface EndpointRow<I, O> extends Omit<EndpointFacts, 'refusals'> {
  readonly method: Method
  readonly path: string
  readonly command: (ctx: CommandContext, input: I) => Promise<O>
  readonly read: Reader<I>
  readonly write: Writer<O>
  /** @default 'public' */
  readonly guard?: Guard
  /** @default [] */
  readonly refusals?: readonly ErrorCode[]
}

/** Makes a row that runs and describes itself from the same reader and writer. */
export function endpoint<I, O>({ read, write, refusals = [], summary, ...row }: EndpointRow<I, O>): Endpoint {
  return {
    ...route({ ...row, read: read.read, write: write.write }),
    summary,
    refusals,
    body: read.body,
    status: write.status,
    answer: write.answer,
    setsCookies: write.setsCookies,
  }
}
