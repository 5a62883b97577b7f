/** Section C of the attack table: what an answer tells, and from where a request is believed. Each row with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Logger } from '../../src/contracts/logger.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import type { Dialect } from '../../src/http/dialect.ts'
import { type Answer, cookieFrom, differences, header, unlessRefused } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import { placesOf } from './support/database.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  requestFor,
  type Site,
  type SiteOptions,
} from './support/open-site.ts'

afterEach(closeSites)

/** One user in every state that a stranger might want to know of. */
async function siteWithEverybody(options: SiteOptions = {}): Promise<Site> {
  const site = await openSite(options)
  await site.addUser('active')
  const disabled = await site.addUser('barred')
  await site.auth.setStatus({ userId: disabled.user.id, status: 'disabled' })
  await site.send('POST /register', { body: { username: 'pender', email: 'pender@example.org', password: PASSWORD } })
  await site.addUser('social', { password: null })
  await site.addUser('locked')
  for (let index = 0; index < 3; index += 1) {
    await site.send('POST /login', { body: { identifier: 'locked', password: OTHER_PASSWORD } })
  }
  return site
}

/** Of equal length, so that not even that tells them apart. */
const STATES = ['active', 'barred', 'pender', 'social', 'locked', 'nobody']

describe('rows 45 and 46: answers about users in different states', () => {
  /** Asks the same of everybody, and compares every answer with the first. */
  async function faultsOfStates(ask: (name: string) => Promise<Answer>): Promise<readonly string[]> {
    const [first = '', ...others] = STATES
    const expected = await ask(first)
    const faults: string[] = []
    for (const name of others) {
      const answer = await ask(name)
      const alike = { ...answer, text: answer.text.replaceAll(name, first) }
      faults.push(...differences(expected, alike).map((difference) => `${name}: ${difference}`))
    }
    return faults
  }

  type Question = (site: Site, name: string) => Promise<Answer>

  const QUESTIONS = {
    'a log-in with a wrong password': (site, name) =>
      site.send('POST /login', { body: { identifier: name, password: 'something else' } }),
    'a log-in by address with a wrong password': (site, name) =>
      site.send('POST /login', { body: { identifier: `${name}@example.org`, password: 'something else' } }),
    'a request for a reset': (site, name) =>
      site.send('POST /password/reset', { body: { email: `${name}@example.org` } }),
    'a request for another activation mail': (site, name) =>
      site.send('POST /email/verify/resend', { body: { email: `${name}@example.org` } }),
    'a registration with the address': (site, name) =>
      site.send('POST /register', {
        body: { username: `${name}x`, email: `${name}@example.org`, password: PASSWORD },
      }),
  } satisfies Readonly<Record<string, Question>>

  it.each(Object.entries(QUESTIONS))('rows 45 and 46: %s is answered the same for everybody', async (_, ask) => {
    const site = await siteWithEverybody()
    expect(await faultsOfStates((name) => ask(site, name))).toEqual([])
  })

  it('row 46: a change to an address that somebody has is answered as one to a free address', async () => {
    const site = await siteWithEverybody()
    const ask = async (name: string): Promise<Answer> => {
      const token = await site.tokenFor(await site.addUser(`asker${name}`))
      return site.send('POST /email/change', {
        token,
        body: { newEmail: `${name}@example.org`, currentPassword: PASSWORD },
      })
    }
    expect(await faultsOfStates(ask)).toEqual([])
  })

  it('row 45: even the right password is answered the same for those who may not log in', async () => {
    const site = await siteWithEverybody()
    const wrong = await site.send('POST /login', { body: { identifier: 'active', password: OTHER_PASSWORD } })
    for (const name of ['barred', 'pender', 'locked']) {
      const right = await site.send('POST /login', { body: { identifier: name, password: PASSWORD } })
      expect(differences(wrong, right), name).toEqual([])
    }
  })

  it('row 45: a site that reveals states does so only to who knows the password', async () => {
    const site = await siteWithEverybody({ login: { revealStatus: true } })
    const ask = QUESTIONS['a log-in with a wrong password']
    expect(await faultsOfStates((name) => ask(site, name))).toEqual([])
    const told = await site.send('POST /login', { body: { identifier: 'barred', password: PASSWORD } })
    expect(told.json).toMatchObject({ code: 'user_not_active' })
  })

  it('rows 45 and 46: control: a site that reveals locks, and one whose backend looks at the state first, are noticed', async () => {
    const revealing = await siteWithEverybody({ login: { revealLocks: true } })
    const ask = (site: Site) => (name: string) =>
      site.send('POST /login', { body: { identifier: name, password: 'something else' } })
    expect(await faultsOfStates(ask(revealing))).not.toEqual([])
    const headerOnly = tellingBy((response) => response.headers.set('x-user', 'known'))
    expect(await faultsOfStates(ask(await siteWithEverybody({ mounts: { '/api': headerOnly } })))).not.toEqual([])
    const cookieOnly = tellingBy((response) => response.headers.append('set-cookie', 'seen=1'))
    expect(await faultsOfStates(ask(await siteWithEverybody({ mounts: { '/api': cookieOnly } })))).not.toEqual([])
  })

  /** An API that adds something to the answers about one user. */
  function tellingBy(tell: (response: Response) => void): Dialect {
    const api = portressApi()
    return {
      ...api,
      async writeError(error, exchange) {
        const response = await api.writeError(error, exchange)
        const { identifier } = await exchange.body()
        if (identifier === 'active') tell(response)
        return response
      },
    }
  }
})

