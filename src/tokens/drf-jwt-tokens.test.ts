import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { TEST_SECRET, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Auth } from '../auth.ts'
import type { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import { deriveKey } from '../util/secrets.ts'

const OTHER_SECRET = 'Vq8mHs2Yc5KxRt7Ld0WnZb3PfGj6EuTa'

const closing: Pick<Auth, 'close'>[] = []

afterEach(async () => {
  for (const auth of closing.splice(0)) await auth.close()
})

function openSite(options: Parameters<typeof testAuth>[0] = {}): TestAuth {
  const site = testAuth(options)
  closing.push(site.auth)
  return site
}

async function logIn({ auth }: Pick<TestAuth, 'auth'>, identifier = 'ann'): Promise<IssuedToken> {
  return (await auth.login({ identifier, password: GOOD_PASSWORD, carrier: 'drf-jwt' })).issued
}

/** A site with one user who has just logged in. */
async function begin(options: Parameters<typeof testAuth>[0] = {}): Promise<TestAuth & IssuedToken> {
  const site = openSite(options)
  await activeUser(site)
  return { ...site, ...(await logIn(site)) }
}

type Site = Pick<TestAuth, 'auth'>

/** Whose the token is, or the reason for its refusal with the claim that is missing. */
async function judged({ auth }: Site, token: string): Promise<unknown> {
  try {
    return (await auth.verifyToken({ token, accepts: 'access', carrier: 'drf-jwt' })).user.username
  } catch (error) {
    const { reason, claim } = (error as AuthError).details
    return claim === undefined ? reason : `${reason} ${claim}`
  }
}

/** Whose the token is where any carrier may come in, or the reason for its refusal. */
async function whoIs({ auth }: Site, token: string): Promise<unknown> {
  const request = new Request('https://acme.test/', { headers: { authorization: `Bearer ${token}` } })
  try {
    return (await auth.authenticate(request))?.user.username
  } catch (error) {
    return (error as AuthError).details.reason
  }
}

type Claims = Readonly<Record<string, unknown>>

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const textOf = (token: string, part: 0 | 1): string => Buffer.from(token.split('.')[part] ?? '', 'base64url').toString()

const claimsOf = (token: string): Claims => JSON.parse(textOf(token, 1)) as Claims

const SIGNING_KEY = deriveKey(TEST_SECRET, 'drf-jwt')

/** A token of these parts, signed as the site signs. */
function mint(claims: Claims, { alg = 'HS256', key = SIGNING_KEY } = {}): string {
  const text = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

describe('the token of djangorestframework-jwt', () => {
  it('has the header and the claims of the original, in its order, and its session', async () => {
    const { token, session, clock, expiresAt, refreshToken, refreshExpiresAt } = await begin()
    const exp = clock.now().getTime() / 1000 + 300
    expect(textOf(token, 0)).toBe('{"alg":"HS256","typ":"JWT"}')
    const expected = { user_id: session.userId, username: 'ann', exp, email: 'ann@example.org', sid: session.id }
    expect(textOf(token, 1)).toBe(JSON.stringify(expected))
    expect(mint(claimsOf(token))).toBe(token)
    expect(expiresAt).toEqual(new Date(exp * 1000))
    expect([refreshToken, refreshExpiresAt]).toEqual([null, null])
  })

  it('names no address where there is none, and a UUID as text', async () => {
    const site = openSite({ ids: 'uuid', user: { email: 'optional' } })
    const { user } = await site.auth.register({ username: 'ann', password: GOOD_PASSWORD })
    const { token, session } = await logIn(site)
    expect(Object.keys(claimsOf(token))).toEqual(['user_id', 'username', 'exp', 'sid'])
    expect(claimsOf(token)).toMatchObject({ user_id: user.id })
    expect(await judged(site, token)).toBe('ann')
    expect(session.userId).toBe(user.id)
  })

  it('names the address in place of a name where users have none', async () => {
    const site = openSite({ user: { username: 'none' } })
    await site.auth.createUser({ email: 'ann@example.org', password: GOOD_PASSWORD, passwordCheck: 'bypassed' })
    const { token } = await logIn(site, 'ann@example.org')
    expect(claimsOf(token)).toMatchObject({ username: 'ann@example.org', email: 'ann@example.org' })
    expect(await judged(site, token)).toBeNull()
  })

  it('comes in beside the other tokens in three parts, each by its own manager', async () => {
    const site = await begin()
    for (const carrier of ['drf-jwt', 'simple-jwt', 'jwt'] as const) {
      const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier })
      expect([carrier, await whoIs(site, issued.token)]).toEqual([carrier, 'ann'])
      expect([carrier, await judged(site, issued.token)]).toEqual([
        carrier,
        { 'drf-jwt': 'ann', 'simple-jwt': 'bad_signature', jwt: 'wrong_algorithm' }[carrier],
      ])
    }
  })

  it('is good for its lifetime, and its session no longer', async () => {
    const site = await begin({ drfJwt: { accessTokenLifetimeSeconds: 60 } })
    site.clock.advance({ milliseconds: 59_999 })
    expect(await judged(site, site.token)).toBe('ann')
    await site.auth.flush()
    site.clock.advance({ milliseconds: 1 })
    expect(await judged(site, site.token)).toBe('expired')
    expect(await whoIs(site, site.token)).toBe('expired')
    const other = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    expect(await site.auth.listSessions({ actor: other.issued })).toHaveLength(1)
  })

  it('is no refresh token, and there is none for it', async () => {
    const site = await begin()
    const asked = { token: site.token, accepts: 'refresh', carrier: 'drf-jwt' } as const
    await expect(site.auth.verifyToken(asked)).rejects.toMatchObject({ details: { reason: 'wrong_type' } })
    for (const carrier of ['jwt', 'simple-jwt'] as const) {
      const exchange = site.auth.rotateToken({ refreshToken: site.token, carrier })
      await expect(exchange).rejects.toMatchObject({ code: 'token_invalid' })
    }
  })

  it('ends with a log-out, a new password and a disabled user', async () => {
    const site = await begin()
    await site.auth.logout({ actor: { session: site.session } })
    expect(await judged(site, site.token)).toBe('ended')
    const second = await logIn(site)
    await site.auth.setPassword({
      userId: site.session.userId,
      newPassword: 'noisy heron on the lock',
      passwordCheck: 'bypassed',
    })
    expect(await judged(site, second.token)).toBe('ended')
    await site.auth.setStatus({ userId: site.session.userId, status: 'disabled' })
    expect(await judged(site, second.token)).toBe('user_not_active')
  })

  it('ends with the name that it was made for, also where only its spelling changes', async () => {
    const site = await begin()
    const rename = (newUsername: string) =>
      site.auth.changeUsername({ newUsername, currentPassword: GOOD_PASSWORD }, { actor: { session: site.session } })
    await rename('Ann')
    expect(await judged(site, site.token)).toBe('user_unknown')
    expect(await whoIs(site, site.token)).toBe('user_unknown')
    await rename('ann')
    expect(await judged(site, site.token)).toBe('ann')
  })

  it('ends with the user', async () => {
    const site = await begin()
    await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor: { session: site.session } })
    expect(await judged(site, site.token)).toBe('user_unknown')
  })

  it('outlives a secret that is put in front of its own, and ends when that is taken away', async () => {
    const { factory } = openStore()
    const before = await begin({ store: factory })
    const during = openSite({ store: factory, secrets: [OTHER_SECRET, TEST_SECRET] })
    expect(await judged(during, before.token)).toBe('ann')
    expect(await judged(openSite({ store: factory, secrets: [OTHER_SECRET] }), before.token)).toBe('bad_signature')
  })
})

