import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { resolveConfig } from '../../src/config/resolve-config.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import type { Dialect } from '../../src/http/dialect.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { deriveKey } from '../../src/util/secrets.ts'
import { cookieFrom } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { countRows } from './support/database.ts'
import { meddlingApi } from './support/meddling-api.ts'
import {
  type Account,
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { startPair } from './support/start-server.ts'
import { blindToStatus, cachingSessions, revivingSessions } from './support/store-stand-ins.ts'

afterEach(closeSites)

// Some tests start processes of their own.
vi.setConfig({ testTimeout: 60_000 })

const SESSION = '__Host-portress-session'
const DEVICE = '__Host-portress-device'

/** The `name=value` of a new session's cookie. */
async function cookieOf(site: Site, { username, password }: Account, sent = ''): Promise<string> {
  const body = { identifier: username, password, carrier: 'cookie' }
  const answer = await site.send('POST /login', { body, ...(sent === '' ? {} : { cookie: sent }) })
  return cookieFrom(answer, 'portress-session')
}

async function statusOfMe(site: Site, credential: { readonly cookie?: string; readonly token?: string }) {
  return (await site.send('GET /me', credential)).status
}

/** Whose session a request is, or the code of its refusal. */
async function whoIs(site: Site, cookie: string): Promise<unknown> {
  const { json } = await site.send('GET /me', { cookie })
  const { user } = json as { readonly user?: { readonly username: string } }
  return user?.username ?? json['code']
}

describe('a session that somebody chose beforehand', () => {
  async function plant(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const attacker = await site.addUser('attacker')
    const { must, complaints } = judgement()
    const attackers = await cookieOf(site, attacker)
    const invented = `${SESSION}=${'A'.repeat(43)}`
    for (const planted of [attackers, invented]) {
      const anns = await cookieOf(site, ann, planted)
      must(anns !== planted, 'the planted session was taken over')
      must((await whoIs(site, anns)) === 'ann', 'the new session is not the owner’s')
      must((await whoIs(site, planted)) !== 'ann', 'the planted session became the owner’s')
    }
    const listed = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    must(listed.length === 2, `there are ${listed.length} sessions`)
    return complaints
  }

  it('row 114: is never taken over by a log-in', async () => {
    expect(await plant({})).toEqual(HOLDS)
  })

  it('row 114, control: a log-in that goes on with the cookie it was sent is seen through', async () => {
    const adopting = meddlingApi('POST /login', async (exchange, run) => {
      const response = await run(exchange)
      const sent = exchange.cookie(SESSION)
      if (sent !== null) {
        const [, device = ''] = response.headers.getSetCookie()
        response.headers.delete('set-cookie')
        response.headers.append('set-cookie', `${SESSION}=${sent}; Path=/`)
        response.headers.append('set-cookie', device)
      }
      return response
    })
    expect(await plant({ mounts: { '/api': adopting } })).toEqual(saying('the planted session was taken over'))
  })

  it('row 114: a new password gives the cookie a new value', async () => {
    const site = await openSite()
    const cookie = await cookieOf(site, await site.addUser('ann'))
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    const renewed = cookieFrom(await site.send('POST /password/change', { cookie, body }), 'portress-session')
    expect(renewed).not.toBe(cookie)
    expect([await statusOfMe(site, { cookie }), await statusOfMe(site, { cookie: renewed })]).toEqual([401, 200])
  })
})

describe('a request that is still running while its session ends', () => {
  async function logOutMeanwhile(options: SiteOptions): Promise<Complaints> {
    const location = temporaryDatabase()
    const site = await openSite({ location, ...options })
    const ann = await site.addUser('ann')
    const { must, complaints } = judgement()
    for (let round = 0; round < 50; round += 1) {
      const token = await site.tokenFor(ann)
      site.clock.advance({ minutes: 2 })
      const slow = site.send('GET /me/export', { token })
      const logout = site.send('POST /logout', { token })
      await Promise.all([slow, logout])
      await site.auth.flush()
      must((await statusOfMe(site, { token })) === 401, 'the token lives again')
      must(countRows(location)['portress_sessions'] === 0, 'the row is back')
      if (complaints.length > 0) break
    }
    return complaints
  }

  it('row 116: fifty times, never brings it back', async () => {
    expect(await logOutMeanwhile({})).toEqual(HOLDS)
  })

  it('row 116, control: a last use that is written by inserting is seen through', async () => {
    expect(await logOutMeanwhile({ wrapStore: revivingSessions })).toEqual(saying('the token lives again'))
  })
})

describe('a credential that is over', () => {
  async function replay(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const { must, complaints } = judgement()
    const cookie = await cookieOf(site, ann)
    const token = await site.tokenFor(ann)
    must((await statusOfMe(site, { cookie })) === 200 && (await statusOfMe(site, { token })) === 200, 'nothing works')
    await site.send('POST /logout', { cookie })
    await site.send('POST /logout', { token })
    must((await statusOfMe(site, { cookie })) === 401, 'a cookie works after log-out')
    must((await statusOfMe(site, { token })) === 401, 'a token works after log-out')
    const late = await cookieOf(site, ann)
    must((await statusOfMe(site, { cookie: late })) === 200, 'the new cookie does not work')
    site.clock.advance({ days: 14, milliseconds: -1 })
    must((await statusOfMe(site, { cookie: late })) === 200, 'a cookie ends before its idle time')
    site.clock.advance({ milliseconds: 1 })
    must((await statusOfMe(site, { cookie: late })) === 401, 'a cookie works after its idle time')
    return complaints
  }

  it('row 117: is refused after log-out and after its time, whatever the client kept', async () => {
    expect(await replay({})).toEqual(HOLDS)
  })

  it('row 117, control: a cache of sessions that nobody empties is seen through', async () => {
    expect(await replay({ wrapStore: cachingSessions })).toEqual(saying('a token works after log-out'))
  })

  async function stretch(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const cookie = await cookieOf(site, await site.addUser('ann'))
    const { must, complaints } = judgement()
    for (let day = 1; day < 30; day += 1) {
      site.clock.advance({ days: 1 })
      must((await statusOfMe(site, { cookie })) === 200, `the session in use ended on day ${day}`)
      await site.auth.flush()
    }
    site.clock.advance({ days: 1, milliseconds: -1 })
    must((await statusOfMe(site, { cookie })) === 200, 'the session ended before 30 days')
    await site.auth.flush()
    site.clock.advance({ milliseconds: 1 })
    must((await statusOfMe(site, { cookie })) === 401, 'use made the session longer than 30 days')
    return complaints
  }

  it('row 124: use keeps a session alive for thirty days to the millisecond, and not longer', async () => {
    expect(await stretch({})).toEqual(HOLDS)
  })

  it('row 124, control: a longer absolute time is noticed', async () => {
    const complaints = await stretch({ sessions: { absoluteSeconds: 60 * 86_400 } })
    expect(complaints).toEqual(['use made the session longer than 30 days'])
  })

  it('row 124: no field, header or cookie of a log-in sets its time', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
    for (const field of ['expiresAt', 'expires_at', 'max_age', 'remember', 'absoluteSeconds']) {
      const answer = await site.send('POST /login', { body: { ...login, [field]: '2099-01-01T00:00:00.000Z' } })
      expect(answer.json['code'], field).toBe('validation_failed')
    }
    const answer = await site.send('POST /login?max_age=999999999', {
      body: login,
      cookie: `${SESSION}-max-age=999999999`,
      headers: { 'x-session-max-age': '999999999' },
    })
    const [session] = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    expect(session?.expiresAt).toEqual(new Date(site.clock.now().getTime() + 30 * 86_400_000))
    expect(answer.cookies[0]).toContain(`Max-Age=${30 * 86_400}`)
  })
})

