import { html } from 'hono/html'
import type { AuthError } from '../../errors.ts'
import type { Dialect } from '../../http/dialect.ts'
import type { Exchange } from '../../http/exchange.ts'
import { writeHtmlPage } from '../../http/html-page.ts'
import { drfCatalogues, drfMessagesFor } from '../../messages/drf/catalogues.ts'
import { type LanguageLoader, loadLanguage } from '../../messages/lazy-catalogues.ts'
import { STYLE_PATH } from './browsable-page.ts'
import { LANGUAGE_COOKIE } from './cookies.ts'
import { answerRefusal } from './refusals.ts'
import type { DrfSettings, View } from './view.ts'
import { viewRoutes } from './view-routes.ts'

type Config = Parameters<Dialect['routes']>[0]

export interface DrfDialectOptions extends Pick<Dialect, 'name' | 'mailStyles' | 'languages' | 'dangers'> {
  readonly settings: DrfSettings
  /** Words of its own beside those that all such doors share. @default none */
  readonly catalogues?: readonly LanguageLoader[]
  readonly views: (config: Config) => readonly View[]
}

/** A dialect in the manner of Django REST framework, from its views. */
export function drfDialect({ settings, views, catalogues = [], ...dialect }: DrfDialectOptions): Dialect {
  const spoken = [drfCatalogues, ...catalogues]
  return {
    // Without locale middleware the original answers in English, whatever the site's own pages speak.
    languages: settings.isTranslated ? drfCatalogues.languages : ['en'],
    ...(settings.isTranslated ? { languageCookie: LANGUAGE_COOKIE } : {}),
    ...dialect,
    loadLanguage: (language) => loadLanguage(spoken, language),
    routes: (config) => viewRoutes(views(config), settings),
    // Views find out themselves who comes in: each scheme has its own way to refuse.
    findCredential: () => null,
    writeError: (error, exchange) => writeOutsideViews(error, exchange, settings),
    writeFault,
  }
}

/** What never reached a view: a path that nobody answers, or what protects all doors alike. */
function writeOutsideViews(error: AuthError, exchange: Exchange, settings: DrfSettings): Promise<Response> | Response {
  if (error.code === 'not_found') return writeNotFoundPage(exchange)
  const words = drfMessagesFor(exchange.info.language)
  const { status, body, headers } = answerRefusal(error, { settings, exchange, words })
  const type = { 'content-type': 'application/json' }
  return new Response(JSON.stringify(body), { status, headers: { ...exchange.baseHeaders, ...type, ...headers } })
}

/** As in the original, a path without a view is a page and no JSON. */
function writeNotFoundPage(exchange: Exchange): Promise<Response> {
  const { language, requests } = drfMessagesFor(exchange.info.language)
  return writeHtmlPage(exchange, {
    language,
    title: requests.notFound,
    status: 404,
    stylesheet: exchange.mountPath + STYLE_PATH,
    content: html`<h1>${requests.notFound}</h1>`,
  })
}

/** The id under which it was logged, and nothing more. */
function writeFault({ baseHeaders, info }: Exchange): Response {
  const body = { detail: drfMessagesFor(info.language).requests.serverError, request_id: info.id }
  const headers = { ...baseHeaders, 'content-type': 'application/json', 'x-request-id': info.id }
  return new Response(JSON.stringify(body), { status: 500, headers })
}
