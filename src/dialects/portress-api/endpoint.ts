import type { CommandContext } from '../../commands/context.ts'
import type { Exchange } from '../../http/exchange.ts'
import { type Guard, type Method, type Route, route } from '../../http/route.ts'
import type { AnswerName } from './answer-schemas.ts'
import type { BodyName } from './body-schemas.ts'
import type { EndpointName } from './descriptions.ts'

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

/** A row of the API: it runs, and it knows what the document must say of it. */
export interface Endpoint extends Route {
  readonly name: EndpointName
  readonly reader: Pick<Reader<never>, 'body'>
  readonly writer: Omit<Writer<never>, 'write'>
}

/** What a row does, beside its method and path. */
export interface EndpointRow<I, O> {
  readonly command: (ctx: CommandContext, input: I) => Promise<O>
  readonly read: Reader<I>
  readonly write: Writer<O>
}

/** A row for everybody. A credential that comes along is not looked at. */
export function open<I, O>(name: EndpointName, row: EndpointRow<I, O>): Endpoint {
  return endpoint(name, 'public', row)
}

/** A row about the caller's own account: it wants a session. */
export function own<I, O>(name: EndpointName, row: EndpointRow<I, O>): Endpoint {
  return endpoint(name, 'session', row)
}

function endpoint<I, O>(name: EndpointName, guard: Guard, { command, read, write }: EndpointRow<I, O>): Endpoint {
  // The type of the name promises both halves.
  const [method, path] = name.split(' ') as [Method, string]
  const row = route({ method, path, guard, command, read: read.read, write: write.write })
  return { ...row, name, reader: read, writer: write }
}
