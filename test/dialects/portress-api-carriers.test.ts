import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../support/api-client.ts'
import { apiWorlds, codesOf, PASSWORD } from '../support/api-world.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const newWorld = apiWorlds()

describe('the carrier token', () => {
  it('is what is given when nothing is asked for', async () => {
    const { addUser, call } = await newWorld()
    await addUser('ann')
    const { body } = await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })
    expect(body.session.carrier).toBe('token')
    expect([body.token, body.expiresAt]).toEqual([expect.stringMatching(/^[\w-]{43}$/), body.session.expiresAt])
  })

  it('needs no origin to act, and says nothing to a page of another site', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    expect((await call('PATCH /me', { token, json: { firstName: 'Ann' } })).status).toBe(200)
    const foreign = await call('PATCH /me', { token, json: {}, headers: { origin: 'https://evil.test' } })
    expect(foreign.body.code).toBe('cross_site_request')
  })

  it('ends when it is not used for too long, and in any case after its time', async () => {
    const { auth, call, memberToken, clock, logIn } = await newWorld()
    const token = await memberToken('ann')
    clock.advance({ days: 14 })
    expect((await call('GET /me', { token })).body.code).toBe('token_invalid')
    const used = (await logIn('ann')).body.token
    for (let week = 0; week < 4; week += 1) {
      clock.advance({ days: 7 })
      expect((await call('GET /me', { token: used })).status).toBe(200)
      // Last uses are written a little later, in the background.
      await auth.flush()
    }
    clock.advance({ days: 2 })
    expect((await call('GET /me', { token: used })).status).toBe(401)
  })
})

describe('the carrier jwt', () => {
  it('gives an access token that anybody can verify with the published keys', async () => {
    const { addUser, call, logIn, clock } = await newWorld()
    await addUser('ann')
    const { body } = await logIn('ann', 'jwt')
    expect(Object.keys(body)).toEqual(['user', 'session', 'accessToken', 'expiresAt', 'refreshToken'])
    const { body: keySet } = await call('GET /.well-known/jwks.json')
    const keys = createLocalJWKSet({ keys: keySet.keys.map((key) => ({ ...key, kty: 'OKP' })) })
    const { payload } = await jwtVerify(body.accessToken, keys, {
      issuer: TEST_ORIGIN,
      audience: TEST_ORIGIN,
      currentDate: clock.now(),
    })
    expect([payload.sub, payload['sid']]).toEqual([String(body.user.id), body.session.id])
    expect(decodeProtectedHeader(body.accessToken).typ).toBe('at+jwt')
    for (const key of keySet.keys) expect(key).not.toHaveProperty('d')
  })

  it('lets in with the access token alone, until it expires', async () => {
    const { addUser, call, logIn, clock } = await newWorld()
    await addUser('ann')
    const { accessToken, refreshToken } = (await logIn('ann', 'jwt')).body
    expect((await call('GET /me', { token: accessToken })).status).toBe(200)
    expect((await call('GET /me', { token: refreshToken })).body.code).toBe('token_invalid')
    clock.advance({ minutes: 16 })
    expect((await call('GET /me', { token: accessToken })).body.code).toBe('token_invalid')
  })

  it('exchanges a refresh token for another pair', async () => {
    const { addUser, call, logIn, clock } = await newWorld()
    await addUser('ann')
    const first = (await logIn('ann', 'jwt')).body
    clock.advance({ minutes: 16 })
    const refreshed = await call('POST /token/refresh', { json: { refreshToken: first.refreshToken } })
    expect(refreshed.status).toBe(200)
    expect(refreshed.body.session.id).toBe(first.session.id)
    expect(refreshed.body.refreshToken).not.toBe(first.refreshToken)
    expect((await call('GET /me', { token: refreshed.body.accessToken })).status).toBe(200)
  })

  it('gives the same child within the grace, and never two', async () => {
    const { addUser, call, logIn, clock } = await newWorld()
    await addUser('ann')
    const { refreshToken } = (await logIn('ann', 'jwt')).body
    const refresh = (): Promise<ApiAnswer> => call('POST /token/refresh', { json: { refreshToken } })
    const racing = await Promise.all([refresh(), refresh(), refresh()])
    clock.advance({ seconds: 10 })
    const late = await refresh()
    const children = new Set([...racing, late].map(({ body }) => body.refreshToken))
    expect(children.size).toBe(1)
    expect(children.has(refreshToken)).toBe(false)
  })

  it('ends the session when a used refresh token comes back', async () => {
    const { addUser, call, logIn, clock } = await newWorld()
    await addUser('ann')
    const stolen = (await logIn('ann', 'jwt')).body.refreshToken
    const owner = (await call('POST /token/refresh', { json: { refreshToken: stolen } })).body
    clock.advance({ seconds: 11 })
    const replayed = await call('POST /token/refresh', { json: { refreshToken: stolen } })
    expect([replayed.status, replayed.body.code]).toEqual([401, 'token_invalid'])
    expect((await call('GET /me', { token: owner.accessToken })).status).toBe(401)
    const after = await call('POST /token/refresh', { json: { refreshToken: owner.refreshToken } })
    expect(after.body.code).toBe('token_invalid')
  })

  it('is refused at once after log-out, access and refresh alike', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const { accessToken, refreshToken } = (await logIn('ann', 'jwt')).body
    expect((await call('POST /logout', { token: accessToken })).status).toBe(204)
    expect((await call('GET /me', { token: accessToken })).body.code).toBe('token_invalid')
    expect((await call('POST /token/refresh', { json: { refreshToken } })).body.code).toBe('token_invalid')
  })

  it.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', 'x'.repeat(9000)])(
    'takes %j for no refresh token',
    async (refreshToken) => {
      const { call } = await newWorld()
      const { status, body } = await call('POST /token/refresh', { json: { refreshToken } })
      expect([status, body.code]).toEqual([401, 'token_invalid'])
    },
  )
})