describe('row 60: credentials in an address', () => {
  /** Tries to get in, or to get something done, with nothing but an address. */
  async function faultsOfAddresses(site: Site, fetch = site.auth.fetch): Promise<readonly string[]> {
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
    const cookie = cookieFrom(await site.send('POST /login', { body: login }), 'portress-session')
    const secret = cookie.replace(/^[^=]*=/, '')
    const query = `identifier=ann&password=${encodeURIComponent(PASSWORD)}`
    const names = ['access_token', 'token', 'sid', 'session', 'authorization', '__Host-portress-session', 'api_key']
    const rows = [
      `GET /login?${query}`,
      `POST /login?${query}`,
      ...names.flatMap((name) => [`GET /me?${name}=${token}`, `GET /me?${name}=${secret}`]),
      `GET /me?authorization=Bearer%20${token}`,
      `GET /me/${token}`,
      `GET /me;token=${token}`,
    ]
    const faults: string[] = []
    for (const row of rows) {
      const response = await fetch(requestFor(row, {}), { address: '192.0.2.10' })
      const text = await response.text()
      faults.push(...unlessRefused(row, response))
      if (text.includes('ann@example.org') || response.headers.has('set-cookie')) faults.push(`${row} got in`)
    }
    return faults
  }

  it('row 60: are not looked at, and stand in no log', async () => {
    const lines: string[] = []
    const site = await openSite({ logger: loggerTo(lines) })
    expect(await faultsOfAddresses(site)).toEqual([])
    expect(placesOf(PASSWORD, lines.join('\n'))).toEqual([])
  })

  it('row 60: control: a server that takes a token from the query is noticed', async () => {
    const site = await openSite()
    const lifting: Site['auth']['fetch'] = (request, peer) => {
      const token = new URL(request.url).searchParams.get('access_token')
      const headers = new Headers(request.headers)
      if (token !== null) headers.set('authorization', `Bearer ${token}`)
      return site.auth.fetch(new Request(request, { headers }), peer)
    }
    expect(await faultsOfAddresses(site, lifting)).not.toEqual([])
  })

  it('row 60: the address in a mail holds a code that works once, and nothing else', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const [mail] = await site.mails()
    const links = [...(mail?.text ?? '').matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link))
    const withQuery = links.filter(({ search }) => search !== '')
    expect(withQuery.map(({ searchParams }) => [...searchParams.keys()])).toEqual([['code']])
    expect(withQuery.map(({ origin }) => origin)).toEqual([ORIGIN])
  })
})

