import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { replacedStore } from '../../test/support/replaced-store.ts'
import { TEST_SECRET, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Auth } from '../auth.ts'
import type { SimpleJwtOptions } from '../config/options.ts'
import type { StoreFactory } from '../contracts/store.ts'
import type { AuthError } from '../errors.ts'
import type { Account } from '../model/account.ts'
import type { IssuedToken } from '../model/session.ts'
import { deriveKey } from '../util/secrets.ts'

const OTHER_SECRET = 'Vq8mHs2Yc5KxRt7Ld0WnZb3PfGj6EuTa'

const ROTATING = { rotateRefreshTokens: true } as const

const BLACKLISTING = { rotateRefreshTokens: true, blacklistAfterRotation: true } as const

const closing: Pick<Auth, 'close'>[] = []

afterEach(async () => {
  for (const auth of closing.splice(0)) await auth.close()
})

function openSite(options: Parameters<typeof testAuth>[0] = {}): TestAuth {
  const site = testAuth(options)
  closing.push(site.auth)
  return site
}

interface Pair {
  readonly access: string
  readonly refresh: string
  readonly session: IssuedToken['session']
}

const pairOf = ({ token, refreshToken, session }: IssuedToken): Pair => ({
  access: token,
  refresh: refreshToken ?? 'none',
  session,
})

async function logIn({ auth }: Pick<TestAuth, 'auth'>): Promise<Pair> {
  return pairOf((await auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'simple-jwt' })).issued)
}

/** A site with one user who has just logged in. */
async function begin(simpleJwt: SimpleJwtOptions = {}): Promise<TestAuth & Pair> {
  const site = openSite({ simpleJwt })
  await activeUser(site)
  return { ...site, ...(await logIn(site)) }
}

/** What came of it, or the reason for its refusal. */
async function outcomeOf<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work
  } catch (error) {
    return (error as AuthError).details.reason ?? (error as AuthError).code
  }
}

const whoIs = ({ auth }: Pick<TestAuth, 'auth'>, token: string): Promise<unknown> => {
  const request = new Request('https://acme.test/', { headers: { authorization: `Bearer ${token}` } })
  return outcomeOf(auth.authenticate(request).then((active) => active?.user.username))
}

const exchange = ({ auth }: Pick<TestAuth, 'auth'>, refreshToken: string): Promise<Pair | string> =>
  outcomeOf(auth.rotateToken({ refreshToken, carrier: 'simple-jwt' }).then(({ issued }) => pairOf(issued)))

async function exchanged(site: Pick<TestAuth, 'auth'>, refreshToken: string): Promise<Pair> {
  const pair = await exchange(site, refreshToken)
  if (typeof pair === 'string') throw new Error(`the refresh token was refused: ${pair}`)
  return pair
}

/** A store in which so many exchanges have all read the session before the first of them changes it. */
function rotatingTogether(count: number): StoreFactory {
  return replacedStore(({ sessions }) => {
    let missing = count
    const { promise, resolve } = Promise.withResolvers<void>()
    return {
      sessions: {
        ...sessions,
        async rotate(id, change) {
          missing -= 1
          if (missing <= 0) resolve()
          await promise
          return sessions.rotate(id, change)
        },
      },
    }
  })
}

type Claims = Readonly<Record<string, unknown>>

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const textOf = (token: string, part: 0 | 1): string => Buffer.from(token.split('.')[part] ?? '', 'base64url').toString()

const claimsOf = (token: string): Claims => JSON.parse(textOf(token, 1)) as Claims

const SIGNING_KEY = deriveKey(TEST_SECRET, 'simple-jwt')

