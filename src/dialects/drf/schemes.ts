import type { Actor } from '../../model/session.ts'
import { basicScheme } from './basic-scheme.ts'
import { type DrfError, refuse } from './drf-error.ts'
import { jwtScheme } from './jwt-scheme.ts'
import type { Scheme, SchemeInput } from './scheme.ts'
import { sessionScheme } from './session-scheme.ts'
import { tokenScheme } from './token-scheme.ts'
import type { DrfSettings, SchemeName } from './view.ts'

const SCHEMES: { readonly [K in SchemeName]: Scheme } = {
  token: tokenScheme,
  jwt: jwtScheme,
  session: sessionScheme,
  basic: basicScheme,
}

/**
 * Finds out who sent a request: the first scheme that recognises a credential decides, and a bad one is refused even
 * where nobody had to log in.
 *
 * @throws {SchemeError} for a bad credential
 * @throws {DrfError} 403 for a session without its CSRF token
 */
export async function identify(input: SchemeInput): Promise<Actor | null> {
  for (const name of input.settings.schemes) {
    const actor = await SCHEMES[name](input)
    if (actor !== null) return actor
  }
  return null
}

/** A 401 where the first scheme has a challenge, else a 403 (Django REST framework's `get_authenticate_header`). */
export function unauthorized(settings: DrfSettings, detail: string): DrfError {
  const challenge = challengeOf(settings)
  return challenge === null ? refuse(403, detail) : refuse(401, detail, { 'www-authenticate': challenge })
}

/** What the first scheme asks for in `WWW-Authenticate`; cookies have no such word. */
function challengeOf({ schemes: [first], jwtTypes: [jwtType] }: DrfSettings): string | null {
  switch (first) {
    case 'token':
      return 'Token'
    case 'jwt':
      return `${jwtType} realm="api"`
    case 'basic':
      return 'Basic realm="api"'
    case 'session':
      return null
  }
}
