/** Section G of the contract about login policies: the attempt log, and what locks. */
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { Attempt, AttemptFilter } from '../../src/model/attempt.ts'
import { cookieFrom } from '../security/support/answer.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from '../security/support/open-site.ts'
import { DOORS, knock, mounts } from './support/doors.ts'
import { guessWrong, isOpen, judgedIn, STRANGER, tryPassword, WRONG } from './support/guesses.ts'

afterEach(closeSites)

async function siteWithAnn(options: SiteOptions = {}): Promise<Site> {
  const site = await openSite(options)
  await site.addUser('ann')
  return site
}

function attemptsOf(site: Site, filter: Partial<AttemptFilter> = {}): Promise<readonly Attempt[]> {
  return site.auth.listAttempts({ scope: 'all', filter: { limit: 100, ...filter } })
}

const outcomesOf = async (site: Site): Promise<readonly string[]> =>
  (await attemptsOf(site)).map(({ outcome }) => outcome).toReversed()

describe('what is logged', () => {
  it('G1: a failure names the user and the time, and goes with the user', async () => {
    const site = await siteWithAnn()
    await site.addUser('bea')
    for (const identifier of ['ann', 'ann@example.org', 'bea', 'nobody']) {
      await guessWrong(site, 1, { identifier })
      site.clock.advance({ seconds: 1 })
    }
    expect(await attemptsOf(site)).toMatchObject([
      { userId: null, identifier: 'nobody', outcome: 'unknown_user' },
      { userId: 2, identifier: 'bea', outcome: 'wrong_password', at: new Date('2026-03-01T12:00:02Z') },
      { userId: 1, identifier: 'ann@example.org', outcome: 'wrong_password', at: new Date('2026-03-01T12:00:01Z') },
      { userId: 1, identifier: 'ann', outcome: 'wrong_password', at: new Date('2026-03-01T12:00:00Z') },
    ])
    const token = String((await tryPassword(site)).json['token'])
    expect((await site.send('DELETE /me', { token, body: { currentPassword: PASSWORD } })).status).toBe(204)
    expect((await attemptsOf(site)).map(({ identifier }) => identifier)).toEqual(['nobody', 'bea'])
  })

  it('G9: a row says through which door, for what, from where, by what, and how it ended', async () => {
    const site = await siteWithAnn({ mounts })
    const door = DOORS[1]
    if (door === undefined) throw new Error('there is no second door')
    await knock(site, door, { identifier: 'ann', password: WRONG, address: '2001:db8::7' })
    const body = { currentPassword: WRONG, newPassword: OTHER_PASSWORD }
    await site.send('POST /password/change', {
      token: await tokenOf(site),
      body,
      headers: { 'user-agent': 'Otter/1.0' },
    })
    expect(await attemptsOf(site, { outcome: 'wrong_password' })).toMatchObject([
      {
        door: 'portress-api',
        action: 'change-password',
        userAgent: 'Otter/1.0',
        address: '192.0.2.10',
        identifier: null,
      },
      { door: 'djoser', action: 'login', address: '2001:db8::7', identifier: 'ann', sessionId: null },
    ])
    await site.auth.login({ identifier: 'ann', password: PASSWORD }, { door: 'admin', address: '192.0.2.3' })
    expect((await attemptsOf(site))[0]).toMatchObject({ door: 'admin', address: '192.0.2.3', outcome: 'success' })
  })

  it('G9: no password is ever in it, and nothing that a terminal would obey', async () => {
    const location = temporaryDatabase()
    const site = await siteWithAnn({ location })
    await tryPassword(site, { identifier: 'an\u001b[2Jn\u202e', password: 'sesame-sesame-4711' })
    const [row] = await attemptsOf(site)
    expect(row?.identifier).toBe('an\u{FFFD}[2Jn\u{FFFD}')
    const database = new DatabaseSync(location)
    const text = JSON.stringify(database.prepare('SELECT * FROM portress_attempts').all())
    database.close()
    expect(text).not.toContain('sesame')
  })
})

const tokenOf = async (site: Site): Promise<string> => String((await tryPassword(site)).json['token'])

