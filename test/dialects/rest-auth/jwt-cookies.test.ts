import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { type Answer, cookieFrom, told } from '../drf/support/answer.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { claimsOf } from './support/signed.ts'
import { DETAILS } from './support/words.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const NAMED: RestAuthOptions = {
  useJwt: true,
  sessionLogin: false,
  jwtAuthCookie: 'acc',
  jwtAuthRefreshCookie: 'ref',
}

/** A site whose own cookies are not secure. */
const PLAIN: EngineOptions = {
  site: { name: 'Acme', origin: 'http://localhost:8000' },
  cookies: { dangerouslyAllowPlainHttp: true },
}

/** The attributes of each cookie, without the token itself. */
const attributesOf = ({ cookies }: Answer): readonly string[] =>
  cookies.map((cookie) => cookie.replace(/=[\w-]+\.[\w-]+\.[\w-]+;/, '=<jwt>;'))

const ACCESS_EXPIRES = 'expires=Sun, 01 Mar 2026 12:05:00 GMT'
const REFRESH_EXPIRES = 'expires=Mon, 02 Mar 2026 12:00:00 GMT'

describe('§6.2 the cookies of generation 7', () => {
  async function setBy(options: RestAuthOptions, engine?: EngineOptions): Promise<readonly string[]> {
    const { call, addUser } = newWorld({ ...NAMED, ...options }, engine)
    await addUser('ann')
    const headers = { origin: engine?.site?.origin ?? 'https://acme.test' }
    return attributesOf(await call('POST login/', { json: { username: 'ann', password: PASSWORD }, headers }))
  }

  it('have the attributes of the original in its order', async () => {
    expect(await setBy({}, PLAIN)).toEqual([
      `acc=<jwt>; ${ACCESS_EXPIRES}; HttpOnly; Max-Age=300; Path=/; SameSite=Lax`,
      `ref=<jwt>; ${REFRESH_EXPIRES}; HttpOnly; Max-Age=86400; Path=/; SameSite=Lax`,
    ])
  })

  it('are secure where the site is, asked or not, and where it was asked for', async () => {
    const secure = `acc=<jwt>; ${ACCESS_EXPIRES}; HttpOnly; Max-Age=300; Path=/; SameSite=Lax; Secure`
    for (const jwtAuthSecure of [undefined, true, false] as const) {
      expect((await setBy(jwtAuthSecure === undefined ? {} : { jwtAuthSecure }))[0]).toBe(secure)
    }
    expect((await setBy({ jwtAuthSecure: true }, PLAIN))[0]).toBe(secure)
  })

  it.each<[RestAuthOptions, string]>([
    [
      { jwtAuthRefreshCookiePath: '/dj-rest-auth/token/' },
      'HttpOnly; Max-Age=86400; Path=/dj-rest-auth/token/; SameSite=Lax',
    ],
    [{ jwtAuthHttpOnly: false }, 'Max-Age=86400; Path=/; SameSite=Lax'],
    [{ jwtAuthSameSite: 'Strict' }, 'HttpOnly; Max-Age=86400; Path=/; SameSite=Strict'],
    [{ jwtAuthSameSite: 'None' }, 'HttpOnly; Max-Age=86400; Path=/; SameSite=None; Secure'],
  ])('rule 22, §6.2, with %j', async (options, attributes) => {
    const [access, refresh] = await setBy(options, PLAIN)
    expect(refresh).toBe(`ref=<jwt>; ${REFRESH_EXPIRES}; ${attributes}`)
    // The access cookie goes everywhere.
    expect(access?.includes('; Path=/;')).toBe(true)
  })

  it('name a domain where there is one', async () => {
    expect((await setBy({ jwtAuthCookieDomain: 'acme.test' }))[0]).toBe(
      `acc=<jwt>; Domain=acme.test; ${ACCESS_EXPIRES}; HttpOnly; Max-Age=300; Path=/; SameSite=Lax; Secure`,
    )
  })

  it('are set only under the names that there are', async () => {
    expect((await setBy({ jwtAuthRefreshCookie: null })).map((cookie) => cookie.slice(0, 4))).toEqual(['acc='])
    expect((await setBy({ jwtAuthCookie: null })).map((cookie) => cookie.slice(0, 4))).toEqual(['ref='])
    expect(await setBy({ jwtAuthCookie: null, jwtAuthRefreshCookie: null })).toEqual([])
  })

  it('last as long as their tokens', async () => {
    const simpleJwt = { accessTokenLifetimeSeconds: 90, refreshTokenLifetimeSeconds: 7200 }
    const cookies = await setBy({}, { ...PLAIN, simpleJwt })
    expect(cookies.map((cookie) => /Max-Age=\d+/.exec(cookie)?.[0])).toEqual(['Max-Age=90', 'Max-Age=7200'])
  })

  it('rule 18: sessions off, a log-in sets them and no other, and the access cookie alone opens a view', async () => {
    const { addUser, browser, call } = newWorld(NAMED)
    await addUser('ann')
    const page = browser()
    const answer = await page.login('ann')
    expect(answer.cookies.map((cookie) => cookie.slice(0, 4))).toEqual(['acc=', 'ref='])
    const cookie = cookieFrom(answer, 'acc')
    expect((await call('GET user/', { headers: { cookie } })).body).toMatchObject({ username: 'ann' })
    expect((await call('GET user/', { headers: { cookie: cookieFrom(answer, 'ref') } })).status).toBe(401)
  })

  it('rule 18: log-out empties both under the same path, domain and site rule, and the tokens are over', async () => {
    const { addUser, browser, call } = newWorld({
      ...NAMED,
      jwtAuthRefreshCookiePath: '/dj-rest-auth',
      jwtAuthCookieDomain: 'acme.test',
      jwtAuthSameSite: 'None',
    })
    await addUser('ann')
    const page = browser()
    const { cookies: set } = await page.login('ann')
    const answer = await page.call('POST logout/')
    const gone = 'Domain=acme.test; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0'
    expect([...told(answer), answer.cookies]).toEqual([
      200,
      DETAILS.loggedOut,
      [`acc=""; ${gone}; Path=/; SameSite=None; Secure`, `ref=""; ${gone}; Path=/dj-rest-auth; SameSite=None; Secure`],
    ])
    const [access = ''] = set.map((cookie) => cookie.split(';', 1)[0])
    expect((await call('GET user/', { headers: { cookie: access } })).status).toBe(401)
  })

  it('rule 20: the claims of the site are in the access token, in the body and in the cookie', async () => {
    const { addUser, browser } = newWorld(NAMED, { simpleJwt: { claims: ({ username }) => ({ nick: username }) } })
    await addUser('ann')
    const answer = await browser().login('ann')
    const { access } = answer.body as { readonly access: string }
    expect(claimsOf(access)).toMatchObject({ token_type: 'access', nick: 'ann', user_id: '1' })
    expect(cookieFrom(answer, 'acc')).toBe(`acc=${access}`)
  })
})

