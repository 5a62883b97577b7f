import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { TEST_ORIGIN } from '../../support/test-auth.ts'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import type { CallOptions } from '../drf/support/request.ts'
import { GENERATIONS, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

/** A token as Django makes one, of a browser that chose it itself. */
const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345'
const OTHER_TOKEN = 'ZYXWVUTSRQPONMLKJIHGFEDCBA543210'

const failed = (reason: string): unknown => [403, { detail: `CSRF Failed: ${reason}` }]

const right = { username: 'ann', password: PASSWORD }

/** `sessionid=…` of a user who has logged in. */
async function sessionOf(world: RestAuthWorld, username = 'ann'): Promise<string> {
  await world.addUser(username)
  const page = world.browser()
  await page.login(username)
  return `sessionid=${page.jar.get('sessionid')}`
}

describe.each(GENERATIONS)('§1.5 CSRF for session callers, generation %s', (generation) => {
  const isFirst = generation === '0.9'
  const missing = isFirst ? 'CSRF token missing or incorrect.' : 'CSRF token missing.'
  const wrong = (second: string): string => (isFirst ? missing : second)

  it('is enforced for every unsafe method on every route, log-in, registration and reset among them', async () => {
    const world = newWorld({ generation })
    const headers = { cookie: await sessionOf(world) }
    for (const row of [
      'POST login/',
      'POST logout/',
      'POST registration/',
      'POST password/reset/',
      'POST password/reset/confirm/',
      'POST password/change/',
      'POST registration/verify-email/',
      'PUT user/',
      'PATCH user/',
      'DELETE user/',
    ]) {
      expect([row, told(await world.call(row, { headers }))]).toEqual([row, failed('CSRF cookie not set.')])
    }
    for (const row of ['GET user/', 'HEAD user/', 'OPTIONS login/']) {
      expect([row, (await world.call(row, { headers })).status]).toEqual([row, 200])
    }
  })

  it('rule 35: a log-in with a live session and no token is refused; with it it passes', async () => {
    const world = newWorld({ generation })
    const session = await sessionOf(world)
    const cookie = `${session}; csrftoken=${TOKEN}`
    const send = (headers: Record<string, string>): Promise<Answer> =>
      world.call('POST login/', { json: right, headers })
    expect(told(await send({ cookie }))).toEqual(failed(missing))
    expect((await send({ cookie, 'x-csrftoken': TOKEN })).status).toBe(200)
  })

  it('tells what is wrong with a token', async () => {
    const world = newWorld({ generation })
    const session = await sessionOf(world)
    const send = async (token: string, cookie = TOKEN): Promise<unknown> => {
      const headers = { cookie: `${session}; csrftoken=${cookie}`, 'x-csrftoken': token }
      return told(await world.call('PATCH user/', { json: {}, headers }))
    }
    const header = "CSRF token from the 'X-Csrftoken' HTTP header"
    expect(await send('short')).toEqual(failed(wrong(`${header} has incorrect length.`)))
    expect(await send('')).toEqual(failed(wrong(`${header} has incorrect length.`)))
    expect(await send(OTHER_TOKEN)).toEqual(failed(wrong(`${header} incorrect.`)))
    expect(await send(`${TOKEN.slice(0, -1)}%`)).toEqual(failed(wrong(`${header} has invalid characters.`)))
    expect((await send(TOKEN)) as unknown[]).toContain(200)
  })

  it('takes the token from the field of a form that is posted, and from no other', async () => {
    const world = newWorld({ generation })
    const headers = { cookie: `${await sessionOf(world)}; csrftoken=${TOKEN}` }
    const form = { ...right, csrfmiddlewaretoken: TOKEN }
    expect((await world.call('POST login/', { form, headers })).status).toBe(200)
    const again = { cookie: `${await sessionOf(world, 'ben')}; csrftoken=${TOKEN}` }
    for (const row of ['PUT user/', 'PATCH user/']) {
      expect(told(await world.call(row, { form, headers: again }))).toEqual(failed(missing))
    }
    expect(told(await world.call('POST login/', { json: form, headers: again }))).toEqual(failed(missing))
    expect(told(await world.call(`POST login/?csrfmiddlewaretoken=${TOKEN}`, { headers: again }))).toEqual(
      failed(missing),
    )
  })

  it('asks over HTTPS for a Referer of this site where there is no Origin', async () => {
    const world = newWorld({ generation })
    const cookie = `${await sessionOf(world)}; csrftoken=${TOKEN}`
    const send = async (headers: Record<string, string>): Promise<unknown> => {
      const options = { json: {}, headers: { cookie, 'x-csrftoken': TOKEN, ...headers }, origin: null }
      return told(await world.call('PATCH user/', options))
    }
    expect(await send({})).toEqual(failed('Referer checking failed - no Referer.'))
    const evil = 'https://evil.example/'
    expect(await send({ referer: evil })).toEqual(
      failed(`Referer checking failed - ${evil} does not match any trusted origins.`),
    )
    expect((await send({ referer: 'https://acme.test/page' })) as unknown[]).toContain(200)
  })

  it('refuses a foreign Origin, in generation 0.9 unlike the original, and of nobody, too', async () => {
    const world = newWorld({ generation })
    const reason = 'Origin checking failed - https://evil.example does not match any trusted origins.'
    const cookie = `${await sessionOf(world)}; csrftoken=${TOKEN}`
    const origin = 'https://evil.example'
    const sent = { json: right, headers: { cookie, 'x-csrftoken': TOKEN }, origin }
    expect(told(await world.call('POST login/', sent))).toEqual(failed(reason))
    expect(told(await world.call('POST login/', { json: right, origin }))).toEqual(failed(reason))
  })

  it('is never asked of nobody, nor of a token', async () => {
    const world = newWorld({ generation, authentication: ['token', 'session'] })
    const { token } = await world.member('cat')
    expect((await world.call('POST login/', { json: { ...right, username: 'cat' } })).status).toBe(200)
    expect((await world.call('PATCH user/', { json: {}, token })).status).toBe(200)
  })

  it('is asked beside a good token where the session comes first, and not where the token does', async () => {
    for (const [authentication, status] of [
      [['session', 'token'], 403],
      [['token', 'session'], 200],
    ] as const) {
      const world = newWorld({ generation, authentication })
      const { token } = await world.member('cat')
      const headers = { cookie: await sessionOf(world) }
      expect((await world.call('PATCH user/', { json: {}, token, headers })).status).toBe(status)
    }
  })
})

describe('rule 21: JWT cookies and CSRF', () => {
  const NAMED: RestAuthOptions = { useJwt: true, sessionLogin: false, jwtAuthCookie: 'acc' }
  const MISSING = failed('CSRF cookie not set.')

  /** Statuses of a write by cookie, one by header, and a log-in: each without the CSRF token, and then with it. */
  async function statuses(options: RestAuthOptions): Promise<readonly (readonly [number, number])[]> {
    const world = newWorld({ ...NAMED, ...options })
    const { token } = await world.member('ann').catch(() => memberOf(world))
    const both = async (row: string, call: CallOptions, cookie: string): Promise<readonly [number, number]> => {
      const bare = await world.call(row, { ...call, headers: { ...(cookie === '' ? {} : { cookie }) } })
      const headers = { cookie: `${cookie}; csrftoken=${TOKEN}`, 'x-csrftoken': TOKEN }
      return [bare.status, (await world.call(row, { ...call, headers })).status]
    }
    return [
      await both('PATCH user/', { json: {} }, `acc=${token}`),
      await both('PATCH user/', { json: {}, jwt: token }, ''),
      await both('POST login/', { json: right }, ''),
    ]
  }

  /** Where a log-in needs the CSRF token itself. */
  async function memberOf({ auth }: RestAuthWorld): Promise<{ readonly token: string }> {
    const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'simple-jwt' })
    return issued
  }

  it('off: writes by cookie and by header pass', async () => {
    expect(await statuses({})).toEqual([
      [200, 200],
      [200, 200],
      [200, 200],
    ])
  })

  it('jwtAuthCookieUseCsrf: a write by cookie needs the token, one by header does not', async () => {
    expect(await statuses({ jwtAuthCookieUseCsrf: true })).toEqual([
      [403, 200],
      [200, 200],
      [200, 200],
    ])
  })

  it.each([false, true])(
    'jwtAuthCookieEnforceCsrfOnUnauthenticated, with the other %s: log-in needs it, too',
    async (jwtAuthCookieUseCsrf) => {
      const options = { jwtAuthCookieUseCsrf, jwtAuthCookieEnforceCsrfOnUnauthenticated: true }
      expect(await statuses(options)).toEqual([
        [403, 200],
        [200, 200],
        [403, 200],
      ])
    },
  )

  it('asks it of everybody without Authorization, and never at token/*', async () => {
    const world = newWorld({ ...NAMED, jwtAuthCookieEnforceCsrfOnUnauthenticated: true })
    for (const row of ['POST registration/', 'POST password/reset/', 'POST logout/', 'PATCH user/']) {
      expect([row, told(await world.call(row, { json: {}, origin: TEST_ORIGIN }))]).toEqual([row, MISSING])
    }
    const headers = { authorization: 'Token x' }
    expect((await world.call('POST password/reset/', { json: {}, headers })).status).toBe(400)
    expect((await world.call('GET user/')).status).toBe(401)
    for (const row of ['POST token/verify/', 'POST token/refresh/']) {
      expect((await world.call(row, { json: {} })).status).not.toBe(403)
    }
  })

  it('asks it all the same where stale credentials are ignored', async () => {
    const world = newWorld({
      ...NAMED,
      ignoreStaleCredentials: true,
      jwtAuthCookieUseCsrf: true,
      jwtAuthCookieEnforceCsrfOnUnauthenticated: true,
    })
    const headers = { cookie: 'acc=x' }
    expect(told(await world.call('POST login/', { json: right, headers }))).toEqual(MISSING)
  })

  it('judges the CSRF token before that of the cookie', async () => {
    const world = newWorld({ ...NAMED, jwtAuthCookieUseCsrf: true })
    const send = (headers: Record<string, string>): Promise<Answer> => world.call('PATCH user/', { json: {}, headers })
    expect(told(await send({ cookie: 'acc=x' }))).toEqual(MISSING)
    expect((await send({ cookie: `acc=x; csrftoken=${TOKEN}`, 'x-csrftoken': TOKEN })).status).toBe(401)
    expect(told(await send({ cookie: `acc=x; csrftoken=${TOKEN}` }))).toEqual(failed('CSRF token missing.'))
  })

  it('gives a page the token that its form needs', async () => {
    const headers = { accept: 'text/html' }
    for (const option of ['jwtAuthCookieUseCsrf', 'jwtAuthCookieEnforceCsrfOnUnauthenticated'] as const) {
      const world = newWorld({ ...NAMED, authentication: ['jwt-cookie'], [option]: true })
      const { cookies } = await world.call('GET login/', { headers })
      expect([option, cookies.map((cookie) => cookie.split('=', 1)[0])]).toEqual([option, ['csrftoken']])
    }
    const plain = newWorld({ ...NAMED, authentication: ['jwt-cookie'] })
    expect((await plain.call('GET login/', { headers })).cookies).toEqual([])
  })

  it('an access cookie that other sites’ requests carry is good only for a request that says where it comes from', async () => {
    for (const [jwtAuthSameSite, status] of [
      ['Lax', 200],
      ['None', 403],
    ] as const) {
      const world = newWorld({ ...NAMED, jwtAuthSameSite })
      const { token } = await world.member('ann')
      const headers = { cookie: `acc=${token}` }
      expect((await world.call('PATCH user/', { json: {}, headers, origin: null })).status).toBe(status)
      expect((await world.call('PATCH user/', { json: {}, headers })).status).toBe(200)
      const foreign = await world.call('PATCH user/', { json: {}, headers, origin: 'https://evil.example' })
      expect(foreign.status).toBe(403)
      const sent = { ...headers, 'sec-fetch-site': 'cross-site' }
      expect((await world.call('PATCH user/', { json: {}, headers: sent, origin: null })).status).toBe(403)
    }
  })
})
