import { describe, expect, it, vi } from 'vitest'
import type { ApiAnswer } from '../support/api-client.ts'
import { apiWorlds, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const newWorld = apiWorlds()

const SESSION = '__Host-portress-session'
const DEVICE = '__Host-portress-device'
const SAME_SITE = { origin: TEST_ORIGIN }

describe('the carrier cookie', () => {
  it('keeps the secret out of the body and out of reach of scripts and other hosts', async () => {
    const { addUser, logIn } = await newWorld()
    await addUser('ann')
    const answer = await logIn('ann', 'cookie')
    expect(Object.keys(answer.body)).toEqual(['user', 'session'])
    expect(answer.body.session.carrier).toBe('cookie')
    const [session, device, ...others] = answer.headers.getSetCookie()
    const attributes = 'HttpOnly; SameSite=Lax; Secure'
    expect(session).toMatch(new RegExp(`^${SESSION}=[\\w-]{43}; Path=/; Max-Age=2592000; ${attributes}$`))
    expect(device).toMatch(new RegExp(`^${DEVICE}=[\\w-]{22}\\.[\\w-]{43}; Path=/; Max-Age=34560000; ${attributes}$`))
    expect(others).toEqual([])
  })

  it('takes SameSite from the configuration, and leaves out over plain HTTP what only HTTPS can keep', async () => {
    const { addUser, logIn } = await newWorld({
      site: { name: 'Acme', origin: 'http://acme.test' },
      environment: 'development',
      cookies: { sameSite: 'Strict' },
    })
    await addUser('ann')
    const [session] = (await logIn('ann', 'cookie')).headers.getSetCookie()
    expect(session).toMatch(/^portress-session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/)
  })

  it('reads with the cookie alone, and acts only for pages of the site', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const cookie = cookieOf(await logIn('ann', 'cookie'))
    const headers = { cookie }
    expect((await call('GET /me', { headers })).status).toBe(200)
    const rename = (from: Record<string, string>): Promise<ApiAnswer> =>
      call('PATCH /me', { headers: { ...headers, ...from }, json: { firstName: 'Ann' } })
    for (const from of [
      {},
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: `${TEST_ORIGIN}.evil.test` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const { status, body } = await rename(from)
      expect([from, status, body.code]).toEqual([from, 403, 'cross_site_request'])
    }
    expect((await call('GET /me', { headers })).body.user['firstName']).toBe('')
    expect((await rename(SAME_SITE)).status).toBe(200)
    expect((await rename({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('lets pages of other sites neither log in nor register', async () => {
    const { addUser, call } = await newWorld()
    await addUser('ann')
    const headers = { origin: 'https://evil.test' }
    const json = { identifier: 'ann', password: PASSWORD }
    expect((await call('POST /login', { headers, json })).body.code).toBe('cross_site_request')
    expect((await call('POST /register', { headers, json })).body.code).toBe('cross_site_request')
  })

  it('tells whoever develops by which name the site must be opened, and nobody in production', async () => {
    for (const environment of ['development', 'production'] as const) {
      const warn = vi.fn()
      const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() }
      const { auth, call } = await newWorld({ environment, logger })
      auth.start()
      warn.mockClear()
      await call('POST /login', { headers: { origin: 'http://localhost:3000' }, json: {} })
      const explained = [
        { origin: 'http://localhost:3000', trusted: [TEST_ORIGIN] },
        expect.stringContaining('site.origin'),
      ]
      expect(warn.mock.calls).toEqual(environment === 'development' ? [explained] : [])
    }
  })

  it('is forgotten by the browser once its session is over, however that came', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const forgotten = [`${SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`]
    const ends = [
      (headers: Record<string, string>) => call('POST /logout', { headers }),
      (headers: Record<string, string>, id: string) => call('DELETE /sessions/:id', { headers, id }),
      (headers: Record<string, string>) => call('DELETE /me', { headers, json: { currentPassword: PASSWORD } }),
    ]
    for (const end of ends) {
      const loggedIn = await logIn('ann', 'cookie')
      const headers = { cookie: cookieOf(loggedIn), ...SAME_SITE }
      const ended = await end(headers, loggedIn.body.session.id)
      expect([ended.status, ended.headers.getSetCookie()]).toEqual([204, forgotten])
      expect((await call('GET /me', { headers })).body.code).toBe('token_invalid')
    }
  })

  it('stays in the browser when another session ends', async () => {
    const { addUser, call, logIn, memberToken } = await newWorld()
    const token = await memberToken('ann')
    expect((await call('POST /logout', { token })).headers.getSetCookie()).toEqual([])
    await addUser('bob')
    const headers = { cookie: cookieOf(await logIn('bob', 'cookie')), ...SAME_SITE }
    const { id } = (await logIn('bob')).body.session
    expect((await call('DELETE /sessions/:id', { headers, id })).headers.getSetCookie()).toEqual([])
  })

  it('gets a new value when the password is changed, and the old one is dead', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const old = { cookie: cookieOf(await logIn('ann', 'cookie')), ...SAME_SITE }
    const json = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    const changed = await call('POST /password/change', { headers: old, json })
    expect(changed.status).toBe(204)
    expect((await call('GET /me', { headers: old })).status).toBe(401)
    expect((await call('GET /me', { headers: { cookie: cookieOf(changed) } })).status).toBe(200)
  })

  it('counts for nothing when there are two of the name', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const cookie = cookieOf(await logIn('ann', 'cookie'))
    const { body } = await call('GET /me', { headers: { cookie: `${cookie}; ${SESSION}=planted` } })
    expect(body.code).toBe('not_authenticated')
  })

  it('never stands in for an Authorization header that is bad', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const cookie = cookieOf(await logIn('ann', 'cookie'))
    for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic YW5uOng=', 'Bearer a b']) {
      const { status, body } = await call('GET /me', { headers: { cookie, authorization } })
      expect([authorization, status, body.code]).toEqual([authorization, 401, 'token_invalid'])
    }
  })
})

describe('the known-device cookie', () => {
  it('comes with every log-in, whatever carries the session', async () => {
    const { addUser, logIn } = await newWorld()
    await addUser('ann')
    for (const carrier of ['cookie', 'token', 'jwt'] as const) {
      const names = (await logIn('ann', carrier)).headers.getSetCookie().map((cookie) => cookie.split('=')[0])
      expect(names).toEqual(carrier === 'cookie' ? [SESSION, DEVICE] : [DEVICE])
    }
  })

  it('lets the owner in while strangers have locked the user', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const cookie = cookieOf(await logIn('ann'))
    for (let guess = 0; guess < 3; guess += 1) {
      await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })
    }
    expect((await logIn('ann')).status).toBe(401)
    const json = { identifier: 'ann', password: PASSWORD }
    expect((await call('POST /login', { headers: { cookie }, json })).status).toBe(200)
  })
})

/** What a browser sends back of what it was given. */
function cookieOf({ headers }: ApiAnswer): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
