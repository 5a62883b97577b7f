import { html } from 'hono/html'
import type { AuthError, ErrorCode, ErrorDetails } from '../errors.ts'
import { DEFAULT_STATUS } from './default-status.ts'
import type { Exchange } from './exchange.ts'
import { type HtmlPage, writeHtmlPage } from './html-page.ts'
import { refusalHeaders } from './refusal-headers.ts'

export interface ErrorPagesOptions {
  /** The sentences of a language. */
  readonly wordsFor: (language: string) => {
    readonly language: string
    readonly errors: Readonly<Record<ErrorCode, (details: ErrorDetails) => string>>
  }
  /** Its path below the mount. */
  readonly stylesheet: string
}

export interface ErrorPages {
  readonly writeError: (error: AuthError, exchange: Exchange) => Promise<Response>
  readonly writeFault: (exchange: Exchange) => Promise<Response>
}

/** How a dialect of pages says no: one sentence on a page of its own. */
export function errorPages({ wordsFor, stylesheet }: ErrorPagesOptions): ErrorPages {
  function page(exchange: Exchange, sentence: string, answer: Pick<HtmlPage, 'status' | 'headers'>): Promise<Response> {
    const { language } = wordsFor(exchange.info.language)
    const title = exchange.engine.config.site.name
    const content = html`<h1>${title}</h1>\n<p class="alert" role="alert">${sentence}</p>`
    return writeHtmlPage(exchange, {
      ...answer,
      language,
      title,
      content,
      stylesheet: `${exchange.mountPath}/${stylesheet}`,
    })
  }
  return {
    writeError({ code, details }, exchange) {
      const sentence = wordsFor(exchange.info.language).errors[code](details)
      return page(exchange, sentence, { status: DEFAULT_STATUS[code], headers: refusalHeaders(details) })
    },
    writeFault(exchange) {
      const { id } = exchange.info
      const sentence = `${wordsFor(exchange.info.language).errors.unavailable({})} (${id})`
      return page(exchange, sentence, { status: 500, headers: { 'x-request-id': id } })
    },
  }
}
