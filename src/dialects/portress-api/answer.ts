import type { Exchange } from '../../http/exchange.ts'
import type { AnswerName } from './answer-schemas.ts'
import type { Writer } from './endpoint.ts'
import type { WireObject } from './wire.ts'

/** The cookies that a result sets, as `Set-Cookie` has them. */
export type Cookies<O> = (output: O, exchange: Exchange) => readonly string[]

/** Puts a result into a JSON body of the named shape. */
export function answer<O>(
  name: AnswerName,
  toBody: (output: O, exchange: Exchange) => WireObject,
  { status = 200, cookies }: { readonly status?: 200 | 201; readonly cookies?: Cookies<O> } = {},
): Writer<O> {
  return {
    status,
    answer: name,
    setsCookies: cookies !== undefined,
    write: (output, exchange) => {
      const headers = { ...exchange.baseHeaders, 'content-type': 'application/json' }
      const response = new Response(JSON.stringify(toBody(output, exchange)), { status, headers })
      return cookies === undefined ? response : withCookies(response, cookies(output, exchange))
    },
  }
}

/** Says that it is done, or under way, and nothing else. */
export function emptyAnswer<O>(status: 202 | 204, cookies?: Cookies<O>): Writer<O> {
  return {
    status,
    answer: null,
    setsCookies: cookies !== undefined,
    write: (output, exchange) => {
      const response = new Response(null, { status, headers: { ...exchange.baseHeaders } })
      return cookies === undefined ? response : withCookies(response, cookies(output, exchange))
    },
  }
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}
