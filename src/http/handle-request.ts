import { authenticate } from '../commands/authenticate.ts'
import type { CommandContext, Engine } from '../commands/context.ts'
import { fetchLanguage } from '../commands/steps/fetch-language.ts'
import { AuthError } from '../errors.ts'
import type { ActiveSession } from '../model/session.ts'
import type { IpRange } from '../util/ip-range.ts'
import { baseHeadersFor } from './base-headers.ts'
import { readBody, readBytes, type WireBody } from './body.ts'
import { readCookie } from './cookies.ts'
import { corsHeaders, preflight } from './cors.ts'
import type { Dialect } from './dialect.ts'
import type { Exchange } from './exchange.ts'
import { assertSameSite } from './origin-check.ts'
import type { Peer } from './peer.ts'
import { type InfoRules, requestInfo } from './request-info.ts'
import type { Route } from './route.ts'
import { buildRouteMap, type FoundPath, type Mount, type RouteMap } from './route-map.ts'

/** What the HTTP side is built from. */
export interface HandlerOptions {
  readonly engine: Engine
  readonly mounts: readonly Mount[]
  readonly trustedProxies: readonly IpRange[]
  /** The best of the available languages for an `Accept-Language`. */
  readonly language: (acceptLanguage: string | null, available: readonly string[]) => string
}

export type RequestHandler = (request: Request, peer: Peer) => Promise<Response>

/** Builds the one function that answers every request of every dialect. */
export function createHandler(options: HandlerOptions): RequestHandler {
  const { engine, mounts } = options
  const { config } = engine
  const shared: Shared = {
    engine,
    routes: buildRouteMap(mounts, config),
    baseHeaders: baseHeadersFor(config),
    infoRules: new Map(mounts.map((mount) => [mount, infoRulesFor(options, mount.dialect)])),
    mailStyles: new Map(mounts.map((mount) => [mount, mount.dialect.mailStyles?.(config)[0]?.name ?? null])),
  }
  return (request, peer) => handleRequest(shared, request, peer)
}

/** A dialect may know other languages than the site's own pages and mails. */
function infoRulesFor(
  { engine, trustedProxies, language }: HandlerOptions,
  { languages, languageCookie }: Dialect,
): InfoRules {
  const { cookies, mail } = engine.config
  const available = languages ?? mail.languages
  return {
    trustedProxies,
    language: (acceptLanguage) => language(acceptLanguage, available),
    languageCookieName: languageCookie ?? null,
    deviceCookieName: cookies.deviceName,
  }
}

interface Shared {
  readonly engine: Engine
  readonly routes: RouteMap
  readonly baseHeaders: Readonly<Record<string, string>>
  readonly infoRules: ReadonlyMap<Mount, InfoRules>
  /** The style that a door's mails are written in unless a row says otherwise. */
  readonly mailStyles: ReadonlyMap<Mount, string | null>
}

/** Finds the row, applies origin check and guard, runs it. The one `catch` for what commands refuse. */
async function handleRequest(shared: Shared, request: Request, peer: Peer): Promise<Response> {
  const path = pathOf(request.url)
  const found = shared.routes.find(path)
  const mount = found?.routed.mount ?? shared.routes.mountOf(path)
  if (mount === null) return new Response(null, { status: 404, headers: shared.baseHeaders })
  const exchange = createExchange(shared, { request, peer, path, mount, params: found?.params ?? {} })
  let response: Response
  try {
    if (mount.dialect.loadLanguage) await fetchLanguage(shared.engine, mount.dialect, exchange.info.language)
    response = await answer(exchange, found)
  } catch (error) {
    response = await writeFailure(exchange, mount, error)
  }
  return finish(exchange, mount.dialect, response)
}