describe('the carriers of clients for Django REST framework', () => {
  const DRF_CARRIERS = ['user-token', 'simple-jwt', 'drf-jwt'] as const

  it.each(DRF_CARRIERS)('cannot be chosen here: %s', async (carrier) => {
    const { addUser, logIn } = await newWorld()
    await addUser('ann')
    const refused = await logIn('ann', carrier)
    expect(refused.status).toBe(400)
    expect(codesOf(refused.body)).toEqual({ carrier: ['not_a_choice'] })
  })

  it('come in here too, and are listed', async () => {
    const { addUser, auth, call, clock } = await newWorld()
    await addUser('ann')
    const begin = async (carrier: (typeof DRF_CARRIERS)[number]): Promise<string> => {
      clock.advance({ minutes: 1 })
      return (await auth.login({ identifier: 'ann', password: PASSWORD, carrier })).issued.token
    }
    const [userToken, simpleJwt] = [await begin('user-token'), await begin('simple-jwt')]
    for (const token of [userToken, simpleJwt]) expect((await call('GET /me', { token })).status).toBe(200)
    const { body } = await call('GET /sessions', { token: userToken })
    expect(body.sessions.map(({ carrier, isCurrent, expiresAt }) => [carrier, isCurrent, expiresAt])).toEqual([
      ['simple-jwt', false, '2026-03-02T12:07:00.000Z'],
      ['user-token', true, null],
    ])
    expect((await call('POST /logout', { token: userToken })).status).toBe(204)
    expect((await call('GET /me', { token: userToken })).body.code).toBe('token_invalid')
  })

  it('get no refresh here, and no reason', async () => {
    const { addUser, auth, call, clock } = await newWorld()
    await addUser('ann')
    const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'simple-jwt' })
    const refreshed = await call('POST /token/refresh', { json: { refreshToken: issued.refreshToken } })
    const unknown = await call('POST /token/refresh', { json: { refreshToken: 'nonsense' } })
    expect([refreshed.status, refreshed.body]).toEqual([401, unknown.body])
    clock.advance({ minutes: 5 })
    const expired = await call('GET /me', { token: issued.token })
    const malformed = await call('GET /me', { token: 'nonsense' })
    expect([expired.status, expired.body]).toEqual([401, malformed.body])
  })
})