describe('what locks', () => {
  it('G2: the third failure, and then the right password fails as well', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 2)
    expect(await isOpen(site)).toBe(true)
    await guessWrong(site, 3)
    expect(await isOpen(site)).toBe(false)
    expect(await outcomesOf(site)).toEqual([
      ...Array<string>(2).fill('wrong_password'),
      'success',
      ...Array<string>(3).fill('wrong_password'),
      'locked',
    ])
  })

  it.each([1, 5])('G2: another failure, where that is configured: the %i.', async (maxFailures) => {
    const site = await siteWithAnn({ lockout: { maxFailures } })
    expect(await judgedIn(site, () => guessWrong(site, 9))).toBe(maxFailures)
  })

  it('G3: a success clears the user’s count, under every name', async () => {
    const site = await siteWithAnn()
    for (let round = 0; round < 5; round += 1) {
      await guessWrong(site, 1)
      await guessWrong(site, 1, { identifier: 'ann@example.org' })
      expect(await isOpen(site)).toBe(true)
    }
    await guessWrong(site, 2)
    expect(await isOpen(site)).toBe(true)
  })

  it('G4: failures by name and by address are failures of one user', async () => {
    const site = await siteWithAnn()
    for (const identifier of ['ann@example.org', 'ANN', 'Ann@EXAMPLE.ORG ']) await guessWrong(site, 1, { identifier })
    expect(await isOpen(site)).toBe(false)
    expect(await isOpen(site, { identifier: 'ann@example.org' })).toBe(false)
  })

  it('G5: names that nobody has count and lock like any other', async () => {
    const site = await siteWithAnn({ login: { revealLocks: true } })
    const statuses = async (identifier: string): Promise<readonly number[]> => {
      const found: number[] = []
      for (let guess = 0; guess < 4; guess += 1) {
        found.push((await tryPassword(site, { identifier, password: WRONG })).status)
      }
      return found
    }
    expect(await statuses('ann')).toEqual([401, 401, 401, 429])
    expect(await statuses('nobody')).toEqual([401, 401, 401, 429])
  })

  it('G6: a lock is no deactivation: the user stays active, the lock ends, and one failure then locks nobody', async () => {
    const site = await siteWithAnn()
    const token = await tokenOf(site)
    await guessWrong(site, 3)
    expect((await site.auth.findUser('ann'))?.status).toBe('active')
    expect((await site.send('GET /me', { token })).status).toBe(200)
    site.clock.advance({ minutes: 1 })
    await guessWrong(site, 1)
    expect(await isOpen(site)).toBe(true)
    await guessWrong(site, 3)
    await site.auth.clearLocks({ identifier: 'ann' })
    await guessWrong(site, 2)
    expect(await isOpen(site)).toBe(true)
  })

  it('G7: attempts during the lock change neither its end nor the answer, and are logged as what they are', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 3)
    const before = await site.auth.listLocks({ limit: 9 })
    const judged = await judgedIn(site, async () => {
      expect((await tryPassword(site)).text).toBe((await tryPassword(site, { password: WRONG })).text)
    })
    expect(judged).toBe(0)
    expect(await site.auth.listLocks({ limit: 9 })).toEqual(before)
    expect((await outcomesOf(site)).slice(-2)).toEqual(['locked', 'locked'])
  })

  it('G8: of forty failures at once three are judged, and three counted', async () => {
    const site = await siteWithAnn({ lockout: { maxWaitMilliseconds: 20_000 } })
    const judged = await judgedIn(site, () =>
      Promise.all(Array.from({ length: 40 }, (_, guess) => tryPassword(site, { password: `${WRONG}${guess}` }))),
    )
    expect(judged).toBe(3)
    expect(await attemptsOf(site, { outcome: 'wrong_password' })).toHaveLength(3)
    expect(await attemptsOf(site, { outcome: 'locked' })).toHaveLength(37)
  })
})

