import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DrfSettings } from '../../../src/dialects/drf/view.ts'
import { type DoorAnswer, doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

afterEach(() => vi.restoreAllMocks())

type Schemes = DrfSettings['schemes']

const ANONYMOUS = { detail: 'Authentication credentials were not provided.' }

const told = ({ status, body, headers }: DoorAnswer): unknown => [status, body, headers.get('www-authenticate')]

const basic = (pair: string): string => `Basic ${btoa(pair)}`

describe('nobody', () => {
  it.each<[Schemes, number, string | null]>([
    [['token', 'session'], 401, 'Token'],
    [['jwt', 'token'], 401, 'JWT realm="api"'],
    [['basic', 'session'], 401, 'Basic realm="api"'],
    [['session', 'basic'], 403, null],
  ])('with %s is told so by the first scheme', async (schemes, status, challenge) => {
    const { call } = newSite({ door: { schemes } })
    for (const row of ['GET me/', 'HEAD me/', 'OPTIONS me/', 'POST me/', 'DELETE me/']) {
      const answer = await call(row)
      const body = row.startsWith('HEAD') ? null : ANONYMOUS
      expect([row, told(answer)]).toEqual([row, [status, body, challenge]])
    }
  })

  it.each([
    '',
    'Digest x',
    'Bearerx y',
    'bearer abc',
    'jwt abc',
    'Basic abc',
    'Tokenx',
    'Token\u00a0abc',
    'x'.repeat(9000),
  ])('is who sends only what no scheme knows: %s', async (authorization) => {
    const { call } = newSite({ door: { schemes: ['token', 'jwt'] } })
    expect(told(await call('GET me/', { headers: { authorization } }))).toEqual([401, ANONYMOUS, 'Token'])
    expect((await call('GET people/1/', { headers: { authorization } })).status).toBe(200)
  })
})

describe('the token scheme', () => {
  it('takes its keyword in any case, and any white space', async () => {
    const site = newSite()
    const key = (await site.member('ann')).slice(6)
    for (const authorization of [`Token ${key}`, `tOKEN   ${key}`, `token\t${key}`]) {
      expect([authorization, (await site.call('GET me/', { headers: { authorization } })).status]).toEqual([
        authorization,
        200,
      ])
    }
    for (const authorization of [`Bearer ${key}`, key, `Token${key}`, `JWT ${key}`]) {
      expect((await site.call('GET me/', { headers: { authorization } })).status).toBe(401)
    }
  })

  it.each([
    ['Token', 'Invalid token header. No credentials provided.'],
    ['token ', 'Invalid token header. No credentials provided.'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['Token a\tb c', 'Invalid token header. Token string should not contain spaces.'],
    ['Token \u00e4bc', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Token abc\u00a0', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Token abc', 'Invalid token.'],
    [`Token ${'a'.repeat(40)}`, 'Invalid token.'],
    [`Token ${'a'.repeat(20_000)}`, 'Invalid token.'],
  ])('refuses %s everywhere', async (authorization, detail) => {
    const { call } = newSite()
    for (const row of ['GET me/', 'POST token/login', 'GET people/1/', 'DELETE echo/', 'OPTIONS echo/']) {
      expect([row, told(await call(row, { headers: { authorization } }))]).toEqual([row, [401, { detail }, 'Token']])
    }
  })

  it('refuses a token in capitals', async () => {
    const site = newSite()
    const authorization = (await site.member('ann')).replace(/[a-f]/g, (letter) => letter.toUpperCase())
    expect((await site.call('GET me/', { headers: { authorization } })).status).toBe(401)
  })

  it('refuses the token of a user who was disabled', async () => {
    const site = newSite()
    const id = await site.addUser('ann')
    const { body } = await site.call('POST token/login', { json: { username: 'ann', password: PASSWORD } })
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    const authorization = `Token ${(body as { readonly token: string }).token}`
    expect((await site.call('GET me/', { headers: { authorization } })).status).toBe(401)
  })
})

describe('the scheme of JSON Web Tokens', () => {
  async function jwtFor(
    site: ReturnType<typeof newSite>,
  ): Promise<{ readonly access: string; readonly refresh: string }> {
    await site.addUser('ann')
    const { body } = await site.call('POST jwt/create', { json: { username: 'ann', password: PASSWORD } })
    const { token: access, refresh } = body as { readonly token: string; readonly refresh: string }
    return { access, refresh }
  }

  it('takes its keywords in exactly their spelling', async () => {
    const site = newSite()
    const { access } = await jwtFor(site)
    const statusFor = async (authorization: string) =>
      (await site.call('GET me/', { headers: { authorization } })).status
    expect(await statusFor(`JWT ${access}`)).toBe(200)
    expect(await statusFor(`Bearer  ${access}`)).toBe(200)
    for (const keyword of ['jwt', 'BEARER', 'Token', '']) expect(await statusFor(`${keyword} ${access}`)).toBe(401)
  })

  it.each(['JWT', 'Bearer ', 'JWT a b', 'Bearer a b c'])(
    'refuses %s, which is not two parts',
    async (authorization) => {
      const { call } = newSite({ door: { schemes: ['jwt'] } })
      const body = {
        detail: 'Authorization header must contain two space-delimited values',
        code: 'bad_authorization_header',
      }
      expect(told(await call('POST echo/', { headers: { authorization } }))).toEqual([401, body, 'JWT realm="api"'])
    },
  )

  it('refuses what is no access token, and says why', async () => {
    const site = newSite()
    const { access, refresh } = await jwtFor(site)
    const messageFor = async (token: string): Promise<unknown> => {
      const { status, text } = await site.call('GET people/1/', { headers: { authorization: `JWT ${token}` } })
      const start =
        '{"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"'
      return [status, text.startsWith(start), text.slice(start.length, -4)]
    }
    expect(await messageFor('x')).toEqual([401, true, 'Token is invalid'])
    expect(await messageFor(refresh)).toEqual([401, true, 'Token has wrong type'])
    expect(await messageFor(`${access}x`)).toEqual([401, true, 'Token is invalid'])
    site.clock.advance({ minutes: 6 })
    expect(await messageFor(access)).toEqual([401, true, 'Token is expired'])
  })
})

describe('the basic scheme', () => {
  const site = () => newSite({ door: { schemes: ['basic'] } })

  it('takes name and password, the keyword in any case, and asks for no CSRF token', async () => {
    const { call, addUser } = site()
    await addUser('ann')
    for (const keyword of ['Basic', 'bASIC']) {
      const authorization = basic(`ann:${PASSWORD}`).replace('Basic', keyword)
      expect((await call('PATCH me/', { json: { first_name: 'Ann' }, headers: { authorization } })).status).toBe(200)
    }
  })

  it.each([
    ['Basic', 'Invalid basic header. No credentials provided.'],
    ['Basic a b', 'Invalid basic header. Credentials string should not contain spaces.'],
    ['Basic %%%', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    ['Basic abc', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    ['Basic \u00e4\u00e4\u00e4\u00e4', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [basic('nocolon'), 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [basic('ann:wrong'), 'Invalid username/password.'],
    [basic('nobody:wrong'), 'Invalid username/password.'],
    [basic(':'), 'Invalid username/password.'],
    [basic('a\0b:\0'), 'Invalid username/password.'],
    [basic(`${'a'.repeat(3000)}:x`), 'Invalid username/password.'],
    [basic(`ann:${'x'.repeat(5000)}`), 'Invalid username/password.'],
    [basic('\u00ff\u00fe:x'), 'Invalid username/password.'],
  ])('refuses %s', async (authorization, detail) => {
    const { call, addUser } = site()
    await addUser('ann')
    expect(told(await call('GET me/', { headers: { authorization } }))).toEqual([401, { detail }, 'Basic realm="api"'])
  })

  it('keeps a password with colons, and one in another alphabet', async () => {
    const { call, auth } = site()
    const password = 'eins:zwei:drei:Ünïcode'
    await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'bypassed' })
    const utf8 = String.fromCharCode(...new TextEncoder().encode(`ann:${password}`))
    for (const pair of [utf8, `ann:${password}`]) {
      expect((await call('GET me/', { headers: { authorization: basic(pair) } })).status).toBe(200)
    }
  })

  it('goes through the gate: three wrong guesses lock, and then the right password is refused as well', async () => {
    const { call, addUser } = site()
    await addUser('ann')
    const statusFor = async (password: string) =>
      (await call('GET me/', { headers: { authorization: basic(`ann:${password}`) } })).status
    expect([await statusFor('a'), await statusFor('b'), await statusFor('c')]).toEqual([401, 401, 401])
    expect(await statusFor(PASSWORD)).toBe(401)
    // One lock for all doors.
    const login = await call('POST token/login', { json: { username: 'ann', password: PASSWORD } })
    expect(login.status).toBe(400)
  })
})

describe('several schemes', () => {
  it('the first that recognises a credential decides', async () => {
    const site = newSite({ door: { schemes: ['token', 'session'] } })
    const authorization = await site.member('ann')
    const { cookie } = await site.browser('ben')
    const { body } = await site.call('GET me/', { headers: { authorization, cookie } })
    expect(body).toMatchObject({ username: 'ann' })
    // The token decided, so nobody asks for a CSRF token.
    const { status } = await site.call('PATCH me/', { json: {}, headers: { authorization, cookie } })
    expect(status).toBe(200)
  })

  it('a session before it decides, and is asked for its CSRF token beside a good token', async () => {
    const site = newSite({ door: { schemes: ['session', 'token'] } })
    const authorization = await site.member('ann')
    const { cookie } = await site.browser('ben')
    expect((await site.call('GET me/', { headers: { authorization, cookie } })).body).toMatchObject({ username: 'ben' })
    const { status } = await site.call('PATCH me/', { json: {}, headers: { authorization, cookie } })
    expect(status).toBe(403)
  })

  it('a bad credential of a later one is refused in the way of the first', async () => {
    const { call } = newSite({ door: { schemes: ['session', 'token'] } })
    const answer = await call('POST echo/', { headers: { authorization: 'Token bad' } })
    expect(told(answer)).toEqual([403, { detail: 'Invalid token.' }, null])
  })
})

describe('no carrier stands in for another', () => {
  const CARRIERS = ['cookie', 'token', 'jwt', 'user-token', 'simple-jwt', 'drf-jwt'] as const

  it.each([
    ['cookie', 'sessionid=', 'cookie'],
    ['user-token', 'Token ', 'authorization'],
    ['simple-jwt', 'JWT ', 'authorization'],
  ])('only a value of the carrier %s is good behind "%s"', async (place, prefix, header) => {
    const site = newSite({ door: { schemes: ['token', 'jwt', 'session'] } })
    await site.addUser('ann')
    const statusOf = async (value: string) =>
      (await site.call('GET me/', { headers: { [header]: prefix + value } })).status
    for (const carrier of CARRIERS) {
      const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier })
      expect([carrier, await statusOf(issued.token)]).toEqual([carrier, carrier === place ? 200 : 401])
      expect([carrier, await statusOf(issued.refreshToken ?? 'none')]).toEqual([carrier, 401])
    }
  })
})