describe('two cookies of one name, and names that look like it', () => {
  /** Readings of the header that other servers have been caught with. */
  const TRIMMED = /^[\s\u0085\u00a0\u2000-\u200b\ufeff]+/u

  const lenient: Dialect = {
    ...portressApi(),
    findCredential({ header }) {
      const pairs = (header('cookie') ?? '')
        .split(/[;,\]]/)
        .map((pair) => decodeURIComponent(pair.replace(TRIMMED, '')))
      const found = pairs.findLast((pair) => pair.startsWith(`${SESSION}=`))
      if (found === undefined) return null
      return { token: found.slice(SESSION.length + 1).replaceAll('"', ''), sentBy: 'cookie' }
    },
  }

  async function toss(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const good = (await cookieOf(site, await site.addUser('good'))).slice(SESSION.length + 1)
    const evil = (await cookieOf(site, await site.addUser('evil'))).slice(SESSION.length + 1)
    const { must, complaints } = judgement()
    must((await whoIs(site, `${SESSION}=${good}`)) === 'good', 'a cookie does not work')
    must((await whoIs(site, `other=1; ${SESSION}=${good}; last=2`)) === 'good', 'a cookie among others does not work')
    const headers = [
      `${SESSION}=${good}; ${SESSION}=${evil}`,
      `${SESSION}=${evil}; ${SESSION}=${good}`,
      `${SESSION}=${evil}; ${SESSION}=${evil}`,
      `__%48ost-portress-session=${evil}`,
      `portress-session=${evil}`,
      `__host-portress-session=${evil}`,
      `__Secure-portress-session=${evil}`,
      `${SESSION}=%22${evil}%22`,
      `${SESSION}="${evil}"`,
      `x=a]${SESSION}=${evil}`,
      `x=a,${SESSION}=${evil}`,
      `x="a; ${SESSION}-x=1; ${SESSION}-y=${evil}"`,
      `x=1;\t${SESSION}=${evil}`,
      `x=1;  ${SESSION}=${evil}`,
      `\u00a0${SESSION}=${evil}`,
      `x=1; \u0085${SESSION}=${evil}`,
      `${SESSION} =${evil}`,
    ]
    for (const header of headers) {
      const who = await whoIs(site, header)
      const shown = header.replaceAll(evil, 'EVIL').replaceAll(good, 'GOOD')
      must(who === 'not_authenticated' || who === 'token_invalid', `${JSON.stringify(shown)} is ${who}`)
    }
    return complaints
  }

  it('row 119: make nobody the attacker’s session', async () => {
    expect(await toss({})).toEqual(HOLDS)
  })

  it('row 119, control: a reading that trims, decodes and takes the last is seen through', async () => {
    const complaints = await toss({ mounts: { '/api': lenient } })
    expect(complaints).toEqual(saying('"__%48ost-portress-session=EVIL" is evil'))
    expect(complaints).toEqual(saying('"\u00a0__Host-portress-session=EVIL" is evil'))
    expect(complaints).toEqual(saying('GOOD; __Host-portress-session=EVIL" is evil'))
  })
})

