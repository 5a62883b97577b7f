import { describe, expect, it } from 'vitest'
import { cookieFrom, empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { type DjoserSite, djoserSites } from './support/djoser-site.ts'
import { DETAILS } from './support/words.ts'

const newSite = djoserSites()

const WITH_SESSIONS = { createSessionOnLogin: true, authentication: ['session', 'token'] } as const

interface Browser {
  /** Both cookies. */
  readonly cookie: string
  /** The value of the CSRF cookie. */
  readonly csrf: string
  readonly token: string
}

async function logIn(site: DjoserSite, username = 'ann'): Promise<Browser> {
  await site.addUser(username)
  const answer = await site.call('POST token/login/', { json: { username, password: PASSWORD } })
  const [session, csrf] = [cookieFrom(answer, 'sessionid'), cookieFrom(answer, 'csrftoken')]
  return { cookie: `${session}; ${csrf}`, csrf: csrf.slice('csrftoken='.length), token: textIn(answer, 'auth_token') }
}

const failed = (detail: string): readonly unknown[] => [403, { detail: `CSRF Failed: ${detail}` }]

const CHANGE = 'PATCH users/me/'

describe('§1.3 cookie session users', () => {
  it('§1.3 sessions: reading needs no CSRF token, and changing does', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, csrf } = await logIn(site)
    expect((await site.call('GET users/me/', { headers: { cookie } })).status).toBe(200)
    expect(told(await site.call(CHANGE, { headers: { cookie }, json: {} }))).toEqual(failed('CSRF token missing.'))
    expect((await site.call(CHANGE, { headers: { cookie, 'x-csrftoken': csrf }, json: {} })).status).toBe(200)
  })

  it.each(['token/logout/', 'logout'])(
    'setting CREATE_SESSION_ON_LOGIN: %s with a token ends the cookie’s session too',
    async (path) => {
      const site = newSite({ djoser: { createSessionOnLogin: true, authentication: ['token', 'session'] } })
      const { cookie, token } = await logIn(site)
      const left = await site.call(`POST ${path}`, { token, headers: { cookie } })
      expect(left.status).toBe(path === 'logout' ? 200 : 204)
      expect(cookieFrom(left, 'sessionid')).toBe('sessionid=""')
      expect((await site.call('GET users/me/', { headers: { cookie } })).status).toBe(401)
    },
  )

  it('setting CREATE_SESSION_ON_LOGIN: a logout leaves the session of somebody else alone', async () => {
    const site = newSite({ djoser: { createSessionOnLogin: true, authentication: ['token', 'session'] } })
    const [ann, bob] = [await logIn(site, 'ann'), await logIn(site, 'bob')]
    await site.call('POST token/logout/', { token: ann.token, headers: { cookie: bob.cookie } })
    expect((await site.call('GET users/me/', { headers: { cookie: bob.cookie } })).status).toBe(200)
  })

  it('§1.3 sessions: registering and logging in ask for it as well, beside a live cookie', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie } = await logIn(site)
    for (const row of ['POST users/', 'POST token/login/', 'POST users/reset_password/']) {
      expect([row, ...told(await site.call(row, { headers: { cookie }, json: {} }))]).toEqual([
        row,
        ...failed('CSRF token missing.'),
      ])
    }
    for (const path of ['jwt/create/', 'jwt/refresh/', 'jwt/verify/']) {
      expect((await site.call(`POST ${path}`, { headers: { cookie }, json: {} })).status).toBe(400)
    }
  })

  it('§1.3 sessions: a POST form may carry it as csrfmiddlewaretoken, and nothing else may', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, csrf } = await logIn(site)
    const fields = { csrfmiddlewaretoken: csrf, current_password: PASSWORD, new_password: OTHER_PASSWORD }
    const headers = { cookie }
    const json = await site.call('POST users/set_password/', { headers, json: fields })
    expect(told(json)).toEqual(failed('CSRF token missing.'))
    const patched = await site.call(CHANGE, { headers, form: { csrfmiddlewaretoken: csrf } })
    expect(told(patched)).toEqual(failed('CSRF token missing.'))
    expect(empty(await site.call('POST users/set_password/', { headers, form: fields }))).toBe(204)
  })

  it.each([
    ['another one', 'A'.repeat(32), "CSRF token from the 'X-Csrftoken' HTTP header incorrect."],
    ['a short one', 'abc', "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ['one with other signs', '!'.repeat(32), "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."],
  ])('§1.3 sessions: %s in the header is 403', async (_, token, detail) => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie } = await logIn(site)
    const headers = { cookie, 'x-csrftoken': token }
    expect(told(await site.call(CHANGE, { headers, json: {} }))).toEqual(failed(detail))
  })

  it('§1.3 sessions: an Origin of another site is 403, with or without the token', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, csrf } = await logIn(site)
    const origin = 'https://evil.example'
    const headers = { cookie, 'x-csrftoken': csrf }
    expect(told(await site.call(CHANGE, { headers, origin, json: { email: 'evil@example.org' } }))).toEqual(
      failed(`Origin checking failed - ${origin} does not match any trusted origins.`),
    )
    const own = await site.call(CHANGE, { headers, json: {} })
    expect(own.status).toBe(200)
    expect((await site.stored('ann')).email).toBe('ann@example.org')
  })

  it('§1.3 sessions: over HTTPS a request without an Origin needs a Referer of the site', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, csrf } = await logIn(site)
    const headers = { cookie, 'x-csrftoken': csrf }
    const bare = await site.call(CHANGE, { headers, origin: null, json: {} })
    expect(told(bare)).toEqual(failed('Referer checking failed - no Referer.'))
    for (const [referer, status] of [
      ['https://acme.test/account', 200],
      ['https://evil.example/acme.test', 403],
      ['http://acme.test/', 403],
    ] as const) {
      const answer = await site.call(CHANGE, { headers: { ...headers, referer }, origin: null, json: {} })
      expect([referer, answer.status]).toEqual([referer, status])
    }
  })

  it('§1.3 sessions: with the session first a live cookie decides, beside a good token too', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, token } = await logIn(site)
    const headers = { cookie }
    expect(told(await site.call(CHANGE, { headers, token, json: {} }))).toEqual(failed('CSRF token missing.'))
  })

  it('§1.3 sessions: with the token first the token decides', async () => {
    const site = newSite({ djoser: { ...WITH_SESSIONS, authentication: ['token', 'session'] } })
    const { cookie, token } = await logIn(site)
    expect((await site.call(CHANGE, { headers: { cookie }, token, json: {} })).status).toBe(200)
    expect(told(await site.call(CHANGE, { headers: { cookie }, json: {} }))).toEqual(failed('CSRF token missing.'))
  })

  it.each(['sessionid=nonsense', 'sessionid='])('§1.3 sessions: the dead cookie %j is nobody', async (cookie) => {
    const answer = await newSite({ djoser: WITH_SESSIONS }).call('GET users/me/', { headers: { cookie } })
    expect(told(answer)).toEqual([403, DETAILS.anonymous])
  })

  it('§1.3 sessions: a dead or rotated cookie is cleared by the answer, and a good one is not', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie } = await logIn(site)
    expect((await site.call('GET users/me/', { headers: { cookie } })).cookies).toEqual([])
    const { id } = await site.stored('ann')
    await site.store.sessions.deleteForUser(id)
    const answer = await site.call('GET users/me/', { headers: { cookie } })
    expect(told(answer)).toEqual([403, DETAILS.anonymous])
    expect(answer.cookies).toEqual([expect.stringMatching(/^sessionid=.*Max-Age=0/)])
  })

  it('§1.3 sessions: tokens, JWTs and nobody need no CSRF token', async () => {
    const site = newSite({ djoser: { ...WITH_SESSIONS, authentication: ['session', 'token', 'jwt'] } })
    const { token } = await logIn(site)
    const pair = await site.call('POST jwt/create/', { json: { username: 'ann', password: PASSWORD } })
    expect((await site.call(CHANGE, { token, json: {} })).status).toBe(200)
    expect((await site.call(CHANGE, { jwt: textIn(pair, 'access'), json: {} })).status).toBe(200)
    expect((await site.call('POST users/reset_password/', { json: { email: 'x@y.co' } })).status).toBe(204)
  })

  it('rule 60: registration passes with sessions on and no CSRF cookie', async () => {
    const { call } = newSite({ djoser: WITH_SESSIONS })
    const json = { username: 'alice', email: 'a@b.co', password: PASSWORD }
    expect((await call('POST users/', { json })).status).toBe(201)
  })

  it('§1.3 sessions: a session’s cookie is no token, and a token is no session’s cookie', async () => {
    const site = newSite({ djoser: WITH_SESSIONS })
    const { cookie, token } = await logIn(site)
    const key = cookie.split('; ')[0]?.slice('sessionid='.length)
    expect((await site.call('GET users/me/', { token: key })).status).toBe(403)
    expect((await site.call('GET users/me/', { headers: { cookie: `sessionid=${token}` } })).status).toBe(403)
  })
})
