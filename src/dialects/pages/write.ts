import { html } from 'hono/html'
import type { Exchange } from '../../http/exchange.ts'
import { type HtmlPage, writeHtmlPage } from '../../http/html-page.ts'
import { labelIn, type PageLink } from '../../http/page-link.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { type FormProblem, linkForm } from './link-form.ts'
import type { LinkPage } from './link-page.ts'
import { readLinkCode } from './read.ts'

/** Where the style sheet lies below the mount. */
export const STYLE_PATH = '/account/portress.css'

type PageParts = Pick<HtmlPage, 'title' | 'content' | 'status' | 'headers' | 'leadsTo' | 'formTargets'>

/** Writes a page in the reader's language. */
export function writePage(exchange: Exchange, parts: PageParts): Promise<Response> {
  const { language } = messagesFor(exchange.info.language)
  return writeHtmlPage(exchange, { ...parts, language, stylesheet: exchange.mountPath + STYLE_PATH })
}

/** The page as a link opens it: its form, or what is wrong with the link. */
export function writeOpened(exchange: Exchange, page: LinkPage): Promise<Response> {
  const code = readLinkCode(exchange)
  if (code !== null) return writeForm(exchange, { page, code, problem: null })
  const { pages } = messagesFor(exchange.info.language)
  return writeNotice(exchange, { title: page.words(pages).title, sentence: pages.codeMissing, status: 400 })
}

export interface FormToWrite {
  readonly page: LinkPage
  readonly code: string
  /** What was wrong the last time. */
  readonly problem: FormProblem | null
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

export function writeForm(exchange: Exchange, { page, code, problem, ...answer }: FormToWrite): Promise<Response> {
  const messages = messagesFor(exchange.info.language)
  const { minLength } = exchange.engine.config.passwords
  const content = linkForm({ action: exchange.path, page, code, problem, messages, minLength })
  return writePage(exchange, { ...answer, title: page.words(messages.pages).title, content })
}

export interface Notice {
  readonly title: string
  readonly sentence: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A page that only says what is wrong. */
export function writeNotice(exchange: Exchange, { title, sentence, ...answer }: Notice): Promise<Response> {
  const content = html`<h1>${title}</h1>
<p class="alert" role="alert">${sentence}</p>
${linkToSite(exchange)}`
  return writePage(exchange, { ...answer, title, content })
}

/** The page after its button was pressed. */
export function writeDone(exchange: Exchange, page: LinkPage): Promise<Response> {
  const { title, done } = page.words(messagesFor(exchange.info.language).pages)
  const content = html`<h1>${title}</h1>
<p class="done" role="status">${done}</p>
${linkToSite(exchange)}`
  return writePage(exchange, { title, content })
}

export function writeIndex(exchange: Exchange, links: readonly PageLink[]): Promise<Response> {
  const { language, pages } = messagesFor(exchange.info.language)
  const { index } = pages
  const title = index.title(exchange.engine.config.site.name)
  const rows = links.map((link) => html`<li><a href="${link.href}">${labelIn(link, language)}</a></li>`)
  const list = links.length === 0 ? '' : html`<h2>${index.mounts}</h2>\n<ul class="links">${rows}</ul>`
  return writePage(exchange, { title, content: html`<h1>${title}</h1>\n<p>${index.explanation}</p>\n${list}` })
}

function linkToSite({ engine, info }: Exchange): HtmlPage['content'] {
  const { name, origin } = engine.config.site
  return html`<p><a href="${origin}/">${messagesFor(info.language).pages.backToSite(name)}</a></p>`
}
