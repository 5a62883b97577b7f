import { AuthError } from '../errors.ts'
import { readCookie } from './cookies.ts'
import type { Credential } from './dialect.ts'

/** RFC 6750 §2.1: one scheme, one space, one token of these characters. */
const BEARER = /^bearer ([\w.~+/-]+=*)$/i

/** The same token after whatever word, or alone. */
const ANY_SCHEME = /^(?:[\w-]{1,32} +)?([\w.~+/-]+=*)$/

/** Longer headers hold no token of ours, and are not even looked at. */
const MAX_LENGTH = 8192

type ReadHeader = (name: string) => string | null

/**
 * The bearer token of the `Authorization` header, or else the session cookie, or `null`. A header decides alone: a
 * request that names a credential never falls back to the cookie that its browser added.
 *
 * @throws {AuthError} `token_invalid` for a header that is there and not of this form
 */
export function findBearerOrCookie(header: ReadHeader, cookieName: string): Credential | null {
  return tokenOrCookie({ header, form: BEARER, cookieName })
}

/**
 * The same for the application's own handlers, whose clients may have been written for any vocabulary: whatever word
 * stands before the token, or none at all. The token is a secret by itself, so nothing hangs on that word.
 *
 * @throws {AuthError} `token_invalid` for a header in which there is no token
 */
export function findTokenOrCookie(header: ReadHeader, cookieName: string): Credential | null {
  return tokenOrCookie({ header, form: ANY_SCHEME, cookieName })
}

/** The token in an `Authorization` header of any scheme or none; `null` where there is none in it. */
export function tokenIn(authorization: string): string | null {
  return readToken(authorization, ANY_SCHEME)
}

interface WhereToLook {
  readonly header: ReadHeader
  readonly form: RegExp
  readonly cookieName: string
}

function tokenOrCookie({ header, form, cookieName }: WhereToLook): Credential | null {
  const authorization = header('authorization')
  if (authorization !== null) {
    const token = readToken(authorization, form)
    if (token === null) throw new AuthError('token_invalid')
    return { token, sentBy: 'header' }
  }
  const cookie = readCookie(header('cookie'), cookieName)
  return cookie === null || cookie === '' ? null : { token: cookie, sentBy: 'cookie' }
}

function readToken(authorization: string, form: RegExp): string | null {
  return authorization.length > MAX_LENGTH ? null : (form.exec(authorization)?.[1] ?? null)
}
