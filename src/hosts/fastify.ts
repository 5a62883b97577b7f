import {
  type GuardOptions,
  guardedUsers,
  guardRequest,
  headOf,
  type NodeRequestHead,
  type UserSource,
} from './user-guard.ts'

export type { GuardOptions, NodeRequestHead, Refusal, RequestHead, UserSource } from './user-guard.ts'

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
