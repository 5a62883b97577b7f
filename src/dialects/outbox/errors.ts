import { html } from 'hono/html'
import type { AuthError } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { wantsJson, writePage } from './write.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

export async function writeError({ code, details }: AuthError, exchange: Exchange): Promise<Response> {
  const answer = { status: DEFAULT_STATUS[code], headers: refusalHeaders(details) }
  if (wantsJson(exchange)) return json(exchange, { code }, answer)
  return page(exchange, messagesFor(exchange.info.language).errors[code](details), answer)
}

export async function writeFault(exchange: Exchange): Promise<Response> {
  const requestId = exchange.info.id
  const answer = { status: 500, headers: { 'x-request-id': requestId } }
  if (wantsJson(exchange)) return json(exchange, { requestId }, answer)
  const { errors } = messagesFor(exchange.info.language)
  return page(exchange, `${errors.unavailable({})} (${requestId})`, answer)
}

function json({ baseHeaders }: Exchange, body: object, { status, headers }: Answer): Response {
  return Response.json(body, { status, headers: { ...baseHeaders, ...headers } })
}

function page(exchange: Exchange, sentence: string, answer: Answer): Promise<Response> {
  const title = exchange.engine.config.site.name
  const content = html`<h1>${title}</h1>\n<p class="alert" role="alert">${sentence}</p>`
  return writePage(exchange, { ...answer, title, content })
}
