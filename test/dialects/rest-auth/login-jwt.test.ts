import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { GENERATIONS, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGIN = 'POST login/'

const ANN = { username: 'ann', password: PASSWORD }

const ANN_SHOWN = { pk: 1, username: 'ann', email: 'ann@example.org', first_name: '', last_name: '' }

async function loginAt(world: RestAuthWorld): Promise<Readonly<Record<string, unknown>>> {
  await world.addUser('ann')
  const { status, body } = await world.call(LOGIN, { json: ANN })
  expect(status).toBe(200)
  return Object(body)
}

/** What a token says about itself; its signature is not looked at. */
function claimsOf(token: unknown): Readonly<Record<string, unknown>> {
  const [, payload = ''] = String(token).split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

describe('§2 login, rows 200 with JSON Web Tokens', () => {
  it('REST_USE_JWT of 0.9: token and user, and no key', async () => {
    const body = await loginAt(newWorld({ generation: '0.9', useJwt: true }))
    expect(Object.keys(body)).toEqual(['token', 'user'])
    expect(body['user']).toEqual(ANN_SHOWN)
    expect(claimsOf(body['token'])).toMatchObject({ user_id: 1, username: 'ann', email: 'ann@example.org' })
  })

  it('USE_JWT of 7: access, a refresh that scripts do not see, and user', async () => {
    const body = await loginAt(newWorld({ useJwt: true }))
    expect(Object.keys(body)).toEqual(['access', 'refresh', 'user'])
    expect(body).toMatchObject({ refresh: '', user: ANN_SHOWN })
    expect(claimsOf(body['access'])).toMatchObject({ token_type: 'access', user_id: '1' })
  })

  it('JWT_AUTH_HTTPONLY False: the refresh token stands in the body', async () => {
    const body = await loginAt(newWorld({ useJwt: true, jwtAuthHttpOnly: false }))
    expect(claimsOf(body['refresh'])).toMatchObject({ token_type: 'refresh' })
  })

  it('refreshInBodyWithoutCookie: it does where no cookie has it, and does not where one has', async () => {
    const without = await loginAt(newWorld({ useJwt: true, refreshInBodyWithoutCookie: true }))
    expect(claimsOf(without['refresh'])).toMatchObject({ token_type: 'refresh' })
    const cookie = { jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' }
    const beside = await loginAt(newWorld({ useJwt: true, refreshInBodyWithoutCookie: true, ...cookie }))
    expect(beside['refresh']).toBe('')
  })

  it('rule 22, JWT_AUTH_RETURN_EXPIRATION: both ends after user', async () => {
    const body = await loginAt(newWorld({ useJwt: true, jwtAuthReturnExpiration: true }))
    expect(Object.keys(body)).toEqual(['access', 'refresh', 'user', 'access_expiration', 'refresh_expiration'])
    expect(body).toMatchObject({
      access_expiration: '2026-03-01T12:05:00Z',
      refresh_expiration: '2026-03-02T12:00:00Z',
    })
  })

  it.each(GENERATIONS)('rule 5: that token reads and patches user/ (%s)', async (generation) => {
    const world = newWorld({ generation, useJwt: true })
    await world.addUser('ann')
    const jwt = await world.tokenOf('ann')
    expect(told(await world.call('GET user/', { jwt }))).toEqual([200, ANN_SHOWN])
    expect(told(await world.call('PATCH user/', { jwt, json: { first_name: 'Ann' } }))).toEqual([
      200,
      { ...ANN_SHOWN, first_name: 'Ann' },
    ])
  })
})

describe('§6 cookies of a log-in', () => {
  const NAMED = { useJwt: true, jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' } as const

  it('rule 18: the named cookies, and beside them the session', async () => {
    const world = newWorld(NAMED)
    await world.addUser('ann')
    const { cookies } = await world.call(LOGIN, { json: ANN })
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['acc', 'ref', 'sessionid', 'csrftoken'])
  })

  it('rule 18: with sessions off the JWT cookies and no other, and they alone open user/', async () => {
    const world = newWorld({ ...NAMED, sessionLogin: false })
    await world.addUser('ann')
    const browser = world.browser()
    const { cookies } = await browser.login('ann')
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['acc', 'ref'])
    expect((await browser.call('GET user/')).status).toBe(200)
  })

  it('rule 22: the refresh cookie carries its configured path', async () => {
    const world = newWorld({ ...NAMED, jwtAuthRefreshCookiePath: '/dj-rest-auth/token/refresh' })
    await world.addUser('ann')
    const { cookies } = await world.call(LOGIN, { json: ANN })
    expect(cookies.find((cookie) => cookie.startsWith('ref='))).toContain('Path=/dj-rest-auth/token/refresh;')
  })

  it('§6.1 cookie of 0.9: the named one', async () => {
    const world = newWorld({ generation: '0.9', useJwt: true, jwtAuthCookie: 'jwt', sessionLogin: false })
    await world.addUser('ann')
    const browser = world.browser()
    const { cookies, body } = await browser.login('ann')
    expect(cookies).toHaveLength(1)
    expect(browser.jar.get('jwt')).toBe(Reflect.get(Object(body), 'token'))
    expect((await browser.call('GET user/')).status).toBe(200)
  })
})

describe('rule 20, JWT_TOKEN_CLAIMS_SERIALIZER: custom claims', () => {
  const simpleJwt = { claims: () => ({ tenant: 'acme' }) }

  it('appear in the access token of the body', async () => {
    const body = await loginAt(newWorld({ useJwt: true }, { simpleJwt }))
    expect(claimsOf(body['access'])).toMatchObject({ tenant: 'acme' })
  })

  it('appear in the cookies', async () => {
    const world = newWorld({ useJwt: true, jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' }, { simpleJwt })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    expect(claimsOf(browser.jar.get('acc'))).toMatchObject({ tenant: 'acme' })
  })
})

describe('§9.1 what a site puts in place of answers and bodies', () => {
  it('TOKEN_SERIALIZER', async () => {
    const world = newWorld({ serialize: { token: (token, { username }) => ({ token, who: username }) } })
    await world.addUser('ann')
    const { body } = await world.call(LOGIN, { json: ANN })
    expect(body).toEqual({ token: expect.stringMatching(/^[0-9a-f]{40}$/), who: 'ann' })
  })

  it('JWT_SERIALIZER of both generations', async () => {
    const serialize = {
      jwt: ({ access, user }: { access: string; user: unknown }) => ({ jwt: access, me: Object(user) }),
    }
    for (const generation of GENERATIONS) {
      const body = await loginAt(newWorld({ generation, useJwt: true, serialize }))
      expect(body).toEqual({ jwt: expect.any(String), me: ANN_SHOWN })
    }
  })

  it('JWT_SERIALIZER_WITH_EXPIRATION, which is asked only where expirations are told', async () => {
    const serialize = {
      jwtWithExpiration: ({ accessExpiresAt }: { accessExpiresAt: Date }) => ({ end: accessExpiresAt.getTime() }),
    }
    const telling = await loginAt(newWorld({ useJwt: true, jwtAuthReturnExpiration: true, serialize }))
    expect(telling).toEqual({ end: Date.parse('2026-03-01T12:05:00Z') })
    const silent = await loginAt(newWorld({ useJwt: true, serialize }))
    expect(Object.keys(silent)).toEqual(['access', 'refresh', 'user'])
  })

  it('JWT_SERIALIZER alone is what the expirations are added to', async () => {
    const serialize = { jwt: () => ({ own: true }) }
    const body = await loginAt(newWorld({ useJwt: true, jwtAuthReturnExpiration: true, serialize }))
    expect(Object.keys(body)).toEqual(['own', 'access_expiration', 'refresh_expiration'])
  })

  it('USER_DETAILS_SERIALIZER is the user of the answer', async () => {
    const serialize = { userDetails: ({ id, username }: { id: unknown; username: unknown }) => `${id}: ${username}` }
    const body = await loginAt(newWorld({ useJwt: true, serialize }))
    expect(body['user']).toBe('1: ann')
  })

  it('LOGIN_SERIALIZER reads another body', async () => {
    const world = newWorld({
      schemas: {
        login: {
          '~standard': {
            version: 1,
            vendor: 'test',
            validate: (value) => {
              const { who, secret } = Object(value)
              if (typeof who !== 'string') return { issues: [{ message: 'Who?', path: ['who'] }] }
              return { value: { username: who, password: secret } }
            },
          },
        },
      },
    })
    await world.addUser('ann')
    expect((await world.call(LOGIN, { json: { who: 'ann', secret: PASSWORD } })).status).toBe(200)
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual([400, { who: ['Who?'] }])
    for (const secret of [undefined, null, 7, ['x'], { a: 1 }, 'x'.repeat(5000), '\0']) {
      expect((await world.call(LOGIN, { json: { who: 'ann', secret } })).status).toBe(400)
    }
  })
})
