import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES } from '../../test/support/members.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'
import { opaqueTokens } from '../tokens/opaque-tokens.ts'

type Refreshable = 'jwt' | 'simple-jwt'

interface Begun extends TestAuth {
  readonly carrier: Refreshable
  readonly issued: IssuedToken
}

async function begin(carrier: Refreshable, options: Parameters<typeof testAuth>[0] = {}): Promise<Begun> {
  const site = testAuth(options)
  await activeUser(site)
  const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier })
  return { ...site, carrier, issued }
}

/** `null` when the session was ended, or the reason for the refusal. */
async function reasonFor({ auth, carrier }: Begun, refreshToken: unknown): Promise<unknown> {
  try {
    await auth.revokeToken({ refreshToken: refreshToken as string, carrier })
    return null
  } catch (error) {
    const { code, details } = error as AuthError
    return `${code} ${details.reason}`
  }
}

describe.each<Refreshable>(['jwt', 'simple-jwt'])('revokeToken of the carrier %s', (carrier) => {
  it('ends the session, its access token and its refresh token, and no other', async () => {
    const events: string[] = []
    const log = (name: string) => () => void events.push(name)
    const site = await begin(carrier, { events: { userLoggedOut: log('out'), sessionRevoked: log('revoked') } })
    const { auth, issued } = site
    const other = await auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier })
    expect(await reasonFor(site, issued.refreshToken)).toBeNull()
    expect(await refusalOf(auth.authenticate(bearer(issued)))).toBe('token_invalid')
    expect(await refusalOf(auth.rotateToken({ refreshToken: issued.refreshToken ?? '', carrier }))).toBe(
      'token_invalid',
    )
    expect(await auth.authenticate(bearer(other.issued))).not.toBeNull()
    expect(events).toEqual(['out'])
    const attempts = await auth.listAttempts({ scope: 'all', filter: { limit: 10 } })
    const loggedOut = attempts.filter(({ loggedOutAt }) => loggedOutAt !== null)
    expect(loggedOut.map(({ sessionId }) => sessionId)).toEqual([issued.session.id])
  })

  it('ends a session once, however many ask at the same time', async () => {
    const site = await begin(carrier)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => reasonFor(site, site.issued.refreshToken)))
    expect(outcomes.filter((reason) => reason === null)).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set([null, 'token_invalid ended']))
    expect(await reasonFor(site, site.issued.refreshToken)).toBe('token_invalid ended')
  })

  it('takes neither an access token nor the token of another carrier', async () => {
    const site = await begin(carrier)
    const { auth, issued } = site
    expect(await reasonFor(site, issued.token)).toBe('token_invalid wrong_type')
    for (const foreign of ['token', carrier === 'jwt' ? 'simple-jwt' : 'jwt'] as const) {
      const other = await auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: foreign })
      const value = other.issued.refreshToken ?? other.issued.token
      expect(await reasonFor(site, value)).toBe('token_invalid malformed')
      expect(await auth.authenticate(bearer(other.issued))).not.toBeNull()
    }
    expect(await auth.authenticate(bearer(issued))).not.toBeNull()
  })

  it.each([undefined, ...HOSTILE_VALUES])('takes %j for no token', async (value) => {
    const site = await begin(carrier)
    expect(await reasonFor(site, value)).toBe('token_invalid malformed')
  })

  it('also ends what a user left behind who may not log in any more', async () => {
    const site = await begin(carrier)
    const { auth, issued } = site
    await auth.setEmail({ email: 'new@example.org', activation: 'mailed' }, { actor: issued })
    expect(await reasonFor(site, issued.refreshToken)).toBeNull()
    expect(await reasonFor(site, issued.refreshToken)).toMatch(/^token_invalid (?:ended|user_not_active)$/)
  })

  it('counts misses of an address, and good tokens never', async () => {
    const site = await begin(carrier, {
      rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 2, perSeconds: 60 } },
    })
    const { auth, issued } = site
    const revoke = (refreshToken: string) =>
      refusalOf(auth.revokeToken({ refreshToken, carrier }, { address: '192.0.2.7' }))
    const refusals = [await revoke('nonsense'), await revoke(issued.token), await revoke('nonsense')]
    expect(refusals).toEqual(['token_invalid', 'token_invalid', 'rate_limited'])
    expect(await revoke(issued.refreshToken ?? '')).toBeNull()
  })
})

describe('revokeToken', () => {
  it('takes those of the carrier jwt where nothing else is said', async () => {
    const { auth, issued } = await begin('jwt')
    await auth.revokeToken({ refreshToken: issued.refreshToken ?? '' })
    expect(await refusalOf(auth.authenticate(bearer(issued)))).toBe('token_invalid')
  })

  it('takes the parent of the present token within the grace, and ends nothing for an older one', async () => {
    const site = await begin('jwt')
    const { auth, issued } = site
    const child = (await auth.rotateToken({ refreshToken: issued.refreshToken ?? '' })).issued
    site.clock.advance({ seconds: 11 })
    expect(await reasonFor(site, issued.refreshToken)).toBe('token_invalid ended')
    expect(await auth.authenticate(bearer(child))).not.toBeNull()
    await auth.rotateToken({ refreshToken: child.refreshToken ?? '' })
    expect(await reasonFor(site, child.refreshToken)).toBeNull()
    expect(await refusalOf(auth.authenticate(bearer(child)))).toBe('token_invalid')
  })

  it('ends nothing for a token of simplejwt that is spent or expired', async () => {
    const site = await begin('simple-jwt', {
      simpleJwt: { rotateRefreshTokens: true, blacklistAfterRotation: true },
    })
    const { auth, issued } = site
    const { issued: child } = await auth.rotateToken({ refreshToken: issued.refreshToken ?? '', carrier: 'simple-jwt' })
    expect(await reasonFor(site, issued.refreshToken)).toBe('token_invalid ended')
    expect(await auth.authenticate(bearer(child))).not.toBeNull()
    site.clock.advance({ days: 1 })
    expect(await reasonFor(site, child.refreshToken)).toBe('token_invalid expired')
  })

  it('is a fault where the manager of the carrier cannot tell whose a token is', async () => {
    const site = await begin('jwt', { tokens: [(tools) => ({ ...opaqueTokens()(tools), carriers: ['jwt'] })] })
    await expect(site.auth.revokeToken({ refreshToken: 'a' })).rejects.toThrow('has no inspect()')
  })
})
