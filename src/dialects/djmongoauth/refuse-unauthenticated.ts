import { en } from '../../messages/djmongoauth/en.ts'
import { guardRefusal } from './foreign-token.ts'
import { writeJson } from './write.ts'

/** What is known of a refusal: an `AuthError` of `auth.requireUser` fits. */
interface Refusal {
  readonly code: string
  readonly details?: { readonly reason?: string | undefined }
}

interface RequestHead {
  readonly headers: { get(name: string): string | null }
}

/**
 * Answers for a handler of your own, in the words in which the original's `authenticated` raises: 401 with
 * `{"error": "User is not authenticated: …"}`. The middlewares of `portress/hosts/…` take it as `refuse`.
 *
 * @example
 * ```ts
 * app.use('/orders/*', requireUser(auth, { refuse: refuseUnauthenticated }))
 * ```
 */
export function refuseUnauthenticated(refusal: Refusal, request: RequestHead): Response {
  const body = writeJson({ error: en.errors.notAuthenticated(causeOf(refusal, request)) })
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'www-authenticate': 'Bearer' }
  return new Response(body, { status: 401, headers })
}

function causeOf({ code, details }: Refusal, { headers }: RequestHead): string {
  const authorization = headers.get('authorization')
  if (code === 'not_authenticated' || authorization === null) return en.errors.missing('HTTP_AUTHORIZATION')
  // Of a token of ours nothing is known any more, not even whose it was.
  const isForeign = details?.reason === 'malformed' || /[&=].*[&=]/.test(authorization)
  return isForeign ? guardRefusal(authorization) : en.errors.noActiveSession(null)
}
