import type { ServerResponse } from 'node:http'
import { type FetchHandler, toNodeListener } from './node.ts'
import { type ParsedRequest, replayBody } from './replay-body.ts'
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

/** The part of an Express request that the handler needs. */
export type ExpressRequest = ParsedRequest & {
  /** The path as it was sent, before a router took its prefix away. */
  readonly originalUrl?: string
}

/**
 * Makes a handler for Express, and for whatever takes its form, out of `auth.fetch`.
 *
 * It may stand behind body parsers and inside of routers: what they read is put back, and a mount is named by the whole path.
 *
 * @example
 * ```ts
 * app.use('/api', toExpressHandler(auth.fetch))
 * ```
 */
export function toExpressHandler(
  fetch: FetchHandler,
): (request: ExpressRequest, response: ServerResponse, next: (error?: unknown) => void) => Promise<void> {
  const listen = toNodeListener(fetch)
  return async (request, response, next) => {
    try {
      request.url = request.originalUrl ?? request.url
      replayBody(request)
    } catch (error) {
      return next(error)
    }
    await listen(request, response)
  }
}

/** The part of an Express response that a refusal needs; that of `node:http` will do as well. */
export interface ExpressResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown }
}

export interface ExpressGuard<U> {
  (request: NodeRequestHead, response: ExpressResponse, next: (error?: unknown) => void): Promise<void>
  /** The user of a request that this guard has let in. @throws {TypeError} for any other request */
  userOf(request: object): U
}

/**
 * Middleware for Express, and for whatever takes its form, that lets only users in.
 *
 * @example
 * ```ts
 * const members = requireUser(auth)
 * app.get('/orders', members, (request, response) => response.json(ordersOf(members.userOf(request))))
 * ```
 */
export function requireUser<U>(auth: UserSource<U>, options: GuardOptions = {}): ExpressGuard<U> {
  const { keep, userOf } = guardedUsers<U>()
  const guard = async (...[request, response, next]: Parameters<ExpressGuard<U>>): Promise<void> => {
    try {
      const guarded = await guardRequest(auth, headOf(request), options)
      if ('response' in guarded) return await send(response, guarded.response)
      keep(request, guarded.user)
    } catch (error) {
      // Express 4 does not wait for what middleware returns.
      return next(error)
    }
    next()
  }
  return Object.assign(guard, { userOf })
}

async function send(response: ExpressResponse, refusal: Response): Promise<void> {
  const body = await refusal.text()
  response.writeHead(refusal.status, Object.fromEntries(refusal.headers)).end(body)
}
