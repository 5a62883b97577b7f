import type { Auth } from '../../auth.ts'
import type { Logger } from '../../contracts/logger.ts'
import type { FetchHandler } from '../../hosts/node.ts'

/** Writes one line for each request: what was asked for without its query, how it ended, and how long it took. */
export function logRequests(fetch: Auth['fetch'], logger: Logger): FetchHandler {
  return async (request, peer) => {
    const started = performance.now()
    const requestId = crypto.randomUUID()
    const response = await fetch(request, { ...peer, requestId })
    const milliseconds = Math.round((performance.now() - started) * 10) / 10
    const { method } = request
    const { pathname: path } = new URL(request.url)
    logger.debug({ method, path, status: response.status, milliseconds, requestId }, 'answered')
    return response
  }
}
