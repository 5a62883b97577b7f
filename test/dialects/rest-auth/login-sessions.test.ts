import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGIN = 'POST login/'

const ANN = { username: 'ann', password: PASSWORD }

describe.each(GENERATIONS)('§2 login and sessions in generation %s', (generation) => {
  it('row cookies: a session and a CSRF token, with the attributes of §1.6', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const [session = '', csrf = '', ...others] = (await world.call(LOGIN, { json: ANN })).cookies
    expect(session).toMatch(
      /^sessionid=[\w-]+; expires=[^;]+; Max-Age=1209600; HttpOnly; Path=\/; SameSite=Lax; Secure$/,
    )
    expect(csrf).toMatch(/^csrftoken=[a-zA-Z0-9]{32}; expires=[^;]+; Max-Age=31449600; Path=\/; SameSite=Lax; Secure$/)
    expect(others).toEqual([])
  })

  it('row cookies: the session alone opens user/', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    expect(await browser.call('GET user/')).toMatchObject({ status: 200, body: { username: 'ann' } })
  })

  it('rule 23, SESSION_LOGIN, REST_SESSION_LOGIN False: no cookie', async () => {
    const world = newWorld({ generation, sessionLogin: false })
    await world.addUser('ann')
    expect((await world.call(LOGIN, { json: ANN })).cookies).toEqual([])
  })

  it('row side effect: last_login moves only where a session is made', async () => {
    const sessionless = newWorld({ generation, sessionLogin: false })
    await sessionless.addUser('ann')
    await sessionless.tokenOf('ann')
    expect((await sessionless.stored('ann')).lastLoginAt).toBeNull()
    const world = newWorld({ generation })
    await world.addUser('ann')
    await world.tokenOf('ann')
    expect((await world.stored('ann')).lastLoginAt).toEqual(world.clock.now())
  })

  it('rule 35: a log-in within a session needs its CSRF token', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const refused = await browser.call(LOGIN, { json: ANN, csrf: false })
    const missing = generation === '7' ? 'CSRF token missing.' : 'CSRF token missing or incorrect.'
    expect(told(refused)).toEqual([403, { detail: `CSRF Failed: ${missing}` }])
    expect((await browser.call(LOGIN, { json: ANN })).status).toBe(200)
  })

  it('row already in a session: another user gets a fresh one, and the old one dies', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    await world.addUser('ben')
    const browser = world.browser()
    await browser.login('ann')
    const old = browser.jar.get('sessionid')
    await browser.login('ben')
    expect(browser.jar.get('sessionid')).not.toBe(old)
    expect(await browser.call('GET user/')).toMatchObject({ body: { username: 'ben' } })
    expect((await world.call('GET user/', { headers: { cookie: `sessionid=${old}` } })).status).toBe(403)
  })

  // The original keeps the id of the session, so that whoever planted it beforehand would share it.
  it('row already in a session: unlike the original the same user gets a fresh one, too', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const old = browser.jar.get('sessionid')
    await browser.login('ann')
    expect(browser.jar.get('sessionid')).not.toBe(old)
    expect((await world.call('GET user/', { headers: { cookie: `sessionid=${old}` } })).status).toBe(403)
  })

  it('a log-in that fails leaves the session as it is', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const failed = await browser.call(LOGIN, { json: { ...ANN, password: 'wrong' } })
    expect([failed.status, failed.cookies]).toEqual([400, []])
    expect((await browser.call('GET user/')).status).toBe(200)
  })

  it('a log-in from another site is refused, whoever asks', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { status, cookies } = await world.call(LOGIN, { json: ANN, origin: 'https://evil.example' })
    expect([status, cookies]).toEqual([403, []])
  })
})

describe('§9.1 TOKEN_MODEL, REST_AUTH_TOKEN_MODEL and TOKEN_CREATOR', () => {
  it('rule 23: no token model: 204, empty, and the session is what there is', async () => {
    const world = newWorld({ tokenModel: null })
    await world.addUser('ann')
    const browser = world.browser()
    const { status, text, cookies } = await browser.login('ann')
    expect([status, text, cookies.length]).toEqual([204, '', 2])
    expect((await browser.call('GET user/')).status).toBe(200)
    expect((await world.stored('ann')).lastLoginAt).toEqual(world.clock.now())
  })

  it('rule 23: within a session another log-in without tokens ends the old one', async () => {
    const world = newWorld({ tokenModel: null })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const old = browser.jar.get('sessionid')
    await browser.login('ann')
    expect((await world.call('GET user/', { headers: { cookie: `sessionid=${old}` } })).status).toBe(403)
    expect((await browser.call('GET user/')).status).toBe(200)
  })

  it('a refused log-in has its body without tokens, too', async () => {
    const world = newWorld({ tokenModel: null })
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual([400, { non_field_errors: [WORDS.CANNOT_LOG_IN] }])
  })

  it.each(GENERATIONS)('TOKEN_CREATOR: another key for each log-in, and all of them work (%s)', async (generation) => {
    const world = newWorld({ generation, tokenCreator: 'create', authentication: ['token'] })
    await world.addUser('ann')
    const keys = [await world.tokenOf('ann'), await world.tokenOf('ann')]
    expect(new Set(keys).size).toBe(2)
    for (const token of keys) expect((await world.call('GET user/', { token })).status).toBe(200)
    await world.call('POST logout/', { token: keys[0] })
    expect((await world.call('GET user/', { token: keys[0] })).status).toBe(401)
    expect((await world.call('GET user/', { token: keys[1] })).status).toBe(200)
  })
})
