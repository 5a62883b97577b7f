import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type FetchHandler, toNodeListener } from '../../hosts/node.ts'
import { messageOf } from './explain-error.ts'
import { isHostHeader } from './is-host-header.ts'
import { Stop } from './stop.ts'

export interface HttpServer {
  /** Where it listens, as one would type it: `http://127.0.0.1:3000`. */
  readonly url: string
  readonly port: number
  /** Requests that came before wait for this. */
  answerWith(fetch: FetchHandler): void
  /**
   * Accepts nobody any more, finishes every request that has arrived and closes all connections. `false` when the time
   * was up before that; then the rest was cut off.
   */
  drain(limitMilliseconds: number): Promise<boolean>
}

/** Idle connections of a proxy must outlive the proxy's own patience, which is 60 s in most. */
const KEEP_ALIVE_MILLISECONDS = 65_000

/** While draining, an idle connection is kept so long: its next request may be on its way already. */
const GRACE_MILLISECONDS = 750

/**
 * Begins to listen before anything else is opened, so that a second start on the same port does no harm.
 *
 * @throws {Stop} 1 where the address is taken or not to be had
 */
export async function openHttpServer(address: Address): Promise<HttpServer> {
  const { server, answerWith, drain } = answeringServer()
  await listen(server, address)
  return { ...placeOf(server, address.host), answerWith, drain }
}

/** For connections that another process accepts, which listens on this address. */
export function handedHttpServer({ host, port }: Address): HttpServer & { take(connection: Socket): void } {
  const { server, answerWith, drain } = answeringServer()
  // With this Node begins to look for slow and idle connections, whoever has accepted them.
  server.emit('listening')
  return {
    url: urlOf(host, port),
    port,
    answerWith,
    drain,
    take: (connection) => server.emit('connection', connection),
  }
}

/** Where to listen. */
export interface Address {
  readonly host: string
  readonly port: number
}

type AnsweringServer = Pick<HttpServer, 'answerWith' | 'drain'> & { readonly server: Server }

function answeringServer(): AnsweringServer {
  const inFlight = new Set<ServerResponse>()
  const connections = new Set<Socket>()
  const ready = Promise.withResolvers<NodeListener>()
  let answer: NodeListener = async (request, response) => (await ready.promise)(request, response)
  let isDraining = false
  const server = createServer(SETTINGS, (request, response) => {
    inFlight.add(response)
    response.once('close', () => inFlight.delete(response))
    if (isDraining) response.setHeader('connection', 'close')
    if (!isHostHeader(request.headers.host)) return refuse(response)
    answer(request, response).catch(() => response.destroy())
  })
  server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  // A reader that takes nothing for so long is gone.
  server.setTimeout(120_000)
  return {
    server,
    answerWith(fetch) {
      answer = toNodeListener(fetch)
      ready.resolve(answer)
    },
    async drain(limitMilliseconds) {
      isDraining = true
      for (const response of inFlight) if (!response.headersSent) response.setHeader('connection', 'close')
      return finish(server, { inFlight, connections }, limitMilliseconds)
    },
  }
}

type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const SETTINGS = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  // Otherwise the second of two `Authorization` headers is dropped, and the first looks like the only one.
  joinDuplicateHeaders: true,
} as const

function refuse(response: ServerResponse): void {
  response.writeHead(400, { connection: 'close', 'content-length': 0 }).end()
}

/** @throws {Stop} 1 where the address is taken or not to be had */
export async function listen(server: NetServer, { host, port }: Address): Promise<void> {
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (error) {
    throw new Stop(1, listenProblem(error, `${host}:${port}`), { cause: error })
  }
}

function listenProblem(error: unknown, address: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return `${address} is in use already; stop what listens there, or set PORT to another port`
  if (code === 'EACCES') return `${address} may not be used by this user; set PORT to 1024 or above`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is no address of this machine: ${address}`
  return `${address} cannot be listened on: ${messageOf(error)}`
}

/** Where a server listens, in full. */
export function placeOf(server: NetServer, host: string): { readonly url: string; readonly port: number } {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port')
  return { url: urlOf(host, address.port), port: address.port }
}

const urlOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

interface Unfinished {
  readonly inFlight: ReadonlySet<unknown>
  readonly connections: ReadonlySet<unknown>
}

async function finish(
  server: Server,
  { inFlight, connections }: Unfinished,
  limitMilliseconds: number,
): Promise<boolean> {
  const deadline = performance.now() + limitMilliseconds
  let hasEnded = false
  server.once('close', () => {
    hasEnded = true
  })
  // A server that does not listen itself ends at once, whatever it was handed.
  const isClosed = (): boolean => hasEnded && connections.size === 0
  // What `node:http` adds in its own `close` is to cut idle connections at once, and with them the request that a
  // client has just put on its way. Here they get a moment, and an answer that says `Connection: close`.
  NetServer.prototype.close.call(server)
  const graceEnds = Math.min(performance.now() + GRACE_MILLISECONDS, deadline)
  while (!isClosed() && performance.now() < deadline) {
    await delay(10)
    // Nothing is under way, and what is still connected has not sent a whole request by now.
    if (inFlight.size === 0 && performance.now() >= graceEnds) server.closeAllConnections()
    else if (performance.now() >= graceEnds) server.closeIdleConnections()
  }
  server.closeAllConnections()
  return isClosed()
}