describe('signed values in places that are not theirs', () => {
  it('row 120: open nothing', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const login = (carrier: string) =>
      site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
    const byCookie = await login('cookie')
    const session = cookieFrom(byCookie, 'portress-session').slice(SESSION.length + 1)
    const device = cookieFrom(byCookie, 'portress-device').slice(DEVICE.length + 1)
    const { accessToken, refreshToken } = (await login('jwt')).json
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const code = await site.codeFor(ann.email)
    const values = { device, proof: device.split('.')[1] ?? '', refreshToken: String(refreshToken), code }
    for (const [name, value] of Object.entries(values)) {
      expect(await statusOfMe(site, { token: value }), `${name} as a token`).toBe(401)
      expect(await statusOfMe(site, { cookie: `${SESSION}=${value}` }), `${name} as a session`).toBe(401)
    }
    for (const [name, value] of Object.entries({ ...values, refreshToken: String(accessToken), session })) {
      const answer = await site.send('POST /token/refresh', { body: { refreshToken: value } })
      expect(answer.status, `${name} as a refresh token`).toBe(401)
    }
    for (const [name, value] of Object.entries({ ...values, code: session })) {
      const body = { code: value, newPassword: OTHER_PASSWORD }
      expect((await site.send('POST /password/reset/confirm', { body })).status, `${name} as a code`).toBe(400)
    }
    expect(await statusOfMe(site, { token: String(accessToken) }), 'control: an access token').toBe(200)
    expect(await statusOfMe(site, { cookie: `${SESSION}=${session}` }), 'control: a session').toBe(200)
  })

  it('row 120: keys of two purposes never sign the same', () => {
    const secret = randomSecret()
    const purposes = ['known-device', 'outbox', 'refresh-token', 'access-token', 'ab', 'a', 'b', '']
    const keys = purposes.map((purpose) => Buffer.from(deriveKey(secret, purpose)).toString('hex'))
    expect(new Set(keys).size).toBe(purposes.length)
  })

  async function guessWithDevice(device: (own: string, others: string) => string): Promise<number> {
    const site = await openSite()
    const owner = await site.addUser('owner')
    const other = await site.addUser('other')
    const deviceOf = async ({ username }: Account): Promise<string> => {
      const answer = await site.send('POST /login', { body: { identifier: username, password: PASSWORD } })
      return cookieFrom(answer, 'portress-device').slice(DEVICE.length + 1)
    }
    const cookie = `${DEVICE}=${device(await deviceOf(owner), await deviceOf(other))}`
    for (let guess = 0; guess < 3; guess += 1) {
      await site.send('POST /login', { body: { identifier: 'owner', password: 'mistaken-walrus' } })
    }
    return (await site.send('POST /login', { body: { identifier: 'owner', password: PASSWORD }, cookie })).status
  }

  it('row 121: a forged device cookie lifts no lock', async () => {
    const [idOf, proofOf] = [(token: string) => token.split('.')[0], (token: string) => token.split('.')[1]]
    const forgeries: readonly ((own: string, others: string) => string)[] = [
      () => '',
      (own) => `${idOf(own)}`,
      (own) => `${idOf(own)}.`,
      (own) =>
        `${idOf(own)}.${createHmac('sha256', '')
          .update(`${idOf(own)}.number.1`)
          .digest('base64url')}`,
      (_, others) => others,
      (own, others) => `${idOf(others)}.${proofOf(own)}`,
      (own) => `${idOf(own)}.${proofOf(own)?.slice(0, -1)}`,
      (own) => `${own}.${'A'.repeat(500)}`,
    ]
    for (const [index, forge] of forgeries.entries()) expect(await guessWithDevice(forge), `${index}`).toBe(401)
  })

  it('row 121, control: the owner’s own cookie does', async () => {
    expect(await guessWithDevice((own) => own)).toBe(200)
  })

  it('row 103: a device that was known before a new password is a stranger after it', async () => {
    const site = await openSite()
    await site.addUser('owner')
    const login = (password: string, cookie = '') =>
      site.send('POST /login', { body: { identifier: 'owner', password }, headers: { cookie, origin: ORIGIN } })
    const first = await login(PASSWORD)
    const before = cookieFrom(first, 'portress-device')
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await site.send('POST /password/change', { token: String(first.json['token']), body })
    const after = cookieFrom(await login(OTHER_PASSWORD), 'portress-device')
    for (let guess = 0; guess < 3; guess += 1) await login('mistaken-walrus')
    expect((await login(OTHER_PASSWORD, before)).status).toBe(401)
    expect((await login(OTHER_PASSWORD, after)).status, 'control: one that knows the new password').toBe(200)
  })

  it('row 121: a forged cookie at log-out ends nobody’s session', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const [session] = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    for (const forged of [session?.id, Buffer.from(session?.digest ?? []).toString('base64url'), ann.user.id]) {
      const answer = await site.send('POST /logout', { cookie: `${SESSION}=${forged}` })
      expect(answer.status).toBe(401)
    }
    expect(await statusOfMe(site, { token })).toBe(200)
  })
})

