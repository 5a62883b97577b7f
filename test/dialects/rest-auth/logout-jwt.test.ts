import { describe, expect, it } from 'vitest'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { nonField, WORDS } from './support/words.ts'
import { type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGOUT = 'POST logout/'

const NAMED = { useJwt: true, jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' } as const

const DONE = [200, { detail: 'Successfully logged out.' }]

const refused = (detail: string): readonly unknown[] => [401, { detail }]

interface Pair {
  readonly access: string
  readonly refresh: string
}

async function pairAt(world: RestAuthWorld): Promise<Pair> {
  await world.addUser('ann')
  return pairOf(await world.call('POST login/', { json: { username: 'ann', password: PASSWORD } }))
}

const pairOf = ({ body }: Answer): Pair => body as Pair

/** The names of the cookies that an answer clears. */
const cleared = ({ cookies }: Answer): readonly string[] =>
  cookies.filter((cookie) => cookie.includes('Max-Age=0')).map((cookie) => cookie.split('=')[0] ?? '')

const statusOfRefresh = async (world: RestAuthWorld, refresh: string): Promise<number> =>
  (await world.call('POST token/refresh/', { json: { refresh } })).status

describe('§2 logout of 0.9 with JWT', () => {
  it('row G1 JWT: the cookie is forgotten', async () => {
    const world = newWorld({ generation: '0.9', useJwt: true, jwtAuthCookie: 'jwt', sessionLogin: false })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const answer = await browser.call(LOGOUT)
    expect([told(answer), cleared(answer)]).toEqual([DONE, ['jwt']])
  })

  // In the original the token stays good until it expires. A log-out is a log-out.
  it('row G1 JWT: unlike the original the token ends at once', async () => {
    const world = newWorld({ generation: '0.9', useJwt: true })
    await world.addUser('ann')
    const jwt = await world.tokenOf('ann')
    expect(told(await world.call(LOGOUT, { jwt }))).toEqual(DONE)
    expect((await world.call('GET user/', { jwt })).status).toBe(401)
  })
})

describe('§6.4 logout without the blacklist app', () => {
  it('rule 19: no cookie is named: 200 with the long text', async () => {
    const world = newWorld({ useJwt: true })
    const detail =
      'Neither cookies or blacklist are enabled, so the token has not been deleted server side. ' +
      'Please make sure the token is deleted client side.'
    expect(told(await world.call(LOGOUT))).toEqual([200, { detail }])
    const { access } = await pairAt(world)
    expect(told(await world.call(LOGOUT, { jwt: access }))).toEqual([200, { detail }])
  })

  it('rule 18: a cookie is named: both cookies and the session are emptied', async () => {
    const world = newWorld(NAMED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const answer = await browser.call(LOGOUT)
    expect([told(answer), cleared(answer)]).toEqual([DONE, ['sessionid', 'acc', 'ref']])
  })

  it('deletion keeps path, domain and SameSite', async () => {
    const world = newWorld({
      ...NAMED,
      jwtAuthRefreshCookiePath: '/dj-rest-auth/',
      jwtAuthCookieDomain: 'acme.test',
      jwtAuthSameSite: 'Strict',
    })
    const { cookies } = await world.call(LOGOUT)
    const attributes = cookies.map((cookie) =>
      cookie.split('; ').filter((part) => /^(Path|Domain|SameSite)/.test(part)),
    )
    expect(attributes.map((parts) => parts.toSorted())).toEqual([
      ['Domain=acme.test', 'Path=/', 'SameSite=Strict'],
      ['Domain=acme.test', 'Path=/dj-rest-auth/', 'SameSite=Strict'],
    ])
  })

  it('unlike the original the access token ends at once, and the refresh token with it', async () => {
    const world = newWorld({ useJwt: true, jwtAuthHttpOnly: false })
    const { access, refresh } = await pairAt(world)
    await world.call(LOGOUT, { jwt: access })
    expect((await world.call('GET user/', { jwt: access })).status).toBe(401)
    expect(await statusOfRefresh(world, refresh)).toBe(401)
  })

  it('unlike the original the refresh token in a cookie ends also where the access token is gone already', async () => {
    const world = newWorld(NAMED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const refresh = browser.jar.get('ref') ?? ''
    browser.jar.delete('acc')
    browser.jar.delete('sessionid')
    expect(told(await browser.call(LOGOUT))).toEqual(DONE)
    expect(await statusOfRefresh(world, refresh)).toBe(401)
  })

  it('a refresh cookie that is good for nothing does not matter', async () => {
    const world = newWorld(NAMED)
    expect(told(await world.call(LOGOUT, { headers: { cookie: 'ref=nonsense' } }))).toEqual(DONE)
  })

  it('the session of the cookie ends, too', async () => {
    const world = newWorld(NAMED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const cookie = `sessionid=${browser.jar.get('sessionid')}`
    await browser.call(LOGOUT)
    expect((await world.call('GET user/', { headers: { cookie } })).status).toBe(401)
  })
})

describe('§6.4 logout with the blacklist app, scripts not seeing the cookies', () => {
  const LISTED = { ...NAMED, tokenBlacklist: true } as const

  it('rule 19: the refresh cookie: 200, and again 401', async () => {
    const world = newWorld(LISTED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const refresh = browser.jar.get('ref') ?? ''
    expect(told(await browser.call(LOGOUT))).toEqual(DONE)
    const again = await world.call(LOGOUT, { headers: { cookie: `ref=${refresh}` } })
    expect([told(again), cleared(again)]).toEqual([refused('Token is blacklisted'), ['acc', 'ref']])
    expect(await statusOfRefresh(world, refresh)).toBe(401)
  })

  it('rule 19: absent: 401, and all the same everything of the caller is over', async () => {
    const world = newWorld(LISTED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const cookie = `sessionid=${browser.jar.get('sessionid')}`
    const access = browser.jar.get('acc') ?? ''
    browser.jar.delete('ref')
    const answer = await browser.call(LOGOUT)
    expect(told(answer)).toEqual(refused('Refresh token was not included in cookie data.'))
    expect(cleared(answer)).toEqual(['sessionid', 'acc', 'ref'])
    expect((await world.call('GET user/', { headers: { cookie } })).status).toBe(401)
    expect((await world.call('GET user/', { jwt: access })).status).toBe(401)
  })

  it('absent where no refresh cookie is named at all', async () => {
    const world = newWorld({ useJwt: true, tokenBlacklist: true })
    expect(told(await world.call(LOGOUT, { json: { refresh: 'x' } }))).toEqual(
      refused('Refresh token was not included in cookie data.'),
    )
  })

  it('a body is not read', async () => {
    const world = newWorld(LISTED)
    const headers = { 'content-type': 'application/json' }
    expect((await world.call(LOGOUT, { headers, body: '{broken' })).status).toBe(401)
  })

  it('a bad one: 401 with what is wrong with it', async () => {
    const world = newWorld(LISTED)
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const send = async (ref: string) => told(await world.call(LOGOUT, { headers: { cookie: `ref=${ref}` } }))
    expect(await send('nonsense')).toEqual(refused('Token is invalid'))
    expect(await send(browser.jar.get('acc') ?? '')).toEqual(refused('Token has wrong type'))
    world.clock.advance({ days: 2 })
    expect(await send(browser.jar.get('ref') ?? '')).toEqual(refused('Token is expired'))
  })
})

describe('§6.4 logout with the blacklist app, scripts seeing the cookies', () => {
  const OPEN = { useJwt: true, tokenBlacklist: true, jwtAuthHttpOnly: false } as const

  it('rule 19: absent 401, malformed 401, valid 200, again 401', async () => {
    const world = newWorld(OPEN)
    const { refresh } = await pairAt(world)
    expect(told(await world.call(LOGOUT, { json: {} }))).toEqual(
      refused('Refresh token was not included in request data.'),
    )
    expect(told(await world.call(LOGOUT, { json: { refresh: 'nonsense' } }))).toEqual(refused('Token is invalid'))
    expect(told(await world.call(LOGOUT, { json: { refresh: '' } }))).toEqual(refused('Token is invalid'))
    expect(told(await world.call(LOGOUT, { json: { refresh } }))).toEqual(DONE)
    expect(told(await world.call(LOGOUT, { json: { refresh } }))).toEqual(refused('Token is blacklisted'))
  })

  it('the caller’s own pair: 200, and both tokens are over', async () => {
    const world = newWorld(OPEN)
    const { access, refresh } = await pairAt(world)
    expect(told(await world.call(LOGOUT, { jwt: access, json: { refresh } }))).toEqual(DONE)
    expect((await world.call('GET user/', { jwt: access })).status).toBe(401)
    expect(await statusOfRefresh(world, refresh)).toBe(401)
  })

  // The original answers a body that is no object with a 500, and null with a 200 that blacklists nothing (§12).
  it.each([
    ['a text', 'token', nonField('Invalid data. Expected a dictionary, but got str.')],
    ['a list', ['token'], nonField('Invalid data. Expected a dictionary, but got list.')],
    ['null', null, nonField('No data provided')],
    ['a null token', { refresh: null }, [400, { refresh: [WORDS.NULL] }]],
    ['a list as token', { refresh: ['a'] }, [400, { refresh: [WORDS.STRING] }]],
    ['an object as token', { refresh: { a: 1 } }, [400, { refresh: [WORDS.STRING] }]],
  ])('unlike the original %s is 400', async (_, json, answer) => {
    expect(told(await newWorld(OPEN).call(LOGOUT, { json }))).toEqual(answer)
  })

  it('a body that cannot be read: 400 or 415, and the caller is logged out all the same', async () => {
    const world = newWorld(OPEN)
    const { access } = await pairAt(world)
    const broken = { headers: { 'content-type': 'application/json' }, body: '{"refresh":' }
    expect((await world.call(LOGOUT, { headers: { 'content-type': 'text/plain' }, body: 'x' })).status).toBe(415)
    const answer = await world.call(LOGOUT, { ...broken, jwt: access })
    expect(answer.status).toBe(400)
    expect((await world.call('GET user/', { jwt: access })).status).toBe(401)
  })
})

describe('rule 36', () => {
  it('an expired JWT cookie is refused at logout, too, and is not forgotten', async () => {
    const world = newWorld({ ...NAMED, sessionLogin: false })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    world.clock.advance({ minutes: 6 })
    const answer = await browser.call(LOGOUT)
    expect([answer.status, cleared(answer)]).toEqual([401, []])
  })
})
