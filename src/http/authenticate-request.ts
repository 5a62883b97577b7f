import { authenticate } from '../commands/authenticate.ts'
import type { Engine } from '../commands/context.ts'
import type { ActiveSession } from '../model/session.ts'
import { findTokenOrCookie } from './find-credential.ts'
import { assertHeadersSameSite } from './origin-check.ts'

/** What of a request tells who sends it. A `Request` is one; hosts with another kind of request make one of theirs. */
export interface RequestHead {
  readonly method: string
  readonly headers: { get(name: string): string | null }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The session that a request of the application's own carries, or `null` when it carries none.
 *
 * @throws {AuthError} `token_invalid`, `cross_site_request`
 */
export async function authenticateRequest(engine: Engine, request: RequestHead): Promise<ActiveSession | null> {
  const header = (name: string): string | null => request.headers.get(name)
  const credential = findTokenOrCookie(header, engine.config.cookies.sessionName)
  if (credential === null) return null
  if (credential.sentBy === 'cookie' && !SAFE_METHODS.has(request.method)) {
    assertHeadersSameSite(header, { engine, usesCookie: true })
  }
  return authenticate(engine, credential.token)
}