/** A token of these parts, signed as the site signs. */
function mint(claims: Claims, { header = { alg: 'HS256', typ: 'JWT' } as Claims, key = SIGNING_KEY } = {}): string {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

describe('the tokens of simplejwt', () => {
  it('have the header and the claims of the original, in its order', async () => {
    const { access, refresh, session, clock } = await begin()
    const iat = clock.now().getTime() / 1000
    for (const [token, token_type, seconds] of [
      [access, 'access', 300],
      [refresh, 'refresh', 86_400],
    ] as const) {
      expect(textOf(token, 0)).toBe('{"alg":"HS256","typ":"JWT"}')
      const { jti } = claimsOf(token)
      expect(jti).toMatch(/^[0-9a-f]{32}$/)
      const expected = { token_type, exp: iat + seconds, iat, jti, user_id: String(session.userId), sid: session.id }
      expect(textOf(token, 1)).toBe(JSON.stringify(expected))
    }
    expect(claimsOf(access)['jti']).not.toBe(claimsOf(refresh)['jti'])
  })

  it('are signed with a key of their own that others cannot tell from outside', async () => {
    const site = await begin()
    expect(mint(claimsOf(site.access))).toBe(site.access)
    expect(await whoIs(site, site.access)).toBe('ann')
    const response = await site.auth.fetch(new Request('https://acme.test/api/.well-known/jwks.json'))
    expect(JSON.stringify(await response.json())).not.toContain('"oct"')
  })

  it('name the user in the claim that was chosen, also where ids are UUIDs', async () => {
    const site = openSite({ ids: 'uuid', simpleJwt: { userIdClaim: 'account' } })
    const { id } = await activeUser(site)
    const { access, refresh } = await logIn(site)
    expect(claimsOf(access)).toMatchObject({ account: id })
    expect(claimsOf(access)).not.toHaveProperty('user_id')
    expect(await whoIs(site, access)).toBe('ann')
    expect(await whoIs(site, (await exchanged(site, refresh)).access)).toBe('ann')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await whoIs(site, access)).toBe('user_not_active')
  })

  it('come in beside those of the carrier jwt', async () => {
    const site = await begin()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'jwt' })
    expect(await whoIs(site, issued.token)).toBe('ann')
    expect(await whoIs(site, site.access)).toBe('ann')
    const wrong = { refreshToken: issued.refreshToken ?? '', carrier: 'simple-jwt' } as const
    expect(await outcomeOf(site.auth.rotateToken(wrong))).toBe('malformed')
    expect(await outcomeOf(site.auth.rotateToken({ refreshToken: site.refresh }))).toBe('malformed')
  })
})

describe('claims of the application', () => {
  const tier = (account: Account) => ({ tier: { name: 'gold' }, email: account.email })

  it('stand in both tokens, and in those that come of an exchange as things are then', async () => {
    const site = await begin({ ...ROTATING, claims: tier })
    const next = await exchanged(site, site.refresh)
    for (const token of [site.access, site.refresh, next.access, next.refresh]) {
      expect(claimsOf(token)).toMatchObject({ tier: { name: 'gold' }, email: 'ann@example.org', user_id: '1' })
    }
    await site.auth.setEmail({ email: 'new@example.org', activation: 'none' }, { actor: { session: site.session } })
    expect(claimsOf((await exchanged(site, next.refresh)).access)).toMatchObject({ email: 'new@example.org' })
    expect(await whoIs(site, next.access)).toBe('ann')
  })

  it('see the user without what must not get out', async () => {
    const seen: Account[] = []
    await begin({
      claims: (account) => {
        seen.push(account)
        return {}
      },
    })
    expect(seen[0]).toMatchObject({ username: 'ann' })
    for (const secret of ['passwordHash', 'sessionEpoch']) expect(seen[0]).not.toHaveProperty(secret)
  })

  it.each(['token_type', 'exp', 'iat', 'jti', 'sid', 'user_id', 'iss', 'aud', 'nbf'])(
    'that would replace "%s" are a fault, and no session begins',
    async (name) => {
      const { store, factory } = openStore()
      const site = openSite({ store: factory, simpleJwt: { claims: () => ({ [name]: 'forged' }) } })
      const { id } = await activeUser(site)
      await expect(logIn(site)).rejects.toThrow(`must not set the claim "${name}"`)
      expect(await store.sessions.listForUser(id, site.clock.now())).toEqual([])
    },
  )

  it.each([
    ['a promise', () => Promise.resolve({})],
    ['a list', () => []],
    ['nothing', () => null],
    ['more than anybody reads', () => ({ long: 'x'.repeat(8192) })],
  ])('that are %s are a fault', async (_, claims) => {
    const site = openSite({ simpleJwt: { claims: claims as unknown as NonNullable<SimpleJwtOptions['claims']> } })
    await activeUser(site)
    await expect(logIn(site)).rejects.toThrow(TypeError)
  })
})

