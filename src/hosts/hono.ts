import type { MiddlewareHandler } from 'hono'
import { type GuardOptions, guardRequest, type UserSource } from './user-guard.ts'

export type { GuardOptions, Refusal, RequestHead, UserSource } from './user-guard.ts'

/**
 * Middleware for Hono that lets only users in; the handlers behind it find theirs as `c.get('user')`.
 *
 * @example
 * ```ts
 * app.use('/orders/*', requireUser(auth))
 * ```
 */
export function requireUser<U>(
  auth: UserSource<U>,
  options: GuardOptions = {},
): MiddlewareHandler<{ Variables: { user: U } }> {
  return async (c, next) => {
    const guarded = await guardRequest(auth, c.req.raw, options)
    if ('response' in guarded) return guarded.response
    c.set('user', guarded.user)
    await next()
    return undefined
  }
}