describe('row 61: an Authorization header that is none', () => {
  const HEADERS = [
    'Bearer %E0%A4%A',
    'Bearer',
    'Bearer ',
    'bearer\t',
    `Bearer ${'a'.repeat(64 * 1024)}`,
    'Bearer a b',
    'Bearer a, Bearer b',
    'Bearer \u00e9\u00ff',
    'Basic',
    'Basic YW5u',
    'Basic !!!',
    'Basic YW5uOg==',
    'Token abc',
    'Digest username="ann"',
    'Bearer ..',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
    'Bearer e30.e30.e30',
    '=',
    ',',
  ]

  async function faultsOfHeaders(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    for (const authorization of HEADERS) {
      const answer = await site.send('GET /me', { headers: { authorization } })
      if (answer.status !== 401) faults.push(`${authorization.slice(0, 40)} is answered ${answer.status}`)
      if (header(answer, 'www-authenticate') === null) faults.push(`${authorization.slice(0, 40)} gets no challenge`)
    }
    return faults
  }

  it('row 61: is answered 401 with a challenge, and the server goes on', async () => {
    const site = await openSite()
    expect(await faultsOfHeaders(site)).toEqual([])
    const token = await site.tokenFor(await site.addUser('ann'))
    expect(await site.send('GET /me', { token })).toMatchObject({ status: 200 })
  })

  it('row 61: is never passed over in favour of a good cookie', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
    const cookie = cookieFrom(await site.send('POST /login', { body: login }), 'portress-session')
    expect(await site.send('GET /me', { cookie })).toMatchObject({ status: 200 })
    for (const authorization of HEADERS.slice(0, 8)) {
      expect(await site.send('GET /me', { cookie, headers: { authorization } })).toMatchObject({ status: 401 })
    }
  })

  it('row 61: control: a dialect that decodes what it is sent is noticed', async () => {
    const api = portressApi()
    const decoding: Dialect = {
      ...api,
      findCredential: ({ header: read }) => ({
        token: decodeURIComponent(read('authorization')?.slice(7) ?? ''),
        sentBy: 'header',
      }),
    }
    expect(await faultsOfHeaders(await openSite({ mounts: { '/api': decoding } }))).not.toEqual([])
  })
})

describe('row 64: what the answers of a walk through the API hold', () => {
  const USER_KEYS = [
    ...['id', 'username', 'email', 'emailVerified', 'firstName', 'lastName'],
    ...['dateJoined', 'lastLoginAt', 'isStaff', 'isSuperuser'],
  ]
  const SESSION_KEYS = [
    ...['id', 'carrier', 'createdAt', 'lastUsedAt', 'expiresAt', 'address', 'userAgent', 'isCurrent'],
  ]

  /** Every key that stands anywhere in an answer, with where it stands. */
  function keysOf(value: unknown, path = ''): readonly string[] {
    if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, path))
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]) => [`${path}${key}`, ...keysOf(inner, `${path}${key}.`)])
  }

  const nested = (name: string, keys: readonly string[]): readonly string[] => [
    name,
    ...keys.map((key) => `${name}.${key}`),
  ]

  async function walk(site: Site): Promise<ReadonlyMap<string, Answer>> {
    const email = 'ann@example.org'
    const answers = new Map<string, Answer>()
    const send: Site['send'] = async (row, options) => {
      const answer = await site.send(row, options)
      answers.set(`${row} ${String((options?.body as { carrier?: string } | undefined)?.carrier ?? '')}`.trim(), answer)
      return answer
    }
    await send('POST /register', { body: { username: 'annie', email, password: PASSWORD } })
    await send('POST /email/verify', { body: { code: await site.codeFor(email) } })
    const login = { identifier: 'annie', password: PASSWORD }
    for (const carrier of ['cookie', 'jwt', 'token']) await send('POST /login', { body: { ...login, carrier } })
    const token = String(answers.get('POST /login token')?.json['token'])
    const { refreshToken } = answers.get('POST /login jwt')?.json ?? {}
    await send('POST /token/refresh', { body: { refreshToken } })
    await send('PATCH /me', { token, body: { firstName: 'Ann' } })
    for (const row of ['GET /me', 'GET /me/export', 'GET /me/attempts', 'GET /sessions']) await send(row, { token })
    await send('POST /username/change', { token, body: { newUsername: 'anna', currentPassword: PASSWORD } })
    await send('POST /password/reset', { body: { email } })
    return answers
  }

  it('row 64: are the listed keys and no others', async () => {
    const answers = await walk(await openSite())
    const keys = (row: string): ReadonlySet<string> => new Set(keysOf(answers.get(row)?.json))
    const user = nested('user', USER_KEYS)
    const session = nested('session', SESSION_KEYS)
    expect(keys('POST /register')).toEqual(new Set(['status', ...user]))
    expect(keys('POST /login cookie')).toEqual(new Set([...user, ...session]))
    expect(keys('POST /login token')).toEqual(new Set([...user, ...session, 'token', 'expiresAt']))
    const pair = new Set([...user, ...session, 'accessToken', 'refreshToken', 'expiresAt'])
    expect(keys('POST /login jwt')).toEqual(pair)
    expect(keys('POST /token/refresh')).toEqual(pair)
    for (const row of ['POST /email/verify', 'PATCH /me', 'GET /me', 'POST /username/change']) {
      expect(keys(row), row).toEqual(new Set(user))
    }
    expect(keys('GET /sessions')).toEqual(new Set(nested('sessions', SESSION_KEYS)))
  })

  /** Looks for what must stay inside: hashes, and the codes that were mailed. */
  async function leaksOf(site: Site, texts: readonly string[]): Promise<readonly string[]> {
    const user = await site.store.users.findByIdentifier('anna', ['username'], 1)
    const sessions = await site.store.sessions.listForUser(user[0]?.id ?? 0, site.clock.now())
    const code = await site.codeFor('ann@example.org')
    const secrets = [
      user[0]?.passwordHash ?? '',
      PASSWORD,
      code,
      ...sessions.map(({ digest }) => Buffer.from(digest).toString('base64url')),
    ]
    if (secrets.includes('')) return ['there is nothing to look for']
    return texts.filter((text) => secrets.some((secret) => placesOf(secret, text).length > 0))
  }

  it('row 64: are never a hash, a digest or a mailed code', async () => {
    const site = await openSite()
    const answers = [...(await walk(site)).values()]
    const texts = answers.map(({ text, headers }) => `${text} ${JSON.stringify(headers)}`)
    expect(await leaksOf(site, texts)).toEqual([])
  })

  it('row 64: control: a row written out as it is stored is noticed', async () => {
    const site = await openSite()
    await walk(site)
    const [row] = await site.store.users.findByIdentifier('anna', ['username'], 1)
    expect(await leaksOf(site, [JSON.stringify(row)])).toHaveLength(1)
  })
})

