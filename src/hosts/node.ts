import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

/** What a host needs of an application: `auth.fetch`, or any function like it. */
export type FetchHandler = (
  request: Request,
  peer: { readonly address: string | null; readonly header: (name: string) => string | null },
) => Response | Promise<Response>

/**
 * Makes a listener for `node:http` out of `auth.fetch`.
 *
 * @example
 * ```ts
 * createServer(toNodeListener(auth.fetch)).listen(3000)
 * ```
 */
export function toNodeListener(
  fetch: FetchHandler,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return getRequestListener((request, env) => {
    const incoming = env.incoming as IncomingMessage
    if (!hasPathAsSent(request, incoming)) return new Response(null, { status: 404 })
    return fetch(request, {
      address: incoming.socket.remoteAddress ?? null,
      header: (name) => {
        const value = incoming.headers[name]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    })
  })
}

/**
 * Whether the path is the one that was sent. A framework, a guard of the application or a proxy in front may have judged that one, and
 * dot segments, which the making of a `Request` resolves, or an odd `Host` would make another of it.
 */
function hasPathAsSent({ url }: Request, { url: target = '/' }: IncomingMessage): boolean {
  const begin = url.indexOf('/', url.indexOf('//') + 2)
  if (url.length - begin === target.length && url.endsWith(target)) return true
  const sent = /^[^?#]*/.exec(target.replace(/^https?:\/\/[^/?#\\]*/i, ''))?.[0] || '/'
  return !NOT_PLAIN.test(sent) && new URL(`http://localhost${sent}`).pathname === new URL(url).pathname
}

/** WHATWG URL §4.4: a backslash counts as a slash, and dots may be written as `%2e`. */
const NOT_PLAIN = /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i
