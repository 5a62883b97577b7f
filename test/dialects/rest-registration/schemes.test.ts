import { describe, expect, it } from 'vitest'
import { TEST_ORIGIN } from '../../support/test-auth.ts'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANONYMOUS, detail, PUBLIC_ROWS, SIGNED_IN_ROWS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds, SESSIONS_ONLY, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const RIGHT = { login: 'ann', password: PASSWORD }

const CLEARED = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

async function worldOfAnn(options: Parameters<typeof newWorld>[0] = {}): Promise<RestRegistrationWorld> {
  const world = newWorld(options)
  await world.addUser('ann')
  return world
}

describe('A1 tokens', () => {
  it.each([
    ['Token', 'Invalid token header. No credentials provided.'],
    ['TOKEN a b', 'Invalid token header. Token string should not contain spaces.'],
    ['token \u00e4', 'Invalid token header. Token string should not contain invalid characters.'],
    [`Token ${'a'.repeat(40)}`, 'Invalid token.'],
  ])('%s is refused with a challenge', async (authorization, sentence) => {
    const { call } = await worldOfAnn(TOKENS_ONLY)
    const answer = await call('GET profile/', { headers: { authorization } })
    expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([401, { detail: sentence }, 'Token'])
  })

  it('the keyword is taken in any case, and another scheme is no credential', async () => {
    const world = await worldOfAnn(TOKENS_ONLY)
    const token = await world.tokenOf('ann')
    for (const keyword of ['Token', 'token', 'TOKEN']) {
      const headers = { authorization: `${keyword} ${token}` }
      expect((await world.call('GET profile/', { headers })).status).toBe(200)
    }
    const headers = { authorization: `Bearer ${token}` }
    expect(told(await world.call('GET profile/', { headers }))).toEqual([401, ANONYMOUS])
  })

  it('A6: a token is 40 hexadecimal digits, the same at each log-in until it is revoked', async () => {
    const world = await worldOfAnn(TOKENS_ONLY)
    const token = await world.tokenOf('ann')
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    world.clock.advance({ days: 400 })
    expect(await world.tokenOf('ann')).toBe(token)
    await world.call('POST logout/', { token, json: { revoke_token: true } })
    expect(await world.tokenOf('ann')).not.toBe(token)
  })

  it('the token of a user who was disabled is a bad one', async () => {
    const world = await worldOfAnn(TOKENS_ONLY)
    const token = await world.tokenOf('ann')
    await world.auth.setStatus({ userId: 1, status: 'disabled' })
    expect(told(await world.call('GET profile/', { token }))).toEqual(detail(401, 'Invalid token.'))
  })
})

describe('A2 sessions', () => {
  it('A2, A8: a stale cookie is nobody, and the answer clears it', async () => {
    const { call } = await worldOfAnn()
    for (const cookie of ['sessionid=stale', 'sessionid=']) {
      const answer = await call('GET profile/', { headers: { cookie } })
      expect(told(answer)).toEqual([403, ANONYMOUS])
      expect(answer.cookies).toEqual([CLEARED])
    }
    expect((await call('POST login/', { json: RIGHT, headers: { cookie: 'sessionid=stale' } })).status).toBe(200)
  })

  it('a token is no session, and a session no token', async () => {
    const world = await worldOfAnn()
    const page = world.browser()
    const { token } = Object((await page.login('ann')).body)
    const asCookie = await world.call('GET profile/', { headers: { cookie: `sessionid=${token}` } })
    expect(told(asCookie)).toEqual([403, ANONYMOUS])
    const asToken = await world.call('GET profile/', { token: page.jar.get('sessionid') ?? '' })
    expect(told(asToken)).toEqual(detail(403, 'Invalid token.'))
  })
})

