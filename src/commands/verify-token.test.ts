import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

async function begin(
  options: Parameters<typeof testAuth>[0] = {},
): Promise<TestAuth & { readonly issued: IssuedToken }> {
  const site = testAuth(options)
  await activeUser(site)
  const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'simple-jwt' })
  return { ...site, issued }
}

type Input = Parameters<TestAuth['auth']['verifyToken']>[0]

/** The user's name, or the reason for the refusal. */
async function judged({ auth }: Pick<TestAuth, 'auth'>, input: Input): Promise<unknown> {
  try {
    return (await auth.verifyToken(input)).user.username
  } catch (error) {
    const { code, details } = error as AuthError
    return `${code} ${details.reason}`
  }
}

describe('verifyToken', () => {
  it('takes what it was told to take', async () => {
    const site = await begin()
    const { token: access, refreshToken } = site.issued
    const refresh = refreshToken ?? ''
    const outcomes = []
    for (const token of [access, refresh]) {
      for (const accepts of ['any', 'access', 'refresh'] as const) outcomes.push(await judged(site, { token, accepts }))
    }
    const wrong = 'token_invalid wrong_type'
    expect(outcomes).toEqual(['ann', 'ann', wrong, 'ann', wrong, 'ann'])
  })

  it('uses nothing up', async () => {
    const site = await begin({ simpleJwt: { rotateRefreshTokens: true, blacklistAfterRotation: true } })
    const refreshToken = site.issued.refreshToken ?? ''
    for (let count = 0; count < 3; count += 1) {
      expect(await judged(site, { token: refreshToken, accepts: 'any' })).toBe('ann')
    }
    await site.auth.rotateToken({ refreshToken, carrier: 'simple-jwt' })
    expect(await judged(site, { token: refreshToken, accepts: 'any' })).toBe('token_invalid ended')
  })

  it('tells what is wrong with a token', async () => {
    const site = await begin()
    const { token, session } = site.issued
    expect(await judged(site, { token: 'no token', accepts: 'any' })).toBe('token_invalid malformed')
    await site.auth.setStatus({ userId: session.userId, status: 'disabled' })
    expect(await judged(site, { token, accepts: 'any' })).toBe('token_invalid user_not_active')
    await site.auth.setStatus({ userId: session.userId, status: 'active' })
    expect(await judged(site, { token, accepts: 'any' })).toBe('token_invalid ended')
    site.clock.advance({ minutes: 5 })
    expect(await judged(site, { token, accepts: 'any' })).toBe('token_invalid expired')
  })

  it.each([undefined, null, 5, true, [], {}, '', '\0\0', '\ud800', 'a.b.c', 'x'.repeat(1_000_000)])(
    'takes %j for no token',
    async (token) => {
      const site = await begin()
      const input = { token, accepts: 'any' } as unknown as Input
      expect(await judged(site, input)).toBe('token_invalid malformed')
      const refresh = { refreshToken: token, carrier: 'simple-jwt' } as unknown as { readonly refreshToken: string }
      expect(await refusalOf(site.auth.rotateToken(refresh))).toBe('token_invalid')
    },
  )

  it('asks a manager that tells nothing for values with which one comes in', async () => {
    const site = await begin()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    const { token } = issued
    expect(await judged(site, { token, accepts: 'any', carrier: 'token' })).toBe('ann')
    expect(await judged(site, { token, accepts: 'refresh', carrier: 'token' })).toBe('token_invalid undefined')
    expect(await judged(site, { token: 'no token', accepts: 'any', carrier: 'token' })).toBe('token_invalid undefined')
    expect(await judged(site, { token, accepts: 'any' })).toBe('token_invalid malformed')
  })

  it('counts misses of an address, and good tokens never', async () => {
    const site = await begin({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 2, perSeconds: 60 } } })
    const from = { address: '192.0.2.7' }
    const good = { token: site.issued.token, accepts: 'any' } as const
    const bad = { token: 'no token', accepts: 'any' } as const
    for (let count = 0; count < 5; count += 1) await site.auth.verifyToken(good, from)
    expect(await refusalOf(site.auth.verifyToken(bad, from))).toBe('token_invalid')
    expect(await refusalOf(site.auth.verifyToken(bad, from))).toBe('token_invalid')
    expect(await refusalOf(site.auth.verifyToken(bad, from))).toBe('rate_limited')
    expect(await refusalOf(site.auth.verifyToken(good, from))).toBeNull()
    expect(await refusalOf(site.auth.verifyToken(bad, { address: '192.0.2.8' }))).toBe('token_invalid')
  })
})