describe('successes', () => {
  interface Way {
    readonly name: string
    /** Logs in, and out again by this way; what else was there must stay. */
    readonly run: (site: Site) => Promise<void>
  }

  const login = async (site: Site, carrier: string): Promise<Readonly<Record<string, unknown>>> =>
    (await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })).json

  const sessionIdOf = (json: Readonly<Record<string, unknown>>): string =>
    String((json['session'] as { readonly id: string }).id)

  const ANN = { username: 'ann', password: PASSWORD }

  const WAYS: readonly Way[] = [
    {
      name: 'a log-out with a token',
      run: async (site) => {
        const token = String((await login(site, 'token'))['token'])
        await site.send('POST /logout', { token })
      },
    },
    {
      name: 'a log-out with a cookie',
      run: async (site) => {
        const body = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
        const cookie = cookieFrom(await site.send('POST /login', { body }), 'portress-session')
        await site.send('POST /logout', { cookie })
      },
    },
    {
      name: 'giving a refresh token up',
      run: async (site) => {
        const refreshToken = String((await login(site, 'jwt'))['refreshToken'])
        await site.auth.revokeToken({ refreshToken })
      },
    },
    {
      name: 'ending the session from another',
      run: async (site) => {
        const id = sessionIdOf(await login(site, 'token'))
        await site.send(`DELETE /sessions/${id}`, { token: await quietToken(site) })
      },
    },
    {
      name: 'ending all others',
      run: async (site) => {
        await login(site, 'token')
        await site.send('DELETE /sessions', { token: await quietToken(site) })
      },
    },
    {
      name: 'a log-out of djoser, with the user’s one token',
      run: async (site) => {
        const first = await post(site, '/auth/token/login/', { body: ANN })
        await post(site, '/auth/token/logout/', { authorization: `Token ${String(first['auth_token'])}` })
      },
    },
    {
      name: 'a log-out of rest-auth',
      run: async (site) => {
        const first = await post(site, '/rest-auth/login/', { body: ANN })
        await post(site, '/rest-auth/logout/', { authorization: `Token ${String(first['key'])}` })
      },
    },
    {
      name: 'a log-out of djmongoauth, which ends them all',
      run: async (site) => {
        const first = await post(site, '/djmongoauth/login', { body: ANN })
        await post(site, '/djmongoauth/logout', { authorization: String(first['token'] ?? first['session_token']) })
      },
    },
  ]

  /** Begun by the library, which the log tells apart. */
  async function quietToken(site: Site): Promise<string> {
    return (await site.auth.login({ identifier: 'ann', password: PASSWORD })).issued.token
  }

  interface Post {
    readonly body?: object
    readonly authorization?: string
  }

  async function post(
    site: Site,
    path: string,
    { body = {}, authorization }: Post,
  ): Promise<Readonly<Record<string, unknown>>> {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await site.auth.fetch(new Request(ORIGIN + path, init), { address: '192.0.2.10' })
    const text = await answer.text()
    expect(answer.status, `${path}: ${text}`).toBeLessThan(300)
    return text.startsWith('{') ? JSON.parse(text) : {}
  }

  it.each(WAYS)('G10: are logged with their session, and $name fills in when', async ({ run }) => {
    const site = await siteWithAnn({ mounts })
    const before = await quietToken(site)
    site.clock.advance({ minutes: 5 })
    const now = site.clock.now()
    await run(site)
    const [success] = (await attemptsOf(site, { outcome: 'success' })).filter(({ door }) => door !== 'library')
    expect(success).toMatchObject({ userId: 1, sessionId: expect.any(String), loggedOutAt: now })
    // Who did not log out did not log out, as long as the session is there.
    const isThere = (await site.send('GET /me', { token: before })).status === 200
    const [own] = (await attemptsOf(site, { until: now })).slice(-1)
    expect(own?.loggedOutAt ?? null).toEqual(isThere ? null : now)
  })

  it('G10: control: without a log-out there is no time', async () => {
    const site = await siteWithAnn()
    await tokenOf(site)
    expect(await attemptsOf(site)).toMatchObject([{ sessionId: expect.any(String), loggedOutAt: null }])
  })

  it('G10: the session in the log is the one that the session list shows, at every door', async () => {
    const site = await siteWithAnn({ mounts })
    for (const door of DOORS.filter(({ field, takes }) => field !== null && takes.includes('username'))) {
      await knock(site, door, { identifier: 'ann', password: PASSWORD })
    }
    const logged = new Set((await attemptsOf(site, { outcome: 'success' })).map(({ sessionId }) => sessionId))
    const sessions = await site.store.sessions.listForUser(1, site.clock.now())
    const beside = sessions.filter(({ id }) => !logged.has(id))
    // A cookie beside a token goes with the token's row.
    expect(beside.map(({ carrier }) => carrier)).toEqual(beside.map(() => 'cookie'))
    for (const id of logged) expect(sessions.map((session) => session.id)).toContain(id)
  })

  it('G10: several log-ins with one token are told of when it ends', async () => {
    const site = await siteWithAnn({ mounts })
    for (let again = 0; again < 3; again += 1) {
      await post(site, '/auth/token/login/', { body: ANN })
    }
    const { auth_token: token } = await post(site, '/auth/token/login/', { body: ANN })
    await post(site, '/auth/token/logout/', { authorization: `Token ${String(token)}` })
    expect((await attemptsOf(site)).map(({ loggedOutAt }) => loggedOutAt)).toEqual(Array(4).fill(site.clock.now()))
    await post(site, '/auth/token/login/', { body: ANN })
    expect((await attemptsOf(site))[0]).toMatchObject({ loggedOutAt: null })
  })
})

