import { messagesFor } from '../../messages/catalogues.ts'
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
 * `{"error": "User is not authenticated: …"}`, or 403 for the lack of a permission. The middlewares of `portress/hosts/…` take it as `refuse`.
 *
 * @example
 * ```ts
 * app.use('/orders/*', requireUser(auth, { refuse: refuseUnauthenticated }))
 * ```
 */
export function refuseUnauthenticated(refusal: Refusal, request: RequestHead): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  if (refusal.code === 'forbidden') {
    // The original knows of no permissions, so there are no words of its own for the lack of one.
    const error = messagesFor(en.language).errors.forbidden({})
    return new Response(writeJson({ error }), { status: 403, headers })
  }
  const body = writeJson({ error: en.errors.notAuthenticated(causeOf(refusal, request)) })
  return new Response(body, { status: 401, headers: { ...headers, 'www-authenticate': 'Bearer' } })
}

function causeOf({ code, details }: Refusal, { headers }: RequestHead): string {
  const authorization = headers.get('authorization')
  if (code === 'not_authenticated' || authorization === null) return en.errors.missing('HTTP_AUTHORIZATION')
  // Of a token of ours nothing is known any more, not even whose it was.
  const isForeign = details?.reason === 'malformed' || /[&=].*[&=]/.test(authorization)
  return isForeign ? guardRefusal(authorization) : en.errors.noActiveSession(null)
}
