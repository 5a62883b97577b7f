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
    return fetch(request, {
      address: incoming.socket.remoteAddress ?? null,
      header: (name) => {
        const value = incoming.headers[name]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    })
  })
}
