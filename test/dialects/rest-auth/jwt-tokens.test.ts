import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { type Answer, cookieFrom, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { claimsOf, withHeader, without } from './support/signed.ts'
import { type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

/** Refresh tokens in the body. */
const OPEN: RestAuthOptions = { useJwt: true, jwtAuthHttpOnly: false }

const COOKIES: RestAuthOptions = {
  useJwt: true,
  jwtAuthCookie: 'acc',
  jwtAuthRefreshCookie: 'ref',
  sessionLogin: false,
}

interface Pair {
  readonly access: string
  readonly refresh: string
}

async function pairOf({ addUser, call }: RestAuthWorld): Promise<Pair> {
  await addUser('ann')
  const { body } = await call('POST login/', { json: { username: 'ann', password: PASSWORD } })
  return body as Pair
}

const invalid = (detail: string): unknown => [401, { detail, code: 'token_not_valid' }, 'Bearer realm="api"']

const asked = (answer: Answer): unknown => [...told(answer), answer.headers.get('www-authenticate')]

const TEXTS: readonly (readonly [unknown, string])[] = [
  ['', 'This field may not be blank.'],
  ['  ', 'This field may not be blank.'],
  [null, 'This field may not be null.'],
  [true, 'Not a valid string.'],
  [['x'], 'Not a valid string.'],
  [{ x: 1 }, 'Not a valid string.'],
  ['a\0b', 'Null characters are not allowed.'],
]

describe('§6.3 POST token/verify/', () => {
  it('passes an access and a refresh token', async () => {
    const world = newWorld(OPEN)
    const { access, refresh } = await pairOf(world)
    for (const token of [access, refresh]) {
      expect(told(await world.call('POST token/verify/', { json: { token } }))).toEqual([200, {}])
      expect(told(await world.call('POST token/verify', { form: { token } }))).toEqual([200, {}])
    }
  })

  it('tells why it refuses', async () => {
    const world = newWorld(OPEN)
    const { access, refresh } = await pairOf(world)
    const verify = async (token: unknown): Promise<unknown> =>
      asked(await world.call('POST token/verify/', { json: { token } }))
    for (const token of ['x', 'a.b.c', 7, `${access}x`, 'x'.repeat(9000), withHeader(access, { alg: 'none' })]) {
      expect(await verify(token)).toEqual(invalid('Token is invalid'))
    }
    expect(await verify(await without('simple-jwt', access, 'jti'))).toEqual(invalid('Token has no id'))
    expect(await verify(await without('simple-jwt', refresh, 'exp'))).toEqual(invalid("Token has no 'exp' claim"))
    world.clock.advance({ seconds: 301 })
    expect(await verify(access)).toEqual(invalid('Token is expired'))
    expect((await world.call('POST token/verify/', { json: { token: refresh } })).status).toBe(200)
  })

  it.each(TEXTS)('answers 400 for %j', async (token, sentence) => {
    const { call } = newWorld(OPEN)
    expect(told(await call('POST token/verify/', { json: { token } }))).toEqual([400, { token: [sentence] }])
  })

  it('demands the token, and never takes it from a cookie', async () => {
    const world = newWorld(COOKIES)
    const { access } = await pairOf(world)
    const headers = { cookie: `acc=${access}; ref=${access}; token=${access}` }
    expect(told(await world.call('POST token/verify/', { headers }))).toEqual([
      400,
      { token: ['This field is required.'] },
    ])
  })

  it('tells of a token that was logged out, unlike the original of an access token, too', async () => {
    const world = newWorld(OPEN)
    const { access, refresh } = await pairOf(world)
    await world.call('POST logout/', { jwt: access })
    for (const token of [access, refresh]) {
      const answer = await world.call('POST token/verify/', { json: { token } })
      expect(told(answer)).toEqual([400, { non_field_errors: ['Token is blacklisted'] }])
    }
  })

  it('unlike the original refuses the token of a user who is inactive', async () => {
    const world = newWorld(OPEN)
    const { refresh } = await pairOf(world)
    await world.auth.setStatus({ userId: 1, status: 'disabled' })
    expect((await world.call('POST token/verify/', { json: { token: refresh } })).status).toBe(401)
  })
})

describe('§6.3 POST token/refresh/', () => {
  it('rule 22: gives an access token and its end, and sets its cookie again', async () => {
    const world = newWorld(COOKIES)
    await world.addUser('ann')
    const page = world.browser()
    await page.login('ann')
    world.clock.advance({ minutes: 1, milliseconds: 7 })
    const answer = await page.call('POST token/refresh/')
    const { access } = answer.body as Pair
    expect(answer.text).toBe(`{"access":"${access}","access_expiration":"2026-03-01T12:06:00.007000Z"}`)
    expect(cookieFrom(answer, 'acc')).toBe(`acc=${access}`)
    expect(answer.cookies.map((cookie) => cookie.slice(0, 4))).toEqual(['acc='])
    expect((await world.call('GET user/', { jwt: access })).status).toBe(200)
  })

  it('takes the token of the body before that of the cookie', async () => {
    const world = newWorld({ ...COOKIES, jwtAuthHttpOnly: false })
    const { refresh } = await pairOf(world)
    const call = (json: object, ref: string): Promise<Answer> =>
      world.call('POST token/refresh/', { json, headers: { cookie: `ref=${ref}` } })
    expect((await call({ refresh }, 'bad')).status).toBe(200)
    expect((await call({}, refresh)).status).toBe(200)
    expect(asked(await call({ refresh: 'bad' }, refresh))).toEqual(invalid('Token is invalid'))
    // Not even an empty one leaves it to the cookie.
    for (const [value, sentence] of TEXTS) {
      expect(told(await call({ refresh: value }, refresh))).toEqual([400, { refresh: [sentence] }])
    }
  })

  it('tells that there is none', async () => {
    const world = newWorld(COOKIES)
    const { refresh } = { refresh: 'x' }
    for (const headers of [{}, { cookie: 'acc=x' }, { cookie: `ref=${refresh}; ref=${refresh}` }]) {
      const answer = await world.call('POST token/refresh/', { headers })
      expect(asked(answer)).toEqual(invalid('No valid refresh token found.'))
    }
    const unnamed = newWorld({ useJwt: true })
    const answer = await unnamed.call('POST token/refresh/', { headers: { cookie: 'null=x; ref=x; =x' } })
    expect(asked(answer)).toEqual(invalid('No valid refresh token found.'))
  })

  it('tells why it refuses', async () => {
    const world = newWorld(OPEN)
    const { access, refresh } = await pairOf(world)
    const rotate = async (token: unknown): Promise<unknown> =>
      asked(await world.call('POST token/refresh/', { json: { refresh: token } }))
    for (const token of ['x', 'a.b.c', 7, `${refresh}x`, 'x'.repeat(9000)]) {
      expect(await rotate(token)).toEqual(invalid('Token is invalid'))
    }
    expect(await rotate(access)).toEqual(invalid('Token has wrong type'))
    expect(await rotate(await without('simple-jwt', refresh, 'jti'))).toEqual(invalid('Token has no id'))
    await world.call('POST logout/', { jwt: access })
    expect(await rotate(refresh)).toEqual(invalid('Token is blacklisted'))
    world.clock.advance({ days: 1, seconds: 1 })
    expect(await rotate(refresh)).toEqual(invalid('Token is expired'))
  })

  it('tells of a user who is inactive, and of one who is gone the same', async () => {
    const inactive = [401, { detail: 'No active account found for the given token.' }, 'Bearer realm="api"']
    const world = newWorld(OPEN)
    const { refresh } = await pairOf(world)
    await world.auth.setStatus({ userId: 1, status: 'disabled' })
    expect(asked(await world.call('POST token/refresh/', { json: { refresh } }))).toEqual(inactive)
    await world.store.users.delete(1)
    expect(asked(await world.call('POST token/refresh/', { json: { refresh } }))).toEqual(inactive)
  })

  it('ignores bad credentials', async () => {
    const world = newWorld(OPEN)
    const { refresh } = await pairOf(world)
    for (const authorization of ['Bearer bad', 'Bearer', 'Token bad']) {
      const headers = { authorization, cookie: 'sessionid=x' }
      expect((await world.call('POST token/refresh/', { json: { refresh }, headers })).status).toBe(200)
    }
  })

  const ROTATING = { simpleJwt: { rotateRefreshTokens: true, blacklistAfterRotation: true } }

  it('rule 22: rotation shows the new refresh token and its end only where scripts may read it', async () => {
    const world = newWorld({ ...COOKIES, jwtAuthHttpOnly: false }, ROTATING)
    const { refresh } = await pairOf(world)
    const answer = await world.call('POST token/refresh/', { json: { refresh } })
    const pair = answer.body as Pair
    expect(answer.text).toBe(
      `{"access":"${pair.access}","refresh":"${pair.refresh}",` +
        '"access_expiration":"2026-03-01T12:05:00Z","refresh_expiration":"2026-03-02T12:00:00Z"}',
    )
    expect(answer.cookies.map((cookie) => cookie.split(';', 1)[0])).toEqual([
      `acc=${pair.access}`,
      `ref=${pair.refresh}`,
    ])
    expect(claimsOf(pair.refresh)['jti']).not.toBe(claimsOf(refresh)['jti'])
    world.clock.advance({ minutes: 1 })
    expect(asked(await world.call('POST token/refresh/', { json: { refresh } }))).toEqual(
      invalid('Token is blacklisted'),
    )
  })

  it('rule 22: else it goes into the cookie alone, with its path', async () => {
    const world = newWorld({ ...COOKIES, jwtAuthRefreshCookiePath: '/dj-rest-auth/token' }, ROTATING)
    await world.addUser('ann')
    const page = world.browser()
    await page.login('ann')
    const answer = await page.call('POST token/refresh/')
    expect(Object.keys(answer.body as object)).toEqual(['access', 'access_expiration'])
    expect(answer.cookies[1]).toMatch(
      /^ref=[\w.-]+; expires=[^;]+; HttpOnly; Max-Age=86400; Path=\/dj-rest-auth\/token;/,
    )
    expect((await page.call('POST token/refresh/')).status).toBe(200)
  })

  it('refreshInBodyWithoutCookie: shows it where no cookie carries it', async () => {
    for (const [option, keys] of [
      [false, ['access', 'access_expiration']],
      [true, ['access', 'refresh', 'access_expiration', 'refresh_expiration']],
    ] as const) {
      const world = newWorld({ useJwt: true, refreshInBodyWithoutCookie: option }, ROTATING)
      await world.addUser('ann')
      const { issued } = await world.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'simple-jwt' })
      const answer = await world.call('POST token/refresh/', { json: { refresh: issued.refreshToken } })
      expect([option, Object.keys(answer.body as object)]).toEqual([option, keys])
    }
  })
})

describe('token/*', () => {
  it('is served with and without the final slash, by POST alone, and only where there are JWTs', async () => {
    const { call } = newWorld(OPEN)
    for (const path of ['token/verify', 'token/verify/', 'token/refresh', 'token/refresh/']) {
      expect((await call(`POST ${path}`, { json: {} })).status).not.toBe(404)
      const wrong = await call(`GET ${path}`)
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    }
    expect((await newWorld().call('POST token/verify/', { json: {} })).status).toBe(404)
  })

  it('describes what it takes', async () => {
    const { call } = newWorld(OPEN)
    const { body } = await call('OPTIONS token/verify/')
    expect(body).toMatchObject({
      name: 'Token Verify',
      actions: { POST: { token: { type: 'string', required: true } } },
    })
  })
})