async function answer(exchange: MutableExchange, found: FoundPath | null): Promise<Response> {
  if (found === null) throw new AuthError('not_found')
  const { routed } = found
  const { method } = exchange
  const whole = routed.rows.get('ANY')
  const { dialect } = routed.mount
  if (whole !== undefined) return answerWhole(exchange, dialect, whole)
  if (method === 'OPTIONS') return preflight(exchange, dialect, [...routed.methods, 'OPTIONS'])
  const row = routed.rows.get(method === 'HEAD' ? 'GET' : (method as Route['method']))
  if (row === undefined) throw new AuthError('method_not_allowed', { allow: [...routed.methods, 'OPTIONS'] })
  if (row.method !== 'GET') assertSameSite(exchange, { usesCookie: false })
  if (row.guard !== 'public') exchange.ctx.actor = await enter(exchange, row, routed.mount)
  return await row.run(exchange)
}

/** A path whose dialect judges everything itself. Only the preflight of a trusted origin is answered here. */
function answerWhole(exchange: Exchange, dialect: Dialect, row: Route): Promise<Response> | Response {
  const isPreflight = exchange.method === 'OPTIONS' && exchange.header('access-control-request-method') !== null
  if (isPreflight && corsHeaders(exchange, dialect) !== null) {
    return preflight(exchange, dialect, [...(row.methods ?? []), 'OPTIONS'])
  }
  return row.run(exchange)
}

/** Finds out who comes in. A credential that is there and bad is refused even where none is needed. */
function enter(exchange: Exchange, row: Route, mount: Mount): Promise<ActiveSession> | null {
  const credential = mount.dialect.findCredential(exchange)
  if (credential === null) {
    if (row.guard === 'session') throw new AuthError('not_authenticated')
    return null
  }
  if (credential.sentBy === 'cookie' && row.method !== 'GET') assertSameSite(exchange, { usesCookie: true })
  return authenticate(exchange.engine, credential.token)
}

function writeFailure(exchange: Exchange, { dialect }: Mount, error: unknown): Response | Promise<Response> {
  if (error instanceof AuthError) {
    if (error.code === 'unavailable') {
      exchange.engine.logger.error({ err: error, requestId: exchange.info.id }, 'the store cannot be reached')
    }
    return dialect.writeError(error, exchange)
  }
  exchange.engine.logger.error({ err: error, requestId: exchange.info.id }, 'a request failed unexpectedly')
  return dialect.writeFault(exchange)
}

function finish(exchange: Exchange, dialect: Dialect, response: Response): Response {
  const cors = corsHeaders(exchange, dialect)
  if (cors !== null) for (const [name, value] of Object.entries(cors)) response.headers.set(name, value)
  if (exchange.method !== 'HEAD') return response
  return new Response(null, { status: response.status, headers: response.headers })
}

interface MutableExchange extends Exchange {
  ctx: CommandContext & { actor: ActiveSession | null }
}

interface Arrival {
  readonly request: Request
  readonly peer: Peer
  readonly path: string
  readonly mount: Mount
  readonly params: Readonly<Record<string, string>>
}

function createExchange(shared: Shared, { request, peer, path, mount, params }: Arrival): MutableExchange {
  const { engine, baseHeaders } = shared
  const rules = shared.infoRules.get(mount)
  if (rules === undefined) throw new TypeError('a request came in through a mount that is not there')
  const header = peer.header ?? ((name: string): string | null => request.headers.get(name))
  const info = requestInfo({ rules, door: mount.dialect.name, peer, header })
  let bytes: Promise<Uint8Array> | undefined
  let body: Promise<WireBody> | undefined
  // A stream can be read only once, and a CSRF check may want the body before the view does.
  const bytesOnce = (): Promise<Uint8Array> => {
    bytes ??= readBytes(request, header('content-length'))
    return bytes
  }
  return {
    request,
    engine,
    info,
    ctx: { ...engine, request: info, actor: null, mailStyle: shared.mailStyles.get(mount) ?? null },
    method: request.method,
    mountPath: mount.path,
    path,
    params,
    baseHeaders,
    header,
    cookie: (name) => readCookie(header('cookie'), name),
    query: () => new URL(request.url).searchParams,
    bytes: bytesOnce,
    body() {
      body ??= bytesOnce().then((read) => readBody(read, header('content-type')))
      return body
    },
  }
}

/** The path as it was sent: nothing is decoded, so that no two spellings mean the same row. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}