describe('the ends of both tokens', () => {
  it('are told with them, to the second', async () => {
    const site = openSite({ simpleJwt: ROTATING })
    await activeUser(site)
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'simple-jwt' })
    const endOf = (token: string | null) => new Date(Number(claimsOf(token ?? '')['exp']) * 1000)
    expect(issued.expiresAt).toEqual(endOf(issued.token))
    expect(issued.refreshExpiresAt).toEqual(endOf(issued.refreshToken))
  })

  it('are those of the access token alone where the refresh token goes on', async () => {
    const site = await begin()
    const { issued } = await site.auth.rotateToken({ refreshToken: site.refresh, carrier: 'simple-jwt' })
    expect([issued.refreshToken, issued.refreshExpiresAt]).toEqual([null, null])
  })
})

describe('a forged token', () => {
  const forgeries: Readonly<Record<string, (claims: Claims) => string>> = {
    'without a signature': (claims) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
    'that calls itself unsigned and is signed': (claims) => mint(claims, { header: { alg: 'none', typ: 'JWT' } }),
    'with an empty signature': (claims) => mint(claims).replace(/[^.]+$/, ''),
    'with another MAC': (claims) => {
      const text = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(claims)}`
      return `${text}.${createHmac('sha512', SIGNING_KEY).update(text).digest('base64url')}`
    },
    'with a key pair of the forger': (claims) => {
      const text = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode(claims)}`
      return `${text}.${sign(null, Buffer.from(text), generateKeyPairSync('ed25519').privateKey).toString('base64url')}`
    },
    'with another key': (claims) => mint(claims, { key: deriveKey(OTHER_SECRET, 'simple-jwt') }),
    'with the key of another purpose': (claims) => mint(claims, { key: deriveKey(TEST_SECRET, 'access-token') }),
    'with the secret itself as the key': (claims) => mint(claims, { key: Buffer.from(TEST_SECRET) }),
    'with an empty key': (claims) => mint(claims, { key: new Uint8Array(0) }),
    'with more in its header': (claims) => mint(claims, { header: { alg: 'HS256', typ: 'JWT', kid: '0' } }),
    'with claims that were changed afterwards': (claims) => {
      const [head = '', , mac = ''] = mint(claims).split('.')
      return `${head}.${encode({ ...claims, user_id: '2' })}.${mac}`
    },
  }

  it.each(Object.entries(forgeries))('is refused: %s', async (_, forge) => {
    const site = await begin()
    expect(await whoIs(site, mint(claimsOf(site.access)))).toBe('ann')
    expect(await whoIs(site, forge(claimsOf(site.access)))).not.toBe('ann')
    expect(await exchange(site, forge(claimsOf(site.refresh)))).toBe('malformed')
  })

  it.each([
    ['an expiry that is text', { exp: '9999999999' }],
    ['no moment of issue', { iat: undefined }],
    ['an id that is a number', { jti: 5 }],
    ['a user that is a number', { user_id: 1 }],
    ['a list of users', { user_id: ['1'] }],
    ['no session', { sid: undefined }],
    ['a type that there is not', { token_type: 'sliding' }],
  ])('is refused though it is rightly signed: %s', async (_, changes) => {
    const site = await begin()
    expect(await whoIs(site, mint({ ...claimsOf(site.access), ...changes }))).toBe('malformed')
  })

  it.each([
    ['exp', { exp: undefined, jti: undefined }],
    ['jti', { jti: undefined, token_type: undefined }],
    ['token_type', { token_type: undefined, user_id: undefined }],
    ['user_id', { user_id: undefined }],
  ])('is refused though it is rightly signed, and what it lacks first is told: %s', async (claim, changes) => {
    const site = await begin()
    const token = mint({ ...claimsOf(site.access), ...changes })
    const asked = { token, accepts: 'access' } as const
    const refusal = { code: 'token_invalid', details: { reason: 'missing_claim', claim } }
    await expect(site.auth.verifyToken(asked)).rejects.toMatchObject(refusal)
    expect(await whoIs(site, token)).toBe('missing_claim')
    expect(await exchange(site, mint({ ...claimsOf(site.refresh), ...changes }))).toBe('missing_claim')
  })

  it.each([
    ['another user', { user_id: '2' }],
    ['a session that there is not', { sid: 'nowhere' }],
  ])('is refused though it is rightly signed: it names %s', async (_, changes) => {
    const site = await begin()
    await activeUser(site, 'bob')
    const refusals = [await whoIs(site, mint({ ...claimsOf(site.access), ...changes }))]
    refusals.push(String(await exchange(site, mint({ ...claimsOf(site.refresh), ...changes }))))
    expect(refusals).toEqual(['ended', 'ended'])
  })

  it('is refused for the session of another carrier', async () => {
    const site = await begin()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    expect(await whoIs(site, mint({ ...claimsOf(site.access), sid: issued.session.id }))).toBe('ended')
  })
})

