import type { Exchange } from '../../http/exchange.ts'
import { writePageStyle } from '../../http/page-style.ts'
import type { Route } from '../../http/route.ts'
import { STYLE_PATH } from './browsable-page.ts'
import { emptyAnswer } from './empty-answer.ts'
import { allowedMethods } from './metadata.ts'
import { RENDERED_FORMATS } from './negotiate.ts'
import { runView } from './run-view.ts'
import type { DrfSettings, View } from './view.ts'

/** The rows for every path that a view answers, and for the ones that only lead there. */
export function viewRoutes(views: readonly View[], settings: DrfSettings): readonly Route[] {
  const style: Route = { method: 'GET', path: STYLE_PATH, guard: 'public', run: writePageStyle }
  return [style, ...views.flatMap((view) => rowsOf(view, settings))]
}

function rowsOf(view: View, settings: DrfSettings): readonly Route[] {
  const { path, slash } = view
  const at = (served: string, suffix: string | null = null): Route => ({
    method: 'ANY',
    path: served,
    guard: 'public',
    methods: allowedMethods(view).filter((method) => method !== 'OPTIONS'),
    run: (exchange) => runView({ view, settings, suffix }, exchange),
  })
  if (view.matchesPrefix) return [at(prefixPattern(path))]
  // Before the plain path, whose parameter might take the suffix for a part of itself.
  const suffixed = view.hasFormatSuffix ? RENDERED_FORMATS.map((format) => at(suffixPattern(path, format), format)) : []
  switch (slash) {
    case 'none':
      return [...suffixed, at(path)]
    case 'optional':
      return [...suffixed, at(path), at(`${path}/`)]
    case 'required':
      return [...suffixed, at(`${path}/`), { ...at(path), run: redirectToSlash }]
  }
}

/** The last segment and everything behind it as one parameter. */
function prefixPattern(path: string): string {
  const start = path.lastIndexOf('/')
  return `${path.slice(0, start)}/:prefixed{${path.slice(start + 1)}.*}`
}

/** A parameter in the last segment keeps its name and takes the suffix in. */
function suffixPattern(path: string, format: string): string {
  const [, start, pattern = '[^/]+'] = /^(.*\/:\w+)(?:\{([^}]+)\})?$/.exec(path) ?? []
  return start === undefined ? `${path}.${format}` : `${start}{(?:${pattern})\\.${format}}`
}

/** Django's `APPEND_SLASH`: the query stays, the body is empty. */
async function redirectToSlash(exchange: Exchange): Promise<Response> {
  const { path, request } = exchange
  const query = request.url.indexOf('?')
  const search = query < 0 ? '' : (request.url.slice(query).split('#', 1)[0] ?? '')
  // A path that begins with two slashes, or with what browsers take for them, would lead to another site.
  const location = `${path.replace(/^[/\\]+/, '/')}/${search}`
  return emptyAnswer(exchange, 301, { location: asciiAddress(location) })
}

/** What is no part of an address goes in percent, so that it cannot end a header. */
function asciiAddress(text: string): string {
  return text.toWellFormed().replace(/[^\w\-.~!$&'()*+,;=:@%/?]/g, encodeURIComponent)
}
