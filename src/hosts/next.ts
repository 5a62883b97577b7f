import { timingSafeEqual } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { FetchHandler } from './node.ts'
import { guardRequest, type RequestHead, type UserSource } from './user-guard.ts'

export type { FetchHandler } from './node.ts'
export type { RequestHead, UserSource } from './user-guard.ts'

/** What a `route.ts` of the App Router exports. */
export interface NextHandlers {
  readonly GET: NextHandler
  readonly HEAD: NextHandler
  readonly POST: NextHandler
  readonly PUT: NextHandler
  readonly PATCH: NextHandler
  readonly DELETE: NextHandler
  readonly OPTIONS: NextHandler
}

export type NextHandler = (request: Request) => Promise<Response>

export interface NextHandlerOptions {
  /**
   * The address of the other side, which limits are counted by. A route handler of Next has no socket: name a header here only
   * where your platform sets it on each request.
   *
   * @default the socket's, where `instrumentation.ts` has called `rememberPeers()`; else all callers count as one source
   */
  readonly address?: (request: Request) => string | null
}

/**
 * Makes the exports of `app/[...path]/route.ts` out of `auth.fetch`.
 *
 * @example
 * ```ts
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(auth.fetch)
 * ```
 */
export function toNextHandlers(fetch: FetchHandler, { address }: NextHandlerOptions = {}): NextHandlers {
  const handle: NextHandler = async (request) => {
    const peer = rememberedPeer(request.headers)
    return fetch(request, {
      address: address === undefined ? (peer?.address ?? null) : address(request),
      header: (name) =>
        peer !== null && FORWARDED.includes(name) ? (peer.forwarded[name] ?? null) : request.headers.get(name),
    })
  }
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle }
}

/**
 * The user whom a page is made for, in a server component; `null` for whoever has not logged in, or not any more.
 *
 * A page only shows. What changes something, such as a server action, asks `auth.requireUser({ method: 'POST', headers })`,
 * which also refuses what comes from another site.
 *
 * @example
 * ```ts
 * const user = await currentUser(auth, await headers())
 * ```
 */
export async function currentUser<U>(auth: UserSource<U>, headers: RequestHead['headers']): Promise<U | null> {
  const refuse = (): Response => new Response(null, { status: 401 })
  const guarded = await guardRequest(auth, { method: 'GET', headers }, { refuse })
  return 'user' in guarded ? guarded.user : null
}

/**
 * Lets route handlers know who is at the other end of the socket, which Next keeps to itself. Called once, by `register()` in
 * `instrumentation.ts`.
 *
 * Each request gets a header with a password of this process in front, so that nobody can send one of their own.
 */
export function rememberPeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage }
    const peer: RememberedPeer = {
      address: request.socket.remoteAddress ?? null,
      forwarded: Object.fromEntries(FORWARDED.map((name) => [name, request.headers[name]?.toString()])),
    }
    request.headers[PEER_HEADER] = `${PASSWORD.toString()} ${JSON.stringify(peer)}`
  })
}

/**
 * Makes something once for each process and name. Next loads a module once for each of its bundles and again after each edit, and
 * would make an account system each time, with threads, connections and timers of its own.
 *
 * What an edit changes in `make` takes effect when Next starts the next time.
 *
 * @example
 * ```ts
 * export const auth = oncePerProcess('auth', () => createAuth(options))
 * ```
 */
export function oncePerProcess<T>(name: string, make: () => T): T {
  const kept = keptValues()
  if (!kept.has(name)) kept.set(name, make())
  return kept.get(name) as T
}

const KEPT = Symbol.for('portress.hosts.next.once')

/** On the global object, because this module may be in several bundles as well. */
function keptValues(): Map<string, unknown> {
  const place = globalThis as { [KEPT]?: Map<string, unknown> }
  place[KEPT] ??= new Map()
  return place[KEPT]
}

interface RememberedPeer {
  readonly address: string | null
  /** Next fills in what the client has left out of these, and then nobody can tell the two apart. */
  readonly forwarded: Readonly<Record<string, string | undefined>>
}

const FORWARDED: readonly string[] = ['x-forwarded-for', 'x-forwarded-host']

const PEER_HEADER = 'x-portress-peer'

const PASSWORD = Buffer.from(crypto.randomUUID())

function isOwnMark(mark: string): boolean {
  const sent = Buffer.from(mark)
  return sent.length === PASSWORD.length && timingSafeEqual(sent, PASSWORD)
}

function rememberedPeer(headers: Headers): RememberedPeer | null {
  const [mark = '', peer] = headers.get(PEER_HEADER)?.split(/ (.*)/, 2) ?? []
  // Made by this process, a few lines above.
  return isOwnMark(mark) && peer !== undefined ? (JSON.parse(peer) as RememberedPeer) : null
}