describe('an access token', () => {
  it('is good for its lifetime to the second', async () => {
    const site = await begin({ accessTokenLifetimeSeconds: 60 })
    site.clock.advance({ milliseconds: 59_999 })
    expect(await whoIs(site, site.access)).toBe('ann')
    site.clock.advance({ milliseconds: 1 })
    expect(await whoIs(site, site.access)).toBe('expired')
  })

  it('is good a little longer where clocks may differ', async () => {
    const site = await begin({ leewaySeconds: 5 })
    site.clock.advance({ seconds: 304 })
    expect(await whoIs(site, site.access)).toBe('ann')
    site.clock.advance({ seconds: 1 })
    expect(await whoIs(site, site.access)).toBe('expired')
  })

  it('is no refresh token, and a refresh token lets nobody in', async () => {
    const site = await begin()
    expect(await exchange(site, site.access)).toBe('wrong_type')
    expect(await whoIs(site, site.refresh)).toBe('wrong_type')
  })

  it('that was got in the last moment lasts as long as any other', async () => {
    const site = await begin()
    site.clock.advance({ milliseconds: 86_399_999 })
    const { access } = await exchanged(site, site.refresh)
    site.clock.advance({ seconds: 299 })
    expect(await whoIs(site, access)).toBe('ann')
    expect(await exchange(site, site.refresh)).toBe('expired')
  })
})