describe('a forged token of djangorestframework-jwt', () => {
  it.each<[string, string, (claims: Claims) => string]>([
    ['unsigned', 'wrong_algorithm', (claims) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`],
    ['unsigned, with a signature', 'wrong_algorithm', (claims) => mint(claims, { alg: 'none' })],
    ['of another MAC', 'wrong_algorithm', (claims) => mint(claims, { alg: 'HS512' })],
    ['of another key', 'bad_signature', (claims) => mint(claims, { key: deriveKey(OTHER_SECRET, 'drf-jwt') })],
    ['of another purpose', 'bad_signature', (claims) => mint(claims, { key: deriveKey(TEST_SECRET, 'simple-jwt') })],
    ['of the secret itself', 'bad_signature', (claims) => mint(claims, { key: Buffer.from(TEST_SECRET) })],
    ['of other claims', 'bad_signature', (claims) => swapClaims(mint(claims), { ...claims, user_id: 2 })],
    ['without a signature', 'malformed', (claims) => mint(claims).replace(/[^.]+$/, '')],
    ['with more at its end', 'malformed', (claims) => `${mint(claims)}=`],
    ['that is no object', 'malformed', () => mint([] as unknown as Claims)],
    ['whose expiry is text', 'malformed', (claims) => mint({ ...claims, exp: '9999999999' })],
    ['without a name', 'missing_claim username', (claims) => mint({ ...claims, username: undefined })],
    ['with a name that is none', 'missing_claim username', (claims) => mint({ ...claims, username: ['ann'] })],
    ['without a user', 'missing_claim user_id', (claims) => mint({ ...claims, user_id: undefined })],
    ['without an end', 'missing_claim exp', (claims) => mint({ ...claims, exp: undefined })],
    ['without a session', 'missing_claim sid', (claims) => mint({ ...claims, sid: undefined })],
    ['of a session that there is not', 'ended', (claims) => mint({ ...claims, sid: 'nowhere' })],
    ['of another user', 'ended', (claims) => mint({ ...claims, user_id: 2 })],
    ['of a user’s id as text', 'user_unknown', (claims) => mint({ ...claims, user_id: '1' })],
    ['of another name', 'user_unknown', (claims) => mint({ ...claims, username: 'bob' })],
  ])('is refused: %s', async (_, reason, forge) => {
    const site = await begin()
    await activeUser(site, 'bob')
    const claims = claimsOf(site.token)
    expect(await judged(site, mint(claims))).toBe('ann')
    expect(await judged(site, forge(claims))).toBe(reason)
    expect(await whoIs(site, forge(claims))).not.toBe('ann')
  })

  it('is refused for the session of another carrier', async () => {
    const site = await begin()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'simple-jwt' })
    expect(await judged(site, mint({ ...claimsOf(site.token), sid: issued.session.id }))).toBe('ended')
  })

  it.each(['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d', '\0', '\ud800', 'eyJhbGciOjV9.e30.x', 'x'.repeat(8192)])(
    'is refused: %j',
    async (token) => {
      expect(await judged(openSite(), token)).toBe('malformed')
    },
  )
})

function swapClaims(token: string, claims: Claims): string {
  const [head = '', , mac = ''] = token.split('.')
  return `${head}.${encode(claims)}.${mac}`
}
