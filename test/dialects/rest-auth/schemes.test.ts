import { describe, expect, it } from 'vitest'
import type { SchemeName } from '../../../src/dialects/drf/view.ts'
import { type Answer, cookieFrom, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { DETAILS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const basic = (pair: string): string => `Basic ${btoa(pair)}`

const asked = (answer: Answer): unknown => [...told(answer), answer.headers.get('www-authenticate')]

/** Everything that anybody may post to. */
const PUBLIC = [
  'POST login/',
  'POST logout/',
  'POST password/reset/',
  'POST password/reset/confirm/',
  'POST registration/',
  'POST registration/verify-email/',
] as const

describe.each(GENERATIONS)('§1.4 who the caller is, generation %s', (generation) => {
  it.each<[SchemeName, number, string | null]>([
    ['session', 403, null],
    ['token', 401, 'Token'],
    ['drf-jwt', 401, 'JWT realm="api"'],
    ['jwt-cookie', 401, 'Bearer realm="api"'],
    ['jwt', 401, 'Bearer realm="api"'],
    ['basic', 401, 'Basic realm="api"'],
  ])('with %s first nobody is answered %i', async (first, status, challenge) => {
    const { call } = newWorld({ generation, authentication: [first] })
    for (const row of ['GET user/', 'POST user/', 'OPTIONS user/', 'GET password/change/', 'POST password/change/']) {
      expect([row, asked(await call(row))]).toEqual([row, [status, DETAILS.anonymous, challenge]])
    }
  })

  it.each([
    ['Token', 'Invalid token header. No credentials provided.'],
    ['token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['TOKEN \u00e4', 'Invalid token header. Token string should not contain invalid characters.'],
    [`Token ${'a'.repeat(40)}`, 'Invalid token.'],
    ['Basic', 'Invalid basic header. No credentials provided.'],
    ['Basic a b', 'Invalid basic header. Credentials string should not contain spaces.'],
    ['Basic %%%', 'Invalid username/password.'],
    ['Basic abc', 'Invalid username/password.'],
    [basic('nocolon'), 'Invalid username/password.'],
    [basic('ann:wrong'), 'Invalid username/password.'],
    [basic('ann\0:\u00ff'), 'Invalid username/password.'],
  ])('refuses %s in the way of the first scheme, also where anybody may come in', async (authorization, detail) => {
    const { call, addUser } = newWorld({ generation, authentication: ['session', 'token', 'basic'] })
    await addUser('ann')
    const headers = { authorization }
    expect(told(await call('GET user/', { headers }))).toEqual([403, { detail }])
    const json = { username: 'ann', password: PASSWORD }
    expect(told(await call('POST login/', { json, headers }))).toEqual([403, { detail }])
  })

  it('refuses a bad credential on every public route, whatever the body', async () => {
    const { call, addUser } = newWorld({ generation, authentication: ['token'] })
    await addUser('ann')
    const headers = { authorization: 'Token bad' }
    for (const row of PUBLIC) {
      const answer = await call(row, { json: { username: 'ann', password: PASSWORD }, headers })
      expect([row, asked(answer)]).toEqual([row, [401, DETAILS.invalidToken, 'Token']])
    }
  })

  it('leaves a keyword of another scheme to that one, and takes its own in any case', async () => {
    const { call, member } = newWorld({ generation, authentication: ['basic', 'token'] })
    const { token } = await member('ann')
    for (const authorization of [`Token ${token}`, `tOkEn  ${token}`, basic(`ann:${PASSWORD}`)]) {
      expect((await call('GET user/', { headers: { authorization } })).body).toMatchObject({ username: 'ann' })
    }
    for (const authorization of ['', 'Bearer x', 'Digest y', `Token${token}`, token]) {
      expect(told(await call('GET user/', { headers: { authorization } }))).toEqual([401, DETAILS.anonymous])
    }
  })

  it('DEFAULT_AUTHENTICATION_CLASSES: the first scheme that accepts decides between two users', async () => {
    for (const [authentication, name] of [
      [['token', 'session'], 'ann'],
      [['session', 'token'], 'ben'],
    ] as const) {
      const { call, member, addUser, browser } = newWorld({ generation, authentication })
      const { token } = await member('ann')
      await addUser('ben')
      const page = browser()
      await page.login('ben')
      const cookie = page.jar.headerFor('/') ?? ''
      expect((await call('GET user/', { token, headers: { cookie } })).body).toMatchObject({ username: name })
    }
  })

  it('tells no more than `Invalid token.` about a user who was disabled', async () => {
    const { call, member, auth } = newWorld({ generation, authentication: ['token'] })
    const { id, token } = await member('ann')
    await auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await call('GET user/', { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it('takes an expired, unknown or emptied session for nobody, and clears its cookie', async () => {
    const { call, addUser, browser, clock } = newWorld({ generation })
    await addUser('ann')
    const page = browser()
    const live = cookieFrom(await page.login('ann'), 'sessionid')
    clock.advance({ days: 90 })
    for (const cookie of [live, 'sessionid=x', 'sessionid=', 'sessionid=""']) {
      const answer = await call('POST password/reset/', { json: { email: 'a@b.example' }, headers: { cookie } })
      expect([cookie, answer.status, answer.cookies]).toEqual([
        cookie,
        200,
        ['sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'],
      ])
    }
  })
})

describe('TOKEN_CREATOR, REST_AUTH_TOKEN_CREATOR', () => {
  it('get-or-create gives the same key at every log-in, create another one', async () => {
    for (const [tokenCreator, isSame] of [
      ['get-or-create', true],
      ['create', false],
    ] as const) {
      const { call, member, tokenOf } = newWorld({ tokenCreator, authentication: ['token'] })
      const { token } = await member('ann')
      const next = await tokenOf('ann')
      expect(token === next).toBe(isSame)
      for (const key of [token, next]) expect((await call('GET user/', { token: key })).status).toBe(200)
    }
  })

  it('lets in no token of the other kind', async () => {
    for (const [tokenCreator, own] of [
      ['get-or-create', 'user-token'],
      ['create', 'token'],
    ] as const) {
      const { call, addUser, auth } = newWorld({ tokenCreator, authentication: ['token'] })
      await addUser('ann')
      for (const carrier of ['cookie', 'token', 'jwt', 'user-token', 'simple-jwt', 'drf-jwt'] as const) {
        const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD, carrier })
        const { status } = await call('GET user/', { token: issued.token })
        expect([tokenCreator, carrier, status]).toEqual([tokenCreator, carrier, carrier === own ? 200 : 401])
      }
    }
  })
})

describe('§12 ignoreStaleCredentials', () => {
  const STALE = { authorization: 'Token bad' }
  const right = { username: 'ann', password: PASSWORD }

  it.each(GENERATIONS)('lets a bad token count as none where people get in, in generation %s', async (generation) => {
    const { call, addUser } = newWorld({
      generation,
      ignoreStaleCredentials: true,
      authentication: ['token', 'session'],
    })
    await addUser('ann')
    expect((await call('POST login/', { json: right, headers: STALE })).status).toBe(200)
    expect((await call('POST password/reset/', { json: { email: 'x@y.example' }, headers: STALE })).status).toBe(200)
    expect((await call('POST registration/', { json: {}, headers: STALE })).status).toBe(400)
  })

  it('refuses it as ever where somebody must have logged in, and at log-out', async () => {
    const { call } = newWorld({ ignoreStaleCredentials: true, authentication: ['token', 'session'] })
    for (const row of ['GET user/', 'POST password/change/', 'POST logout/']) {
      expect([row, told(await call(row, { headers: STALE }))]).toEqual([row, [401, DETAILS.invalidToken]])
    }
  })

  it('takes a session without its CSRF token for nobody, and still nothing from another site', async () => {
    const { call, addUser, browser } = newWorld({ ignoreStaleCredentials: true })
    await addUser('ann')
    const page = browser()
    await page.login('ann')
    const cookie = page.jar.headerFor('/') ?? ''
    expect((await call('POST login/', { json: right, headers: { cookie } })).status).toBe(200)
    const foreign = await call('POST login/', { json: right, headers: { cookie }, origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    const sent = { cookie, 'sec-fetch-site': 'cross-site' }
    expect((await call('POST login/', { json: right, headers: sent, origin: null })).status).toBe(403)
  })

  it('goes on to the next scheme after one that was ignored', async () => {
    const seen: (string | null)[] = []
    const { call, addUser, browser } = newWorld({
      ignoreStaleCredentials: true,
      authentication: ['token', 'session'],
      registerPermission: ({ caller }) => {
        seen.push(caller?.username ?? null)
        return true
      },
    })
    await addUser('ann')
    const page = browser()
    await page.login('ann')
    await page.call('POST registration/', { json: {}, headers: STALE })
    expect(seen).toEqual(['ann'])
    await call('POST registration/', { json: {}, headers: STALE })
    expect(seen).toEqual(['ann', null])
  })

  it('counts wrong passwords behind Basic all the same: three of them lock', async () => {
    const { call, addUser } = newWorld({ ignoreStaleCredentials: true, authentication: ['basic'] })
    await addUser('ann')
    const headers = { authorization: basic('ann:wrong') }
    for (const _ of [1, 2, 3]) await call('POST password/reset/', { json: { email: 'x@y.example' }, headers })
    expect((await call('POST login/', { json: right })).status).toBe(400)
  })
})
