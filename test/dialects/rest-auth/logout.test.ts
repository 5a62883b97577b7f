import { describe, expect, it } from 'vitest'
import { cookieFrom, told } from '../drf/support/answer.ts'
import { DETAILS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGOUT = 'POST logout/'

const DONE = [200, DETAILS.loggedOut]

const FORGOTTEN = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'

describe.each(GENERATIONS)('§2 logout in generation %s', (generation) => {
  it('row 200: also for nobody, whatever is sent', async () => {
    const world = newWorld({ generation })
    expect(told(await world.call(LOGOUT))).toEqual(DONE)
    const headers = { 'content-type': 'application/json' }
    expect(told(await world.call(LOGOUT, { headers, body: '{broken' }))).toEqual(DONE)
    expect(told(await world.call(LOGOUT, { headers: { 'content-type': 'text/plain' }, body: 'x' }))).toEqual(DONE)
  })

  it('row effect: the key is gone for all devices', async () => {
    const world = newWorld({ generation, authentication: ['token'] })
    const { token } = await world.member('ann')
    expect(told(await world.call(LOGOUT, { token }))).toEqual(DONE)
    expect(told(await world.call('GET user/', { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it('row effect: a session ends and its cookie is forgotten, and the key goes, however the caller came in', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const token = await world.tokenOf('ann')
    const browser = world.browser()
    await browser.login('ann')
    const cookie = `sessionid=${browser.jar.get('sessionid')}`
    const answer = await browser.call(LOGOUT)
    expect([told(answer), answer.cookies]).toEqual([DONE, [FORGOTTEN]])
    expect((await world.call('GET user/', { headers: { cookie } })).status).toBe(403)
    expect(told(await world.call('GET user/', { token }))).toEqual([403, DETAILS.invalidToken])
  })

  it('row effect: only the presented session ends', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const [one, other] = [world.browser(), world.browser()]
    await one.login('ann')
    await other.login('ann')
    await one.call(LOGOUT)
    expect((await other.call('GET user/')).status).toBe(200)
  })

  it('row effect: a log-out by token leaves the user’s sessions alive', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const browser = world.browser()
    await browser.login('ann')
    await world.call(LOGOUT, { token })
    expect((await browser.call('GET user/')).status).toBe(200)
  })

  it('row effect: one user’s session beside another’s token, the token first: both end', async () => {
    const world = newWorld({ generation, authentication: ['token', 'session'] })
    const ann = await world.member('ann')
    await world.addUser('ben')
    const browser = world.browser()
    const cookie = cookieFrom(await browser.login('ben'), 'sessionid')
    const answer = await world.call(LOGOUT, { token: ann.token, headers: { cookie } })
    expect([told(answer), answer.cookies]).toEqual([DONE, [FORGOTTEN]])
    expect((await world.call('GET user/', { token: ann.token })).status).toBe(401)
    expect((await world.call('GET user/', { headers: { cookie } })).status).toBe(401)
    // Ben's own key was nobody's to end.
    expect((await world.call('GET user/', { token: await world.tokenOf('ben') })).status).toBe(200)
  })

  it('row effect: a session needs its CSRF token to end', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    expect((await browser.call(LOGOUT, { csrf: false })).status).toBe(403)
    expect((await browser.call('GET user/')).status).toBe(200)
  })

  it('row dead token sent: refused, 403 or 401 by the first scheme', async () => {
    const token = 'f'.repeat(40)
    expect(told(await newWorld({ generation }).call(LOGOUT, { token }))).toEqual([403, DETAILS.invalidToken])
    const tokenFirst = newWorld({ generation, authentication: ['token', 'session'] })
    expect(told(await tokenFirst.call(LOGOUT, { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it('a stale session counts as nobody, and its cookie is forgotten', async () => {
    const world = newWorld({ generation })
    const answer = await world.call(LOGOUT, { headers: { cookie: 'sessionid=stale' } })
    expect([told(answer), answer.cookies]).toEqual([DONE, [FORGOTTEN]])
  })
})

describe.each(GENERATIONS)('rule 17: ACCOUNT_LOGOUT_ON_GET in generation %s', (generation) => {
  it('False: GET and HEAD are 405 and end nothing', async () => {
    const world = newWorld({ generation, authentication: ['token'] })
    const { token } = await world.member('ann')
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await world.call(`${method} logout/`, { token })
      expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    }
    expect((await world.call('GET user/', { token })).status).toBe(200)
  })

  it.each(['GET', 'HEAD'])('True: %s does what POST does, without a CSRF token', async (method) => {
    const world = newWorld({ generation, dangerouslyLogoutOnGet: true })
    await world.addUser('ann')
    const browser = world.browser()
    const login = await browser.login('ann')
    const answer = await browser.call(`${method} logout/`, { csrf: false })
    expect([answer.status, answer.cookies]).toEqual([200, [FORGOTTEN]])
    if (method === 'GET') expect(answer.body).toEqual(DETAILS.loggedOut)
    const headers = { cookie: cookieFrom(login, 'sessionid') }
    expect((await world.call('GET user/', { headers })).status).toBe(403)
  })
})

describe('§2 logout of 7 without sessions', () => {
  const LEFT = [400, { detail: 'You should be logged in to logout. Check whether the token is passed.' }]

  it('row 400: nobody is logged in, and with sessions that is 200', async () => {
    expect(told(await newWorld({ sessionLogin: false }).call(LOGOUT))).toEqual(LEFT)
    expect(told(await newWorld({ sessionLogin: true }).call(LOGOUT))).toEqual(DONE)
  })

  it('row 400: a token is accepted', async () => {
    const world = newWorld({ sessionLogin: false })
    const { token } = await world.member('ann')
    expect(told(await world.call(LOGOUT, { token }))).toEqual(DONE)
  })

  it('0.9 answers 200', async () => {
    expect(told(await newWorld({ generation: '0.9', sessionLogin: false }).call(LOGOUT))).toEqual(DONE)
  })
})
