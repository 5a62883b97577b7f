import { AuthError } from '../errors.ts'
import { readCookie } from './cookies.ts'
import type { Credential } from './dialect.ts'

/** RFC 6750 §2.1: one scheme, one space, one token of these characters. */
const BEARER = /^bearer ([\w.~+/-]+=*)$/i

/** Longer headers hold no token of ours, and are not even looked at. */
const MAX_LENGTH = 8192

/**
 * The bearer token of the `Authorization` header, or else the session cookie, or `null`. A header decides alone: a
 * request that names a credential never falls back to the cookie that its browser added.
 *
 * @throws {AuthError} `token_invalid` for a header that is there and not of this form
 */
export function findBearerOrCookie(header: (name: string) => string | null, cookieName: string): Credential | null {
  const authorization = header('authorization')
  if (authorization !== null) {
    const token = authorization.length > MAX_LENGTH ? undefined : BEARER.exec(authorization)?.[1]
    if (token === undefined) throw new AuthError('token_invalid')
    return { token, sentBy: 'header' }
  }
  const cookie = readCookie(header('cookie'), cookieName)
  return cookie === null || cookie === '' ? null : { token: cookie, sentBy: 'cookie' }
}
