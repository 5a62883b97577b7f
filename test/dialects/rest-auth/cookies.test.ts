import { describe, expect, it } from 'vitest'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { DETAILS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const CLEARED = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'

const names = ({ cookies }: Answer): readonly string[] => cookies.map((cookie) => cookie.split('=', 1)[0] ?? '')

const right = { username: 'ann', password: PASSWORD }

describe.each(GENERATIONS)('§1.6 cookies, generation %s', (generation) => {
  it('a log-in sets a session for two weeks and a CSRF token for a year', async () => {
    const { call, addUser } = newWorld({ generation })
    await addUser('ann')
    const { cookies } = await call('POST login/', { json: right })
    expect(cookies).toEqual([
      expect.stringMatching(
        /^sessionid=[\w-]{43}; expires=Sun, 15 Mar 2026 12:00:00 GMT; Max-Age=1209600; HttpOnly; Path=\/; SameSite=Lax; Secure$/,
      ),
      expect.stringMatching(
        /^csrftoken=[a-zA-Z0-9]{32}; expires=Sun, 28 Feb 2027 12:00:00 GMT; Max-Age=31449600; Path=\/; SameSite=Lax; Secure$/,
      ),
    ])
  })

  it('each log-in has another CSRF token', async () => {
    const { addUser, browser } = newWorld({ generation })
    await addUser('ann')
    const page = browser()
    const tokens = new Set<string | null>()
    for (const _ of [1, 2, 3]) {
      await page.login('ann')
      tokens.add(page.jar.get('csrftoken'))
    }
    expect(tokens.size).toBe(3)
  })

  it('sessionLogin off: none at log-in', async () => {
    const { call, addUser } = newWorld({ generation, sessionLogin: false })
    await addUser('ann')
    expect((await call('POST login/', { json: right })).cookies).toEqual([])
  })

  it('nothing but a session that was begun or is over sets any', async () => {
    const { call, addUser } = newWorld({ generation })
    await addUser('ann')
    for (const row of ['GET user/', 'POST password/reset/', 'OPTIONS login/', 'GET login/']) {
      expect([row, (await call(row)).cookies]).toEqual([row, []])
    }
    expect((await call('POST login/', { json: { ...right, password: 'wrong' } })).cookies).toEqual([])
    expect((await call('POST logout/')).cookies).toEqual([])
  })

  it('log-out empties the one of the session, which is over at once', async () => {
    const { call, addUser, browser } = newWorld({ generation })
    await addUser('ann')
    const page = browser()
    await page.login('ann')
    const cookie = page.jar.headerFor('/') ?? ''
    const answer = await page.call('POST logout/')
    expect([...told(answer), answer.cookies]).toEqual([200, DETAILS.loggedOut, [CLEARED]])
    const after = await call('GET user/', { headers: { cookie } })
    expect([...told(after), after.cookies]).toEqual([403, DETAILS.anonymous, [CLEARED]])
  })

  it('a page sets the CSRF token for its form, once', async () => {
    const { call } = newWorld({ generation })
    const accept = 'text/html'
    const first = await call('GET login/', { headers: { accept } })
    expect([first.status, names(first)]).toEqual([405, ['csrftoken']])
    const cookie = first.cookies[0]?.split(';', 1)[0] ?? ''
    expect((await call('GET login/', { headers: { accept, cookie } })).cookies).toEqual([])
  })

  it('an answer varies by the cookies that were looked at', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token', 'session'] })
    const { token } = await member('ann')
    expect((await call('GET user/')).headers.get('vary')).toBe('Accept, Cookie')
    expect((await call('GET user/', { token })).headers.get('vary')).toBe('Accept')
  })
})