describe('reading', () => {
  it('G11: everything that an operator looks for is a filter', async () => {
    const site = await siteWithAnn({ mounts })
    await guessWrong(site, 1, { address: STRANGER, headers: { 'user-agent': 'Otter/1.0' } })
    site.clock.advance({ hours: 1 })
    await guessWrong(site, 1, { identifier: 'nobody' })
    await tryPassword(site)
    const filters: readonly (readonly [Partial<AttemptFilter>, number])[] = [
      [{ userId: 1 }, 2],
      [{ identifier: 'nobody' }, 1],
      [{ address: STRANGER }, 1],
      [{ outcome: 'success' }, 1],
      [{ since: site.clock.now() }, 2],
      [{ until: site.clock.now() }, 1],
      [{ door: 'portress-api' }, 3],
      [{ door: 'djoser' }, 0],
      [{ action: 'login' }, 3],
      [{ userAgent: 'Otter/1.0' }, 1],
      [{ userAgent: 'Otter' }, 0],
      [{ userId: 1, outcome: 'success', since: site.clock.now() }, 1],
      [{ limit: 2 }, 2],
    ]
    for (const [filter, count] of filters) {
      expect(await attemptsOf(site, filter), JSON.stringify(filter)).toHaveLength(count)
    }
  })

  it('G11: page by page everything is read once, and new attempts disturb nobody', async () => {
    const site = await siteWithAnn({ lockout: { maxFailures: 1000 } })
    await guessWrong(site, 25)
    const all = await attemptsOf(site)
    const read: Attempt[] = []
    for (let page = await attemptsOf(site, { limit: 10 }); page.length > 0; ) {
      read.push(...page)
      await guessWrong(site, 1)
      const before = page.at(-1)
      page = before === undefined ? [] : await attemptsOf(site, { limit: 10, before })
    }
    expect(read).toEqual(all)
  })

  it('G11: no filter and no page makes the database look at everything, or sort it', async () => {
    const location = temporaryDatabase()
    await siteWithAnn({ location })
    const database = new DatabaseSync(location)
    const order = 'ORDER BY at DESC, id DESC LIMIT 50'
    const before = 'at <= 7 AND (at < 7 OR id < 7)'
    const wheres = ['1 = 1', 'user_id = 1', "identifier = 'ann'", "address = '::1'", 'at >= 7', 'at < 7']
    for (const where of wheres.flatMap((one) => [one, `${one} AND ${before}`])) {
      const plan = database
        .prepare(`EXPLAIN QUERY PLAN SELECT * FROM portress_attempts WHERE ${where} ${order}`)
        .all()
        .map(({ detail }) => String(detail))
      expect(plan.join('; '), where).toMatch(/USING INDEX/)
      expect(plan.join('; '), where).not.toMatch(/TEMP B-TREE/)
    }
    database.close()
  })

  it('G11: what is older than the retention goes with the clean-up, and nothing else', async () => {
    const site = await siteWithAnn({ retention: { attemptsDays: 30 } })
    await guessWrong(site, 1)
    site.clock.advance({ hours: 24 })
    await guessWrong(site, 1)
    site.clock.advance({ hours: 29 * 24, milliseconds: 1 })
    expect(await site.auth.cleanUp()).toMatchObject({ attempts: 1 })
    expect(await attemptsOf(site)).toHaveLength(1)
    expect(await site.auth.cleanUp()).toMatchObject({ attempts: 0 })
  })

  it('G11: the user sees the own attempts and nobody else’s', async () => {
    const site = await siteWithAnn()
    await site.addUser('bea')
    await guessWrong(site, 1, { identifier: 'bea' })
    const answer = await site.send('GET /me/attempts', { token: await tokenOf(site) })
    expect(answer.json['attempts']).toMatchObject([{ identifier: 'ann', outcome: 'success' }])
  })
})