describe('A3 Basic', () => {
  it('lets in with each request', async () => {
    const { call } = await worldOfAnn()
    const answer = await call('GET profile/', { basic: `ann:${PASSWORD}` })
    expect(answer).toMatchObject({ status: 200, body: { username: 'ann' } })
  })

  it.each([
    ['Basic', 'Invalid basic header. No credentials provided.'],
    ['Basic a b', 'Invalid basic header. Credentials string should not contain spaces.'],
    ['Basic %%%', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [basic('nocolon'), 'Invalid basic header. Credentials not correctly base64 encoded.'],
    [basic('ann:wrong'), 'Invalid username/password.'],
    [basic('nobody:wrong'), 'Invalid username/password.'],
    [basic(`off:${PASSWORD}`), 'Invalid username/password.'],
  ])('§1.2: %s is refused, with a challenge only where Basic comes first', async (authorization, sentence) => {
    const headers = { authorization }
    const sessionFirst = await worldOfAnn(SESSIONS_ONLY)
    const basicFirst = await worldOfAnn({ authentication: ['basic', 'session'] })
    for (const { addUser, auth } of [sessionFirst, basicFirst]) {
      const { id } = await addUser('off')
      await auth.setStatus({ userId: id, status: 'disabled' })
    }
    expect(told(await sessionFirst.call('GET profile/', { headers }))).toEqual(detail(403, sentence))
    const answer = await basicFirst.call('GET profile/', { headers })
    expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([
      401,
      { detail: sentence },
      'Basic realm="api"',
    ])
  })
})

describe('A4 bad credentials', () => {
  it.each(PUBLIC_ROWS)('are refused at %s, although anybody may come in', async (row) => {
    const { call } = await worldOfAnn(TOKENS_ONLY)
    expect(told(await call(row, { token: 'bad', json: RIGHT }))).toEqual(detail(401, 'Invalid token.'))
  })
})

describe('A5 CSRF', () => {
  const failed = (reason: string): unknown => detail(403, `CSRF Failed: ${reason}`)

  async function session(options: Parameters<typeof newWorld>[0] = SESSIONS_ONLY) {
    const world = await worldOfAnn(options)
    const page = world.browser()
    await page.login('ann')
    const cookie = `sessionid=${page.jar.get('sessionid')}`
    return { ...world, page, cookie, csrf: page.jar.get('csrftoken') ?? '' }
  }

  it.each([...PUBLIC_ROWS, ...SIGNED_IN_ROWS])('is enforced at %s beside a live session', async (row) => {
    const { page, call, cookie, csrf } = await session()
    expect(told(await call(row, { headers: { cookie }, json: {} }))).toEqual(failed('CSRF cookie not set.'))
    expect(told(await page.call(row, { csrf: false, json: {} }))).toEqual(failed('CSRF token missing.'))
    const both = { cookie: `${cookie}; csrftoken=${csrf}`, 'x-csrftoken': csrf }
    expect(told(await call(row, { headers: both, json: {} }))).not.toEqual(failed('CSRF token missing.'))
  })

  it('tells what is wrong with the header', async () => {
    const { call, cookie, csrf } = await session()
    const send = async (token: string): Promise<Answer> =>
      call('PATCH profile/', { json: {}, headers: { cookie: `${cookie}; csrftoken=${csrf}`, 'x-csrftoken': token } })
    const header = "CSRF token from the 'X-Csrftoken' HTTP header"
    expect(told(await send('short'))).toEqual(failed(`${header} has incorrect length.`))
    expect(told(await send('a'.repeat(32)))).toEqual(failed(`${header} incorrect.`))
    expect(told(await send('%'.repeat(32)))).toEqual(failed(`${header} has invalid characters.`))
    expect((await send(csrf)).status).toBe(200)
  })

  it('takes a field of a form, and no key of JSON', async () => {
    const { page, csrf } = await session()
    const form = await page.call('POST profile/', { csrf: false, form: { csrfmiddlewaretoken: csrf, username: 'ann' } })
    expect(form.status).toBe(200)
    const json = { csrfmiddlewaretoken: csrf, username: 'ann' }
    expect(told(await page.call('POST profile/', { csrf: false, json }))).toEqual(failed('CSRF token missing.'))
  })

  it('is nothing that readers, or callers by a token that is asked first, need', async () => {
    const { call, cookie, tokenOf } = await session({ authentication: ['token', 'session'] })
    expect((await call('GET profile/', { headers: { cookie } })).status).toBe(200)
    const authorization = `Token ${await tokenOf('ann')}`
    const answer = await call('PATCH profile/', { json: {}, headers: { cookie, authorization } })
    expect(answer.status).toBe(200)
  })

  it('§1.2: beside a right value the origin counts as well', async () => {
    const { page } = await session()
    for (const origin of ['https://evil.test', 'null']) {
      const answer = await page.call('PATCH profile/', { json: {}, origin })
      expect(told(answer)).toEqual(failed(`Origin checking failed - ${origin} does not match any trusted origins.`))
    }
    expect((await page.call('PATCH profile/', { json: {}, origin: TEST_ORIGIN })).status).toBe(200)
  })

  it('over HTTPS whoever does not say where they come from is refused', async () => {
    const { page } = await session()
    expect(told(await page.call('PATCH profile/', { json: {}, origin: null }))).toEqual(
      failed('Referer checking failed - no Referer.'),
    )
  })

  it('a log-in from another site is refused, though nobody is signed in', async () => {
    const { call } = await worldOfAnn()
    const answer = await call('POST login/', { json: RIGHT, origin: 'https://evil.test' })
    expect(answer.status).toBe(403)
    expect(answer.cookies).toEqual([])
  })
})
