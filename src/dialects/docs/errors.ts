import { html } from 'hono/html'
import type { AuthError } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { type HtmlPage, writeHtmlPage } from '../../http/html-page.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'

export function writeError({ code, details }: AuthError, exchange: Exchange): Promise<Response> {
  const sentence = messagesFor(exchange.info.language).errors[code](details)
  return page(exchange, sentence, { status: DEFAULT_STATUS[code], headers: refusalHeaders(details) })
}

export function writeFault(exchange: Exchange): Promise<Response> {
  const { id } = exchange.info
  const sentence = `${messagesFor(exchange.info.language).errors.unavailable({})} (${id})`
  return page(exchange, sentence, { status: 500, headers: { 'x-request-id': id } })
}

function page(exchange: Exchange, sentence: string, answer: Pick<HtmlPage, 'status' | 'headers'>): Promise<Response> {
  const { language } = messagesFor(exchange.info.language)
  const title = exchange.engine.config.site.name
  const content = html`<h1>${title}</h1>\n<p class="alert" role="alert">${sentence}</p>`
  return writeHtmlPage(exchange, {
    ...answer,
    language,
    title,
    content,
    stylesheet: `${exchange.mountPath}/assets/docs.css`,
  })
}