describe('row 65: a request that says two things', () => {
  const JSON_TYPE = { 'content-type': 'application/json' }
  const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

  async function faultsOfTwoValues(site: Site): Promise<readonly string[]> {
    await site.addUser('ann')
    await site.addUser('ben')
    const faults: string[] = []
    const ask = async (row: string, options: Parameters<Site['send']>[1]): Promise<Answer> => site.send(row, options)
    await ask('POST /password/reset?email=ann@example.org', { body: { email: 'ben@example.org' } })
    const twice = '{"email":"ann@example.org","email":"ben@example.org"}'
    await ask('POST /password/reset', { body: twice, headers: JSON_TYPE })
    for (const { to } of await site.mails()) if (to !== 'ben@example.org') faults.push(`a mail went to ${to}`)
    const login = await ask(`POST /login?identifier=ann`, { body: { identifier: 'ben', password: PASSWORD } })
    const [attempt] = await site.store.attempts.list({ limit: 1 })
    const who = (login.json['user'] as { username?: string } | undefined)?.username
    if (who !== attempt?.identifier) faults.push(`${who} got in, ${attempt?.identifier} is in the log`)
    if (who !== 'ben') faults.push(`the query let ${who} in`)
    const forms = [
      'email=ann%40example.org&email=ben%40example.org',
      'email=ann%40example.org&%65mail=ben%40example.org',
    ]
    for (const body of forms) {
      faults.push(...unlessRefused(body, await ask('POST /password/reset', { body, headers: FORM_TYPE })))
    }
    return faults
  }

  it('row 65: is read in one place, once: query values count for nothing, repeated ones are refused', async () => {
    expect(await faultsOfTwoValues(await openSite())).toEqual([])
  })

  it('row 65: is judged, counted and logged by the same value', async () => {
    const site = await openSite()
    await site.addUser('ben')
    const body = '{"identifier":"ann","identifier":"ben","password":"something else"}'
    for (let index = 0; index < 3; index += 1) await site.send('POST /login', { body, headers: JSON_TYPE })
    const attempts = await site.store.attempts.list({ limit: 10 })
    expect(new Set(attempts.map(({ identifier }) => identifier)).size).toBeLessThanOrEqual(1)
    const right = await site.send('POST /login', { body: { identifier: 'ben', password: PASSWORD } })
    expect(right.status).toBe(attempts.length === 0 ? 200 : 401)
  })

  it('row 65: control: a server that mixes the query into the body is noticed', async () => {
    const mixing = withBodies((body, exchange) => ({ ...body, ...Object.fromEntries(exchange.query()) }))
    expect(await faultsOfTwoValues(await openSite({ mounts: { '/api': mixing } }))).not.toEqual([])
  })
})

function loggerTo(lines: string[]): Logger {
  const write = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  return { debug: write, info: write, warn: write, error: write }
}
