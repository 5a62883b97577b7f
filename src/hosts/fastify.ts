import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FetchHandler, toNodeListener } from './node.ts'
import { replayBody } from './replay-body.ts'
import {
  type GuardOptions,
  guardedUsers,
  guardRequest,
  headOf,
  type NodeRequestHead,
  type UserSource,
} from './user-guard.ts'

export type { FetchHandler } from './node.ts'
export type { GuardOptions, NodeRequestHead, Refusal, RequestHead, UserSource } from './user-guard.ts'

/** The part of a Fastify application that the plugin needs. */
export interface FastifyScope {
  readonly prefix: string
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(path: string, handler: (request: RawRequest, reply: RawReply) => Promise<unknown>): unknown
}

interface RawRequest {
  readonly raw: IncomingMessage
  readonly body: unknown
}

interface RawReply {
  readonly raw: ServerResponse
  getHeaders(): Record<string, number | string | string[] | undefined>
  hijack(): unknown
}

/**
 * Makes a plugin for Fastify out of `auth.fetch`: it answers everything below its prefix that the application does not.
 *
 * Parsers of the application are left out in it, so that Portress reads each body by its own rules. Headers that hooks have
 * set stay, unless Portress sets the same ones.
 *
 * @example
 * ```ts
 * app.register(toFastifyPlugin(auth.fetch), { prefix: '/api' })
 * ```
 */
export function toFastifyPlugin(fetch: FetchHandler): (app: FastifyScope) => Promise<void> {
  const handle = toFastifyHandler(fetch)
  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.all('/*', handle)
    if (app.prefix !== '') app.all('/', handle)
  }
}

/**
 * Makes a handler for a route of Fastify out of `auth.fetch`. What a parser of the application has read is put back; a body that it
 * knows no parser for never gets here, for which there is `toFastifyPlugin`.
 *
 * @example
 * ```ts
 * app.all('/api/*', toFastifyHandler(auth.fetch))
 * ```
 */
export function toFastifyHandler(fetch: FetchHandler): (request: RawRequest, reply: RawReply) => Promise<unknown> {
  const listen = toNodeListener(fetch)
  return async ({ raw, body }, reply) => {
    replayBody(Object.assign(raw, { body }))
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    reply.hijack()
    await listen(raw, reply.raw)
    return reply
  }
}

/** The part of a Fastify reply that a refusal needs. */
export interface FastifyReply {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(body: string): unknown
}

export interface FastifyGuard<U> {
  (request: NodeRequestHead, reply: FastifyReply): Promise<unknown>
  /** The user of a request that this guard has let in. @throws {TypeError} for any other request */
  userOf(request: object): U
}

/**
 * A hook for Fastify that lets only users in.
 *
 * @example
 * ```ts
 * const members = requireUser(auth)
 * app.get('/orders', { onRequest: members }, (request) => ordersOf(members.userOf(request)))
 * ```
 */
export function requireUser<U>(auth: UserSource<U>, options: GuardOptions = {}): FastifyGuard<U> {
  const { keep, userOf } = guardedUsers<U>()
  const guard = async (request: NodeRequestHead, reply: FastifyReply): Promise<unknown> => {
    const guarded = await guardRequest(auth, headOf(request), options)
    if ('user' in guarded) return keep(request, guarded.user)
    const { response } = guarded
    reply.code(response.status)
    reply.headers(Object.fromEntries(response.headers))
    reply.send(await response.text())
    return reply
  }
  return Object.assign(guard, { userOf })
}
