import type { Actor } from '../../model/session.ts'
import { basicScheme } from './basic-scheme.ts'
import { assertCsrfToken } from './csrf.ts'
import { DrfError, refuse } from './drf-error.ts'
import { drfJwtScheme } from './drf-jwt-scheme.ts'
import { jwtCookieScheme } from './jwt-cookie-scheme.ts'
import { jwtScheme } from './jwt-scheme.ts'
import { isSafeMethod } from './safe-methods.ts'
import type { Scheme, SchemeInput } from './scheme.ts'
import { SchemeError } from './scheme-error.ts'
import { sessionScheme } from './session-scheme.ts'
import { tokenScheme } from './token-scheme.ts'
import type { DrfSettings, SchemeName } from './view.ts'

const SCHEMES: { readonly [K in SchemeName]: Scheme } = {
  token: tokenScheme,
  jwt: jwtScheme,
  'jwt-cookie': jwtCookieScheme,
  'drf-jwt': drfJwtScheme,
  session: sessionScheme,
  basic: basicScheme,
}

export interface IdentifyOptions {
  /** A credential that is there and bad counts as none, and so does one that lacks its CSRF token. @default false */
  readonly ignoresBad?: boolean
}

/**
 * Finds out who sent a request: the first scheme that recognises a credential decides, and a bad one is refused even
 * where nobody had to log in.
 *
 * @throws {SchemeError} for a bad credential
 * @throws {DrfError} 403 for a session without its CSRF token
 */
export async function identify(
  input: SchemeInput,
  { ignoresBad = false }: IdentifyOptions = {},
): Promise<Actor | null> {
  if (isCsrfTokenAskedOfAll(input)) await assertCsrfOfAll(input)
  for (const name of input.settings.schemes) {
    const actor = await ask(SCHEMES[name], input, ignoresBad)
    if (actor !== null) return actor
  }
  return null
}

/**
 * What dj-rest-auth can ask of everybody who sends no `Authorization`: a log-in needs the CSRF token, too. It protects who
 * is nobody yet, so no credential that is ignored can be a way around it.
 */
function isCsrfTokenAskedOfAll({ exchange, settings }: SchemeInput): boolean {
  const { accessName = null, enforcesCsrfOnUnauthenticated = false } = settings.jwtCookies ?? {}
  const isAsked = enforcesCsrfOnUnauthenticated && accessName !== null && settings.schemes.includes('jwt-cookie')
  return isAsked && !isSafeMethod(exchange.method) && exchange.header('authorization') === null
}

async function assertCsrfOfAll(input: SchemeInput): Promise<void> {
  input.cookies.isCookieAsked = true
  await assertCsrfToken({ ...input, cookies: input.settings.cookies })
}

async function ask(scheme: Scheme, input: SchemeInput, ignoresBad: boolean): Promise<Actor | null> {
  try {
    return await scheme(input)
  } catch (error) {
    // The one `DrfError` of a scheme is the missing CSRF token.
    const isBad = error instanceof SchemeError || error instanceof DrfError
    if (ignoresBad && isBad) return null
    throw error
  }
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
    case 'jwt-cookie':
      return `${jwtType} realm="api"`
    case 'drf-jwt':
      return 'JWT realm="api"'
    case 'basic':
      return 'Basic realm="api"'
    case 'session':
      return null
  }
}