describe('secrets', () => {
  const startWith = (secrets: readonly (string | undefined)[]) => () =>
    resolveConfig({
      store: sqlite(':memory:'),
      secrets,
      site: { name: 'Acme', origin: ORIGIN },
      mailer: memoryMailer(),
    })

  it.each([
    [[]],
    [[undefined]],
    [['']],
    [['changeme']],
    [['secret']],
    [['x'.repeat(64)]],
    [['change-me-please-change-me-please-1234']],
    [['your-secret-key-goes-here-your-secret']],
    [['portress-portress-portress-portress-1']],
    [['q8ZsX1vP0dTgLr5nWc7bYh2kMf9jEa3']],
  ])('row 122: the start fails with %j', (secrets) => {
    expect(startWith(secrets)).toThrow(TypeError)
  })

  it('row 122: the start fails with one bad secret behind a good one', () => {
    expect(startWith([randomSecret(), 'changeme'])).toThrow('secrets[1]')
  })

  it('row 122, control: the start succeeds with random ones', () => {
    expect(startWith([randomSecret(), randomSecret()])).not.toThrow()
  })

  it('row 122: what was signed under another secret, an empty one or a sample is refused', async () => {
    const secret = randomSecret()
    const site = await openSite({ secrets: [secret] })
    const other = await openSite({ secrets: [randomSecret()] })
    const pairOf = async (from: Site) => {
      await from.addUser('ann')
      const answer = await from.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier: 'jwt' } })
      return { access: String(answer.json['accessToken']), refreshToken: String(answer.json['refreshToken']) }
    }
    const [own, foreign] = [await pairOf(site), await pairOf(other)]
    expect(await statusOfMe(site, { token: foreign.access })).toBe(401)
    const { refreshToken } = foreign
    expect((await site.send('POST /token/refresh', { body: { refreshToken } })).status).toBe(401)
    for (const key of ['', 'changeme', 'secret']) {
      const bytes = Buffer.from(own.refreshToken, 'base64url').subarray(0, 36)
      const proof = createHmac('sha256', deriveKey(key, 'refresh-token')).update(bytes).digest()
      const forged = Buffer.concat([bytes, proof]).toString('base64url')
      expect((await site.send('POST /token/refresh', { body: { refreshToken: forged } })).status, key).toBe(401)
    }
    expect(await statusOfMe(site, { token: own.access }), 'control').toBe(200)
  })
})

