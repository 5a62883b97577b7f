import type { Context, MiddlewareHandler } from 'hono'
import type { FetchHandler } from './node.ts'
import { type GuardOptions, guardRequest, type UserSource } from './user-guard.ts'

export type { FetchHandler } from './node.ts'
export type { GuardOptions, Refusal, RequestHead, UserSource } from './user-guard.ts'

export interface HonoHandlerOptions {
  /**
   * The address of the other side, which limits are counted by; `getConnInfo` of your runtime knows it.
   *
   * @default the socket's, on `@hono/node-server`; elsewhere nobody knows it, and all callers count as one source
   */
  readonly address?: (c: Context) => string | null | undefined
}

/**
 * Makes a handler for Hono out of `auth.fetch`. A body that a validator or a handler before it has read through `c.req` is read
 * again.
 *
 * @example
 * ```ts
 * app.all('/api/*', toHonoHandler(auth.fetch))
 * ```
 */
export function toHonoHandler(
  fetch: FetchHandler,
  { address = socketAddress }: HonoHandlerOptions = {},
): (c: Context) => Promise<Response> {
  return async (c) => {
    const request = await unreadRequest(c)
    return fetch(request, { address: address(c) ?? null, header: (name) => request.headers.get(name) })
  }
}

/** What the binding of `@hono/node-server` has in it. */
function socketAddress({ env }: Context): string | null {
  const { incoming } = (env ?? {}) as { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress ?? null
}

async function unreadRequest({ req }: Context): Promise<Request> {
  const { raw } = req
  if (!raw.bodyUsed) return raw
  const { method, signal } = raw
  const headers = new Headers(raw.headers)
  // What it was counted in may differ a little from what it is written again in.
  headers.delete('content-length')
  // Read as a form, it would be written again as multipart, with a boundary of its own.
  if (req.bodyCache.formData === undefined) {
    return new Request(raw.url, { method, headers, signal, body: await req.arrayBuffer() })
  }
  headers.set('content-type', 'application/x-www-form-urlencoded')
  const pairs = [...(await req.formData())].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return new Request(raw.url, { method, headers, signal, body: new URLSearchParams(pairs).toString() })
}

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
