import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { claimsOf, signed, withHeader, without } from './support/signed.ts'
import { DETAILS } from './support/words.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const asked = (answer: Answer): unknown => [...told(answer), answer.headers.get('www-authenticate')]

describe('§1.4 generation 7: Bearer, or the cookie', () => {
  const SECOND: RestAuthOptions = { useJwt: true, jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' }
  const CHALLENGE = 'Bearer realm="api"'
  const refused = (message: string): unknown => [
    401,
    {
      detail: 'Given token not valid for any token type',
      code: 'token_not_valid',
      messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
    },
    CHALLENGE,
  ]

  it('takes the keyword in exactly its spelling', async () => {
    const { call, member } = newWorld(SECOND)
    const { token } = await member('ann')
    expect((await call('GET user/', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    for (const keyword of ['bearer', 'BEARER', 'JWT', 'Token']) {
      const headers = { authorization: `${keyword} ${token}` }
      expect(asked(await call('GET user/', { headers }))).toEqual([401, DETAILS.anonymous, CHALLENGE])
    }
  })

  it('takes the cookie where there is no header; any header keeps it from being read', async () => {
    const { call, member } = newWorld(SECOND)
    const { token } = await member('ann')
    const cookie = `acc=${token}`
    const answer = await call('GET user/', { headers: { cookie } })
    expect([answer.status, answer.headers.get('vary')]).toEqual([200, 'Accept, Cookie'])
    for (const authorization of ['Token abc', 'bearer x', 'x', '']) {
      const { status } = await call('GET user/', { headers: { cookie, authorization } })
      expect([authorization, status]).toEqual([authorization, 401])
    }
    const bad = await call('GET user/', { headers: { cookie, authorization: 'Bearer bad' } })
    expect(asked(bad)).toEqual(refused('Token is invalid'))
    const { token: other } = await member('ben')
    const both = await call('GET user/', { jwt: other, headers: { cookie } })
    expect(both.body).toMatchObject({ username: 'ben' })
  })

  it('reads no cookie of another name, none that came twice, and none where none is named', async () => {
    const { call, member } = newWorld(SECOND)
    const { token } = await member('ann')
    for (const cookie of [`ref=${token}`, `Acc=${token}`, `acc=${token}; acc=x`, `sessionid=${token}`]) {
      expect([cookie, (await call('GET user/', { headers: { cookie } })).status]).toEqual([cookie, 401])
    }
    const plain = newWorld({ useJwt: true })
    const { token: unread } = await plain.member('ann')
    expect((await plain.call('GET user/', { headers: { cookie: `acc=${unread}; null=${unread}` } })).status).toBe(401)
  })

  it('§6.3 tells what is wrong with a token', async () => {
    const { call, member, clock } = newWorld({ ...SECOND, jwtAuthHttpOnly: false })
    const { token } = await member('ann')
    const { body } = await call('POST login/', { json: { username: 'ann', password: PASSWORD } })
    const { refresh } = body as { readonly refresh: string }
    const told401 = async (jwt: string): Promise<unknown> => asked(await call('GET user/', { jwt }))
    for (const bad of ['x', 'a.b.c', `${token}x`, 'x'.repeat(9000), withHeader(token, { alg: 'none', typ: 'JWT' })]) {
      expect(await told401(bad)).toEqual(refused('Token is invalid'))
    }
    expect(await told401(refresh)).toEqual(refused('Token has wrong type'))
    expect(await told401(await without('simple-jwt', token, 'jti'))).toEqual(refused('Token has no id'))
    expect(await told401(await without('simple-jwt', token, 'exp'))).toEqual(refused("Token has no 'exp' claim"))
    expect(await told401(await without('simple-jwt', token, 'token_type'))).toEqual(refused('Token has no type'))
    const nobody = { detail: 'Token contained no recognizable user identification', code: 'token_not_valid' }
    expect(await told401(await without('simple-jwt', token, 'user_id'))).toEqual([401, nobody, CHALLENGE])
    clock.advance({ seconds: 301 })
    expect(await told401(token)).toEqual(refused('Token is expired'))
  })

  it.each(['Bearer', 'Bearer a b'])('refuses the header %s', async (authorization) => {
    const body = {
      detail: 'Authorization header must contain two space-delimited values',
      code: 'bad_authorization_header',
    }
    const { call } = newWorld(SECOND)
    expect(asked(await call('POST login/', { headers: { authorization } }))).toEqual([401, body, CHALLENGE])
  })

  it('tells of a user who is inactive, or gone', async () => {
    const { call, member, auth, store } = newWorld(SECOND)
    const ann = await member('ann')
    const ben = await member('ben')
    await auth.setStatus({ userId: ann.id, status: 'disabled' })
    expect(asked(await call('GET user/', { jwt: ann.token }))).toEqual([
      401,
      { detail: 'User is inactive', code: 'user_inactive' },
      CHALLENGE,
    ])
    await store.users.delete(ben.id)
    expect(asked(await call('GET user/', { jwt: ben.token }))).toEqual([
      401,
      { detail: 'User not found', code: 'user_not_found' },
      CHALLENGE,
    ])
  })

  it('rule 36: an expired cookie is refused on every route but token/*', async () => {
    const { call, member, clock } = newWorld(SECOND)
    const { token } = await member('ann')
    clock.advance({ minutes: 6 })
    const headers = { cookie: `acc=${token}` }
    expect(asked(await call('GET user/', { headers }))).toEqual(refused('Token is expired'))
    for (const row of [
      'PATCH user/',
      'POST login/',
      'POST logout/',
      'POST password/reset/',
      'POST password/reset/confirm/',
      'POST password/change/',
      'POST registration/',
      'POST registration/verify-email/',
      'POST registration/resend-email/',
    ]) {
      const answer = await call(row, { json: { username: 'ann', password: PASSWORD }, headers })
      expect([row, asked(answer), answer.cookies]).toEqual([row, refused('Token is expired'), []])
    }
    expect((await call('POST token/verify/', { json: {}, headers })).status).toBe(400)
    expect((await call('POST token/refresh/', { json: {}, headers })).body).toMatchObject({
      detail: 'No valid refresh token found.',
    })
  })

  it('ignoreStaleCredentials logs in over an expired cookie', async () => {
    const { call, member, clock } = newWorld({ ...SECOND, ignoreStaleCredentials: true })
    const { token } = await member('ann')
    clock.advance({ minutes: 6 })
    const headers = { cookie: `acc=${token}` }
    const json = { username: 'ann', password: PASSWORD }
    expect((await call('POST login/', { json, headers })).status).toBe(200)
    expect((await call('POST logout/', { headers })).status).toBe(401)
  })
})

describe('§1.4 generation 0.9: JWT, or the cookie', () => {
  const FIRST: RestAuthOptions = { generation: '0.9', useJwt: true, jwtAuthCookie: 'jwt' }
  const refused = (detail: string): unknown => [401, { detail }, 'JWT realm="api"']

  it('takes the keyword in any case', async () => {
    const { call, member } = newWorld(FIRST)
    const { token } = await member('ann')
    for (const keyword of ['JWT', 'jwt', 'Jwt']) {
      expect((await call('GET user/', { headers: { authorization: `${keyword} ${token}` } })).status).toBe(200)
    }
    const headers = { authorization: `Bearer ${token}` }
    expect(asked(await call('GET user/', { headers }))).toEqual(refused(DETAILS.anonymous.detail))
  })

  it('takes the cookie where there is no header, also for writing', async () => {
    const { call, member } = newWorld(FIRST)
    const { token } = await member('ann')
    const headers = { cookie: `jwt=${token}` }
    expect((await call('GET user/', { headers })).status).toBe(200)
    expect((await call('PATCH user/', { json: { first_name: 'Ann' }, headers })).status).toBe(200)
    expect((await call('GET user/', { headers: { ...headers, authorization: 'Token abc' } })).status).toBe(401)
  })

  it('refuses such a write from another site', async () => {
    const { call, member } = newWorld(FIRST)
    const { token } = await member('ann')
    const headers = { cookie: `jwt=${token}` }
    const answer = await call('PATCH user/', { json: {}, headers, origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
  })

  it('tells what is wrong with a token', async () => {
    const { call, member, clock } = newWorld(FIRST)
    const { token } = await member('ann')
    const told401 = async (value: string): Promise<unknown> =>
      asked(await call('GET user/', { headers: { authorization: `JWT ${value}` } }))
    const claims = claimsOf(token)
    const forged = await signed('simple-jwt', claims)
    for (const bad of ['x', 'a.b.c', forged, `${token}x`, 'x'.repeat(9000), `${token.slice(0, -3)}abc`]) {
      expect(await told401(bad)).toEqual(refused('Error decoding signature.'))
    }
    for (const alg of ['none', 'HS512', 'RS256']) {
      expect(await told401(withHeader(token, { alg, typ: 'JWT' }))).toEqual(
        refused('Incorrect authentication credentials.'),
      )
    }
    expect(await told401(await without('drf-jwt', token, 'username'))).toEqual(refused('Invalid payload.'))
    expect(await told401('a b')).toEqual(
      refused('Invalid Authorization header. Credentials string should not contain spaces.'),
    )
    expect(asked(await call('POST login/', { headers: { authorization: 'JWT' } }))).toEqual(
      refused('Invalid Authorization header. No credentials provided.'),
    )
    clock.advance({ seconds: 301 })
    expect(await told401(token)).toEqual(refused('Signature has expired.'))
  })

  it('tells of a user who was renamed or disabled', async () => {
    const { call, member, auth } = newWorld(FIRST)
    const ann = await member('ann')
    const ben = await member('ben')
    expect((await call('PATCH user/', { json: { username: 'anna' }, jwt: ann.token })).status).toBe(200)
    expect(asked(await call('GET user/', { jwt: ann.token }))).toEqual(refused('Invalid signature.'))
    await auth.setStatus({ userId: ben.id, status: 'disabled' })
    expect(asked(await call('GET user/', { jwt: ben.token }))).toEqual(refused('User account is disabled.'))
  })

  it('a token that was logged out is over, as if it had expired', async () => {
    const { call, member } = newWorld(FIRST)
    const { token } = await member('ann')
    expect((await call('POST logout/', { jwt: token })).status).toBe(200)
    expect(asked(await call('GET user/', { jwt: token }))).toEqual(refused('Signature has expired.'))
  })

  it('lets no token of another kind in', async () => {
    const { call, addUser, auth } = newWorld(FIRST)
    await addUser('ann')
    for (const carrier of ['cookie', 'token', 'jwt', 'user-token', 'simple-jwt', 'drf-jwt'] as const) {
      const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD, carrier })
      const { status } = await call('GET user/', { jwt: issued.token })
      expect([carrier, status]).toEqual([carrier, carrier === 'drf-jwt' ? 200 : 401])
    }
  })
})