describe('sessions of other people', () => {
  it('row 123: cannot be ended, and the list of one’s own holds no secret', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const annsToken = await site.tokenFor(ann)
    const bobsToken = await site.tokenFor(await site.addUser('bob'))
    const [session] = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    const id = session?.id ?? ''
    const foreign = await site.send(`DELETE /sessions/${id}`, { token: bobsToken })
    const unknown = await site.send(`DELETE /sessions/${'A'.repeat(22)}`, { token: bobsToken })
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
    expect(await statusOfMe(site, { token: annsToken })).toBe(200)
    const digest = Buffer.from(session?.digest ?? [])
    const listing = (await site.send('GET /sessions', { token: annsToken })).text
    expect(listing).toContain(id)
    for (const secret of [annsToken, digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')]) {
      expect(listing).not.toContain(secret)
    }
    expect((await site.send(`DELETE /sessions/${id}`, { token: annsToken })).status, 'control: one’s own').toBe(204)
    expect(await statusOfMe(site, { token: annsToken })).toBe(401)
  })

  it('row 123: numbers, tokens and digests are no handles', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const [session] = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    const digest = Buffer.from(session?.digest ?? []).toString('base64url')
    for (const handle of ['1', '0', '-1', ann.user.id, token, digest, '*', '%25', encodeURIComponent("' OR 1=1 --")]) {
      expect((await site.send(`DELETE /sessions/${handle}`, { token })).status, String(handle)).toBe(404)
    }
    expect(await statusOfMe(site, { token })).toBe(200)
  })
})