describe('§6.1 the cookie of generation 0.9', () => {
  const FIRST: RestAuthOptions = { generation: '0.9', useJwt: true, sessionLogin: false, jwtAuthCookie: 'jwt' }

  it('is set at log-in with the life of its token, and emptied at log-out', async () => {
    const { addUser, browser } = newWorld(FIRST)
    await addUser('ann')
    const page = browser()
    const answer = await page.login('ann')
    expect(attributesOf(answer)).toEqual([
      // Secure and SameSite are not the original's: without them any page of another site could use it.
      `jwt=<jwt>; ${ACCESS_EXPIRES}; HttpOnly; Max-Age=300; Path=/; SameSite=Lax; Secure`,
    ])
    expect((await page.call('POST logout/')).cookies).toEqual([
      'jwt=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax',
    ])
  })

  it('holds the claims of the original in its order, and the session', async () => {
    const { member } = newWorld(FIRST)
    const { token } = await member('ann')
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'HS256',
      typ: 'JWT',
    })
    const claims = claimsOf(token)
    expect(Object.keys(claims)).toEqual(['user_id', 'username', 'exp', 'email', 'sid'])
    expect(claims).toMatchObject({ user_id: 1, username: 'ann', email: 'ann@example.org' })
  })

  it('is set by no registration', async () => {
    const { call } = newWorld(FIRST)
    const json = { username: 'ann', email: 'ann@example.org', password1: PASSWORD, password2: PASSWORD }
    const answer = await call('POST registration/', { json })
    expect([answer.status, answer.cookies.filter((cookie) => cookie.startsWith('jwt='))]).toEqual([201, []])
  })

  it('has no token/ routes', async () => {
    const { call } = newWorld(FIRST)
    for (const row of ['POST token/verify/', 'POST token/refresh/']) {
      const { status, headers } = await call(row, { json: {} })
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    }
  })
})