describe('a refresh token', () => {
  it('may be exchanged again and again until it expires, and gives access tokens alone', async () => {
    const site = await begin()
    for (let hour = 0; hour < 23; hour += 1) {
      site.clock.advance({ hours: 1 })
      const pair = await exchanged(site, site.refresh)
      expect(pair.refresh).toBe('none')
      expect(await whoIs(site, pair.access)).toBe('ann')
    }
    site.clock.advance({ hours: 1 })
    expect(await exchange(site, site.refresh)).toBe('expired')
  })

  it('needs nobody to use it: its session has no idle end', async () => {
    const site = openSite({ sessions: { idleSeconds: 60 } })
    await activeUser(site)
    const { access, refresh, session } = await logIn(site)
    site.clock.advance({ minutes: 2 })
    expect(await whoIs(site, access)).toBe('ann')
    await site.auth.flush()
    site.clock.advance({ hours: 23 })
    const pair = await exchanged(site, refresh)
    const [listed] = await site.auth.listSessions({ actor: { session } })
    expect(listed?.session.idleExpiresAt).toEqual(session.idleExpiresAt)
    expect(await whoIs(site, pair.access)).toBe('ann')
  })

  it('lasts no longer because its access token is used', async () => {
    const site = await begin(ROTATING)
    site.clock.advance({ minutes: 2 })
    expect(await whoIs(site, site.access)).toBe('ann')
    await site.auth.flush()
    const [listed] = await site.auth.listSessions({ actor: { session: site.session } })
    expect(listed?.session.lastUsedAt).toEqual(site.clock.now())
    expect(listed?.session.idleExpiresAt).toEqual(site.session.idleExpiresAt)
  })

  it('never outlives the longest session', async () => {
    const site = openSite({ sessions: { absoluteSeconds: 600 }, simpleJwt: ROTATING })
    await activeUser(site)
    const first = await logIn(site)
    site.clock.advance({ seconds: 400 })
    const second = await exchanged(site, first.refresh)
    expect(claimsOf(second.refresh)['exp']).toBe(claimsOf(first.refresh)['exp'])
    expect(claimsOf(second.access)['exp']).toBe(claimsOf(first.refresh)['exp'])
    site.clock.advance({ seconds: 200 })
    expect(await exchange(site, second.refresh)).toBe('expired')
  })

  it('is rotated where that was chosen, and the old one stays good', async () => {
    const site = await begin(ROTATING)
    site.clock.advance({ hours: 20 })
    const second = await exchanged(site, site.refresh)
    const third = await exchanged(site, second.refresh)
    expect(new Set([site.refresh, second.refresh, third.refresh]).size).toBe(3)
    expect(await whoIs(site, (await exchanged(site, site.refresh)).access)).toBe('ann')
    site.clock.advance({ hours: 20 })
    expect(await exchange(site, site.refresh)).toBe('expired')
    expect(await whoIs(site, (await exchanged(site, third.refresh)).access)).toBe('ann')
  })

  it('is rotated for everybody who asks at once', async () => {
    const site = openSite({ simpleJwt: ROTATING, store: rotatingTogether(8) })
    await activeUser(site)
    const { refresh: shared } = await logIn(site)
    const pairs = await Promise.all(Array.from({ length: 8 }, () => exchanged(site, shared)))
    expect(new Set(pairs.map(({ refresh }) => claimsOf(refresh)['jti'])).size).toBe(1)
    for (const { access, refresh } of pairs) {
      expect(await whoIs(site, access)).toBe('ann')
      expect((await exchanged(site, refresh)).refresh).not.toBe('none')
    }
  })
})

