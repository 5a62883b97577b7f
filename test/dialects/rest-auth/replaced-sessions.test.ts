/** A browser that somebody logs in from holds nothing of whoever was there before, and nothing of that lives on. */
import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import type { Browser } from '../drf/support/browser.ts'
import { newcomer } from './support/registration.ts'
import { type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const COOKIES = ['sessionid', 'access', 'refresh'] as const

const JWT_COOKIES: RestAuthOptions = { useJwt: true, jwtAuthCookie: 'access', jwtAuthRefreshCookie: 'refresh' }

const OLD_JWT_COOKIE: RestAuthOptions = { generation: '0.9', useJwt: true, jwtAuthCookie: 'access' }

/** Which of the cookies are there and still let somebody in. */
async function alive(world: RestAuthWorld, jar: Pick<Browser['jar'], 'get'>): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of COOKIES) {
    const value = jar.get(name)
    const row = name === 'refresh' ? 'POST token/refresh/' : 'GET user/'
    if (value === null) continue
    const { status } = await world.call(row, { headers: { cookie: `${name}=${value}` } })
    if (status === 200) found.push(name)
  }
  return found
}

const snapshot = ({ jar }: Browser): Pick<Browser['jar'], 'get'> => {
  const values = new Map(COOKIES.map((name) => [name as string, jar.get(name)]))
  return { get: (name) => values.get(name) ?? null }
}

const MODES: readonly (readonly [what: string, options: RestAuthOptions, held: readonly string[]])[] = [
  ['a session', {}, ['sessionid']],
  ['a session beside cookies of JSON Web Tokens', JWT_COOKIES, ['sessionid', 'access', 'refresh']],
  ['a session beside the cookie of generation 0.9', OLD_JWT_COOKIE, ['sessionid', 'access']],
  ['cookies of JSON Web Tokens alone', { ...JWT_COOKIES, sessionLogin: false }, ['access', 'refresh']],
  [
    'a session, where stale credentials are ignored',
    { ...JWT_COOKIES, ignoreStaleCredentials: true },
    ['sessionid', 'access', 'refresh'],
  ],
]

describe.each(MODES)('a browser with %s', (_, options, held) => {
  it('holds only the newer log-in', async () => {
    const world = newWorld(options)
    for (const name of ['ann', 'ben']) await world.addUser(name)
    const browser = world.browser()
    await browser.login('ann')
    const before = snapshot(browser)
    expect(await alive(world, before)).toEqual(held)
    await browser.login('ben')
    expect(await alive(world, before)).toEqual([])
    expect(await alive(world, snapshot(browser))).toEqual(held)
  })

  it('keeps what it had where the log-in fails', async () => {
    const world = newWorld(options)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    await browser.call('POST login/', { json: { username: 'ann', password: 'mistaken-walrus' } })
    expect(await alive(world, snapshot(browser))).toEqual(held)
  })

  it('holds only the user that it registers', async () => {
    const world = newWorld({ ...options, registrationSetsJwtCookies: true })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const before = snapshot(browser)
    expect((await browser.call('POST registration/', { json: newcomer('eve') })).status).toBe(201)
    expect(await alive(world, before)).toEqual([])
  })

  it('holds only the newer log-in by a provider, also one that connects it', async () => {
    const provider = sampleProvider()
    const world = newWorld(options, { social: { providers: [provider.factory] } })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const access_token = provider.tokenFor({ subject: '4711' })
    for (const row of ['POST sample/connect/', 'POST sample/']) {
      const before = snapshot(browser)
      expect([row, (await browser.call(row, { json: { access_token } })).status]).toEqual([row, 200])
      expect([row, await alive(world, before)]).toEqual([row, []])
      expect([row, await alive(world, snapshot(browser))]).toEqual([row, held])
    }
  })
})

describe('a browser whose cookie of the session stands beside another credential', () => {
  it('is rid of that session where a log-in replaces it', async () => {
    const world = newWorld({ authentication: ['token', 'session'] })
    const { token } = await world.member('ben')
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const before = snapshot(browser)
    const json = { username: 'ben', password: 'plum-tart-4-breakfast' }
    expect((await browser.call('POST login/', { json, token })).status).toBe(200)
    expect(await alive(world, before)).toEqual([])
    expect((await world.call('GET user/', { token })).status).toBe(200)
  })

  it('costs nobody anything that a refresh token of a cookie ended before', async () => {
    const world = newWorld(JWT_COOKIES, { rateLimits: { codesPerAddress: { count: 1, perSeconds: 600 } } })
    await world.addUser('ann')
    const browser = world.browser()
    for (let time = 0; time < 4; time += 1) expect((await browser.login('ann')).status).toBe(200)
    // Each log-in ended the one before it without a single miss, so one may still be wrong.
    expect((await world.call('POST token/verify/', { json: { token: 'a.b.c' } })).status).toBe(401)
  })
})
