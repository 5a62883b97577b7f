import { describe, expect, it } from 'vitest'
import { findBearerOrCookie, findTokenOrCookie, tokenIn } from './find-credential.ts'

const headers =
  (values: Readonly<Record<string, string>>) =>
  (name: string): string | null =>
    values[name] ?? null

const refusal = expect.objectContaining({ code: 'token_invalid' })

/** What is found, or the code of the refusal. */
function found(find: typeof findTokenOrCookie, values: Readonly<Record<string, string>>): unknown {
  try {
    return find(headers(values), 'sid')?.token ?? null
  } catch (error) {
    return (error as { readonly code: string }).code
  }
}

describe('findTokenOrCookie', () => {
  it.each(['abc', 'Bearer abc', 'bearer abc', 'Token abc', 'JWT abc', 'x-any abc', 'Token  abc'])(
    'takes the token of %j',
    (authorization) => {
      expect(found(findTokenOrCookie, { authorization })).toBe('abc')
    },
  )

  it.each(['', ' ', 'a b c', 'Bearer ', 'Bearer a&b', 'exp=1&user_id=2', 'Be arer abc', 'x'.repeat(8193), '\u00ff'])(
    'refuses %j',
    (authorization) => {
      expect(found(findTokenOrCookie, { authorization, cookie: 'sid=good' })).toBe('token_invalid')
      expect(tokenIn(authorization)).toBeNull()
    },
  )

  it('takes the cookie only where there is no header', () => {
    expect(found(findTokenOrCookie, { cookie: 'sid=good' })).toBe('good')
    expect(found(findTokenOrCookie, { cookie: 'sid=good', authorization: 'Bearer abc' })).toBe('abc')
    expect(found(findTokenOrCookie, {})).toBeNull()
  })
})

describe('findBearerOrCookie', () => {
  it('takes a bearer token alone, as RFC 6750 writes it', () => {
    expect(found(findBearerOrCookie, { authorization: 'Bearer abc' })).toBe('abc')
    for (const authorization of ['abc', 'Token abc', 'Bearer  abc', 'Bearer']) {
      expect(() => findBearerOrCookie(headers({ authorization }), 'sid')).toThrow(refusal)
    }
  })
})