describe('a refresh token that is spent once it was exchanged', () => {
  it('is refused at once, and its child is good', async () => {
    const site = await begin(BLACKLISTING)
    const child = await exchanged(site, site.refresh)
    expect(await exchange(site, site.refresh)).toBe('ended')
    expect(await whoIs(site, child.access)).toBe('ann')
    expect(await whoIs(site, (await exchanged(site, child.refresh)).access)).toBe('ann')
  })

  it('leaves the access token it came with alone', async () => {
    const site = await begin(BLACKLISTING)
    await exchanged(site, site.refresh)
    expect(await whoIs(site, site.access)).toBe('ann')
  })

  it('is exchanged for one of all who ask at once', async () => {
    const site = openSite({ simpleJwt: BLACKLISTING, store: rotatingTogether(8) })
    await activeUser(site)
    const { refresh } = await logIn(site)
    const results = await Promise.all(Array.from({ length: 8 }, () => exchange(site, refresh)))
    expect(results.filter((result) => result === 'ended')).toHaveLength(7)
    const [won] = results.filter((result) => typeof result !== 'string')
    expect(await whoIs(site, won?.access ?? '')).toBe('ann')
  })

  it('may come back within the grace, to the millisecond, and ends its session later', async () => {
    let alarms = 0
    const count = (): void => {
      alarms += 1
    }
    const site = openSite({ simpleJwt: BLACKLISTING, events: { tokenReused: count } })
    await activeUser(site)
    const first = await logIn(site)
    const second = await exchanged(site, first.refresh)
    site.clock.advance({ seconds: 10 })
    expect(await exchange(site, first.refresh)).toBe('ended')
    expect(alarms).toBe(0)
    expect(await whoIs(site, second.access)).toBe('ann')
    site.clock.advance({ milliseconds: 1 })
    expect(await exchange(site, first.refresh)).toBe('ended')
    expect(alarms).toBe(1)
    expect(await whoIs(site, second.access)).toBe('ended')
    expect(await exchange(site, second.refresh)).toBe('ended')
  })

  it('ends its session at once when it is an ancestor', async () => {
    const site = await begin(BLACKLISTING)
    const third = await exchanged(site, (await exchanged(site, site.refresh)).refresh)
    expect(await exchange(site, site.refresh)).toBe('ended')
    expect(await whoIs(site, third.access)).toBe('ended')
  })

  it('is spent as well when the secret was replaced in between', async () => {
    const { factory } = openStore()
    const before = openSite({ store: factory, simpleJwt: BLACKLISTING })
    await activeUser(before)
    const first = await logIn(before)
    const after = openSite({ store: factory, simpleJwt: BLACKLISTING, secrets: [OTHER_SECRET, TEST_SECRET] })
    const second = await exchanged(after, first.refresh)
    expect(await exchange(after, first.refresh)).toBe('ended')
    expect(await whoIs(after, (await exchanged(after, second.refresh)).access)).toBe('ann')
  })
})

describe('both tokens', () => {
  const judged = async (site: Pick<TestAuth, 'auth'>, { access, refresh }: Pair): Promise<readonly unknown[]> => [
    await whoIs(site, access),
    await exchange(site, refresh),
  ]

  it('end with a log-out', async () => {
    const site = await begin()
    await site.auth.logout({ actor: { session: site.session } })
    expect(await judged(site, site)).toEqual(['ended', 'ended'])
  })

  it('end with a new password that was set from elsewhere', async () => {
    const site = await begin()
    const other = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    const change = { currentPassword: GOOD_PASSWORD, newPassword: 'noisy heron on the lock' }
    await site.auth.changePassword(change, { actor: { session: other.issued.session } })
    expect(await judged(site, site)).toEqual(['ended', 'ended'])
  })

  it('end when the user is disabled', async () => {
    const site = await begin()
    await site.auth.setStatus({ userId: site.session.userId, status: 'disabled' })
    expect(await judged(site, site)).toEqual(['user_not_active', 'user_not_active'])
    await site.auth.setStatus({ userId: site.session.userId, status: 'active' })
    expect(await judged(site, site)).toEqual(['ended', 'ended'])
  })

  it('are refused for a user who is pending though the session is there', async () => {
    const { store, factory } = openStore()
    const site = openSite({ store: factory })
    const { id } = await activeUser(site)
    const pair = await logIn(site)
    await store.users.update(id, { status: 'pending' })
    expect(await judged(site, pair)).toEqual(['user_not_active', 'user_not_active'])
  })

  it('end with the user', async () => {
    const site = await begin()
    await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor: { session: site.session } })
    expect(await judged(site, site)).toEqual(['user_unknown', 'user_unknown'])
  })

  it('outlive a secret that is put in front of theirs, and end when theirs is taken away', async () => {
    const { factory } = openStore()
    const before = openSite({ store: factory })
    await activeUser(before)
    const pair = await logIn(before)
    const during = openSite({ store: factory, secrets: [OTHER_SECRET, TEST_SECRET] })
    expect(await whoIs(during, pair.access)).toBe('ann')
    const renewed = await exchanged(during, pair.refresh)
    expect(await whoIs(before, renewed.access)).toBe('malformed')
    const after = openSite({ store: factory, secrets: [OTHER_SECRET] })
    expect(await judged(after, pair)).toEqual(['malformed', 'malformed'])
    expect(await whoIs(after, renewed.access)).toBe('ann')
  })
})