describe('requests of nobody', () => {
  async function knock(options: SiteOptions): Promise<Complaints> {
    const location = temporaryDatabase()
    const site = await openSite({ location, ...options })
    const { must, complaints } = judgement()
    const before = countRows(location)
    for (let request = 0; request < 1000; request += 1) {
      const invented = Buffer.from(`${request}`.padStart(32, 'x')).toString('base64url')
      await site.send('GET /me', { cookie: `${SESSION}=${invented}` })
      if (request % 5 === 0) await site.send('POST /logout', { cookie: `${SESSION}=${invented}` })
    }
    const odd = ['', 'x'.repeat(10_000), '../x', '%00', 'null', 'undefined', '[object Object]', "' OR 1=1 --"]
    for (const value of odd) {
      const status = await statusOfMe(site, { cookie: `${SESSION}=${value}` })
      must(status === 401, `the value ${value.slice(0, 20)} answered ${status}`)
    }
    must(JSON.stringify(countRows(location)) === JSON.stringify(before), 'requests of nobody left rows')
    return complaints
  }

  it('row 125: a thousand of them, with invented and odd sessions, write nothing', async () => {
    expect(await knock({})).toEqual(HOLDS)
  })

  it('row 125, control: a server that logs who knocks is seen through', async () => {
    const logging = meddlingApi('GET /me', (exchange, run) => run(exchange))
    const findCredential: typeof logging.findCredential = (exchange) => {
      void exchange.engine.store.attempts.insert({
        at: exchange.engine.clock.now(),
        userId: null,
        identifier: null,
        address: null,
        userAgent: null,
        door: 'x',
        action: 'x',
        outcome: 'unknown_user',
        sessionId: null,
      })
      return logging.findCredential(exchange)
    }
    expect(await knock({ mounts: { '/api': { ...logging, findCredential } } })).toEqual(saying('left rows'))
  })
})

describe('a user who was disabled', () => {
  interface Places {
    readonly send: Site['send']
    disable(): Promise<void>
  }

  async function disableAndReturn({ send, disable }: Places): Promise<Complaints> {
    const login = (carrier: string) => send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
    const cookie = cookieFrom(await login('cookie'), 'portress-session')
    const token = String((await login('token')).json['token'])
    const { accessToken, refreshToken } = (await login('jwt')).json
    const credentials = {
      'a cookie': { cookie },
      'a token': { token },
      'an access token': { token: String(accessToken) },
    }
    const { must, complaints } = judgement()
    for (const [name, credential] of Object.entries(credentials)) {
      must((await send('GET /me', credential)).status === 200, `${name} did not work before`)
    }
    await disable()
    for (const [name, credential] of Object.entries(credentials)) {
      const { status } = await send('GET /me', credential)
      must(status === 401, `${name} answered ${status}`)
    }
    const refreshed = await send('POST /token/refresh', { body: { refreshToken } })
    must(refreshed.status === 401, `a refresh token answered ${refreshed.status}`)
    must((await login('token')).status === 401, 'a log-in succeeded')
    return complaints
  }

  it('row 128: is refused with the next request to the other process', async () => {
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    const [one, two] = await startPair(settings)
    const user = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
    const userId = await one.ask({ ask: 'createUser', ...user })
    const disable = async (): Promise<void> => void (await one.ask({ ask: 'disable', userId }))
    expect(await disableAndReturn({ send: two.row, disable })).toEqual(HOLDS)
  })

  it('row 128, control: a process that asks a cache is seen through', async () => {
    const site = await openSite({ wrapStore: (store) => blindToStatus(cachingSessions(store)) })
    const { user } = await site.addUser('ann')
    const disable = async (): Promise<void> => void (await site.auth.setStatus({ userId: user.id, status: 'disabled' }))
    expect(await disableAndReturn({ send: site.send, disable })).toEqual(saying('a cookie answered 200'))
  })

  it('row 128: rights are those of the moment', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const isStaff = async (): Promise<unknown> => {
      const { user } = (await site.send('GET /me', { token })).json as { readonly user: { readonly isStaff: unknown } }
      return user.isStaff
    }
    await site.store.users.update(ann.user.id, { isStaff: true })
    expect(await isStaff()).toBe(true)
    await site.store.users.update(ann.user.id, { isStaff: false })
    expect(await isStaff()).toBe(false)
  })
})
