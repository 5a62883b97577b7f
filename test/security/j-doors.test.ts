/** Section J of the attack table over HTTP: cookies, origins, redirects and pages, as a browser meets them. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProviderFactory } from '../../src/contracts/identity-provider.ts'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'
import { type SampleProvider, sampleProvider } from '../support/sample-provider.ts'
import { type Answer, cookieFrom, header, readAnswer } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { placesOf, readTables } from './support/database.ts'
import {
  closeSites,
  ORIGIN,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { sameForAll } from './support/provider-stand-ins.ts'

const SOCIAL = '__Host-portress-social'
const SESSION = '__Host-portress-session'
const CALLBACK = '/account/social/sample/callback'
const EVIL = 'https://evil.example'

const personOf = (subject: string) => ({
  subject,
  email: `${subject}@example.org`,
  emailVerified: true,
  usernameHint: subject,
})

let provider: SampleProvider

beforeEach(() => {
  provider = sampleProvider()
})
afterEach(closeSites)

async function open({ social, ...options }: SiteOptions = {}): Promise<Site> {
  const site = await openSite({ social: social ?? { providers: [provider.factory] }, ...options })
  await site.auth.migrate()
  return site
}

interface Sent {
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [string, string])[]
}

/** A request outside of the API, such as one that a page or an address bar makes. */
async function browse(site: Site, row: string, { cookie, headers = {}, form }: Sent = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = row.split(' ')
  const body = form === undefined ? {} : { body: new URLSearchParams(Object.entries(form) as [string, string][]) }
  const all = { ...(cookie === undefined ? {} : { cookie }), ...headers }
  const request = new Request(ORIGIN + path, { method, headers: all, ...body })
  return readAnswer(await site.auth.fetch(request, { address: '192.0.2.10' }))
}

const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }

/** Presses the button of the site's own page. */
const begin = (site: Site, form: Sent['form'] = {}, more: Sent = {}) =>
  browse(site, 'POST /account/social/sample', { form, headers: OWN, ...more })

/** Begins in a browser of its own, goes to the provider as somebody, and stands before the callback. */
async function comeBack(site: Site, as: string, more: { readonly path?: string; readonly cookie?: string } = {}) {
  const { path = '/account/social/sample', cookie } = more
  const begun = await browse(site, `POST ${path}`, { form: {}, headers: OWN, ...(cookie ? { cookie } : {}) })
  const params = provider.visit(header(begun, 'location') ?? '', personOf(as))
  return { row: `GET ${CALLBACK}?${params}`, cookie: cookieFrom(begun, SOCIAL), params }
}

/** The sample as a provider whose own page posts the callback, as Apple's does. */
const posting: IdentityProviderFactory = (tools) => ({ ...provider.factory(tools), responseMode: 'form_post' })

const hasSession = ({ cookies }: Answer): boolean => cookies.some((cookie) => cookie.startsWith(`${SESSION}=`))

describe('row 154: a callback in the wrong browser', () => {
  async function faultsOfBrowsers(options: SiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await open(options)
    const mallory = await comeBack(site, 'mallory')
    const victim = await comeBack(site, 'vic')
    const value = mallory.cookie.slice(SOCIAL.length + 1)
    const tries: Readonly<Record<string, Sent>> = {
      'without a cookie': {},
      'with the cookie of the victim’s own log-in': { cookie: victim.cookie },
      'with a cookie of another name that begins alike': { cookie: `${SOCIAL}x=${value}` },
      'with a cookie that any page of the domain may set': { cookie: `portress-social=${value}` },
      'with the name in small letters': { cookie: `__host-portress-social=${value}` },
      'with an invisible letter before the name': { cookie: `\u00a0${SOCIAL}=${value}` },
      'with the planted cookie beside the own one': { cookie: `${victim.cookie}; ${SOCIAL}=${value}` },
      'with the planted cookie before the own one': { cookie: `${SOCIAL}=${value}; ${victim.cookie}` },
      'with the session cookie in its place': { cookie: `${SESSION}=${value}` },
    }
    for (const [how, sent] of Object.entries(tries)) {
      const answer = await browse(site, mallory.row, sent)
      must(answer.status >= 400 && answer.status < 500, `${how}: is answered ${answer.status}`)
      must(!hasSession(answer), `${how}: begins a session`)
    }
    must(provider.exchanges() === 0, 'the provider is asked')
    const own = await browse(site, victim.row, { cookie: victim.cookie })
    must(own.status === 303 && hasSession(own), `the victim’s own log-in ends with ${own.status}`)
    return complaints
  }

  it('row 154: begins nothing, whatever cookies are planted beside, and leaves the log-in under way alone', async () => {
    expect(await faultsOfBrowsers()).toEqual(HOLDS)
  })

  it('row 154: control: a state that is the same for all is noticed', async () => {
    const social = { providers: [sameForAll(provider.factory)] }
    expect(await faultsOfBrowsers({ social })).toEqual(
      saying('with the cookie of the victim’s own log-in: begins a session'),
    )
  })

  it('row 154: keeps what it needs in a cookie that no script reads and no other host sets', async () => {
    const site = await open()
    const { cookies, status } = await begin(site)
    expect(status).toBe(303)
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-portress-social=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/),
    ])
    const other = await open({ social: { providers: [posting] } })
    expect((await begin(other)).cookies[0]).toMatch(/^__Host-.*; HttpOnly; SameSite=None; Secure$/)
  })

  it.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS'])('row 154: is used up by no %s', async (method) => {
    const site = await open()
    const { row, cookie } = await comeBack(site, 'ann')
    const answer = await browse(site, row.replace('GET', method), { cookie })
    expect(hasSession(answer)).toBe(false)
    expect(provider.exchanges()).toBe(0)
    expect(hasSession(await browse(site, row, { cookie }))).toBe(true)
  })

  it('row 154: is not used up by a browser that only looks ahead', async () => {
    const site = await open()
    const { row, cookie } = await comeBack(site, 'ann')
    for (const headers of [{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }]) {
      expect(hasSession(await browse(site, row, { cookie, headers }))).toBe(false)
    }
    expect(hasSession(await browse(site, row, { cookie }))).toBe(true)
  })

  it('row 154: is posted by nobody where the provider does not post', async () => {
    const site = await open()
    const { params, cookie } = await comeBack(site, 'ann')
    const headers = { origin: EVIL, 'sec-fetch-site': 'cross-site' }
    const answer = await browse(site, `POST ${CALLBACK}`, { cookie, headers, form: Object.fromEntries(params) })
    expect(answer.status).toBe(403)
    expect(provider.exchanges()).toBe(0)
  })
})

describe('row 155: one callback many times over HTTP', () => {
  it('row 155: begins one session', async () => {
    const site = await open()
    const { row, cookie } = await comeBack(site, 'ann')
    const answers = await Promise.all(Array.from({ length: 20 }, () => browse(site, row, { cookie })))
    expect(answers.filter(hasSession)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(provider.exchanges()).toBe(1)
  })
})

describe('row 163: what another site can make a browser do', () => {
  async function loggedIn(site: Site, name: string): Promise<string> {
    const { username } = await site.addUser(name)
    const body = { identifier: username, password: PASSWORD, carrier: 'cookie' }
    return cookieFrom(await site.send('POST /login', { body, headers: { origin: ORIGIN } }), SESSION)
  }

  const FROM_ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
    { origin: EVIL, 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://sub.accounts.example', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
  ]

  /** No browser leaves out both headers; where a session is at stake that is refused as well. */
  const FROM_NOWHERE: typeof FROM_ELSEWHERE = [{ referer: `${EVIL}/x` }, {}]

  it.each(['/account/social/sample', '/account/social/sample/connect', '/api/social/sample/connect/begin'])(
    'row 163: begins nothing at %s',
    async (path) => {
      const site = await open()
      const cookie = await loggedIn(site, 'vic')
      for (const headers of [...FROM_ELSEWHERE, ...(path.includes('connect') ? FROM_NOWHERE : [])]) {
        const answer = await browse(site, `POST ${path}`, { cookie, headers, form: {} })
        expect([headers, answer.status >= 400, header(answer, 'location')]).toEqual([headers, true, null])
      }
      // Control: the same request from the site's own page.
      const body = path.startsWith('/api') ? { 'content-type': 'application/json' } : {}
      const own = path.startsWith('/api')
        ? await site.send('POST /social/sample/connect/begin', { body: {}, cookie, headers: body })
        : await browse(site, `POST ${path}`, { cookie, headers: OWN, form: {} })
      expect(own.status).toBeLessThan(400)
      expect(cookieFrom(own, SOCIAL)).toMatch(/^__Host-/)
    },
  )

  it.each(['/account/social/sample', '/account/social/sample/connect'])(
    'row 163: a link to %s from elsewhere leads nowhere by itself',
    async (path) => {
      const site = await open()
      const cookie = await loggedIn(site, 'vic')
      const navigated = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
      const sites = ['cross-site', 'same-site', 'none']
      for (const headers of [{}, ...sites.map((from) => ({ ...navigated, 'sec-fetch-site': from }))]) {
        const answer = await browse(site, `GET ${path}`, { cookie, headers })
        expect([answer.status, header(answer, 'location'), answer.cookies]).toEqual([200, null, []])
      }
      const framed = { ...navigated, 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' }
      expect((await browse(site, `GET ${path}`, { cookie, headers: framed })).status).toBe(200)
    },
  )

  it('row 163: the callback of mallory’s log-in links nothing to the victim who opens it', async () => {
    const site = await open()
    const cookie = await loggedIn(site, 'vic')
    const mallory = await loggedIn(site, 'mallory')
    const connect = { path: '/account/social/sample/connect', cookie: mallory }
    const mallorys = await comeBack(site, 'mallory-over-there', connect)
    const victims = await comeBack(site, 'vic-over-there', { ...connect, cookie })
    for (const kept of [victims.cookie, mallorys.cookie]) {
      const answer = await browse(site, mallorys.row, { cookie: `${cookie}; ${kept}` })
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
    for (const subject of ['mallory-over-there', 'vic-over-there']) {
      expect(await site.store.identities.find({ provider: 'sample', subject })).toBeNull()
    }
    // Control: whoever began it, in the same browser.
    const own = await browse(site, victims.row, { cookie: `${cookie}; ${victims.cookie}` })
    expect(own.status).toBe(303)
    expect(await site.store.identities.find({ provider: 'sample', subject: 'vic-over-there' })).not.toBeNull()
  })
})

describe('row 166: where a browser is sent', () => {
  const NEXTS = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    EVIL,
    'javascript:alert(1)',
    '/\t/evil.example',
  ]

  it('row 166: is the provider’s own address with our own callback, whatever the request says', async () => {
    const site = await open()
    const extra = { redirect_uri: EVIL, client_id: 'x', state: 'x', response_type: 'token', scope: 'all' }
    const headers = { ...OWN, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil' }
    for (const sent of [{}, extra]) {
      const answer = await begin(site, sent, { headers })
      const location = new URL(header(answer, 'location') ?? '')
      expect(location.origin).toBe('https://sample.test')
      expect(location.searchParams.getAll('redirect_uri')).toEqual([ORIGIN + CALLBACK])
      expect(location.searchParams.get('state')).toMatch(/^[\w-]{43}$/)
    }
    const request = new Request(`https://evil.example/account/social/sample`, {
      method: 'POST',
      headers: { ...OWN, host: 'evil.example' },
      body: new URLSearchParams(),
    })
    const answer = await readAnswer(await site.auth.fetch(request, { address: '192.0.2.10' }))
    const location = header(answer, 'location')
    expect(location === null || location.includes(encodeURIComponent(ORIGIN + CALLBACK))).toBe(true)
  })

  async function faultsOfLeading(options: SiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await open(options)
    for (const next of NEXTS) {
      const answer = await begin(site, { next })
      const page = await browse(site, `GET /account/social/sample?next=${encodeURIComponent(next)}`)
      must(answer.status === 400, `${next} is answered ${answer.status}`)
      must(
        page.status === 400 && !page.text.includes('evil.example'),
        `the page for ${next} is answered ${page.status}`,
      )
    }
    const plain = await comeBack(site, 'ann')
    const later = await browse(site, `${plain.row}&next=${EVIL}&redirect=${EVIL}`, {
      cookie: plain.cookie,
      headers: { referer: `${EVIL}/x` },
    })
    must(header(later, 'location') === `${ORIGIN}/`, `a callback leads to ${header(later, 'location')}`)
    return complaints
  }

  it('row 166: is never another site in the end', async () => {
    expect(await faultsOfLeading()).toEqual(HOLDS)
  })

  it('row 166: control: a site that trusts the other one is noticed', async () => {
    const site = { name: 'Acme', origin: ORIGIN, trustedOrigins: [EVIL] }
    expect(await faultsOfLeading({ site })).toEqual(saying(`${EVIL} is answered 303`))
  })
})

describe('row 167: what a provider writes into the address', () => {
  const SCRIPT = '"><script>alert(1)</script>'

  it('row 167: is on no page', async () => {
    const site = await open()
    const { cookie, params } = await comeBack(site, 'ann')
    params.delete('code')
    params.set('error', 'access_denied')
    params.set('error_description', SCRIPT)
    params.set('error_uri', `javascript:${SCRIPT}`)
    const texts: string[] = []
    for (const query of [params, new URLSearchParams({ state: SCRIPT, error: SCRIPT, code: SCRIPT })]) {
      const answer = await browse(site, `GET ${CALLBACK}?${query}`, { cookie, headers: { accept: 'text/html' } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      texts.push(answer.text)
    }
    for (const path of ['/account/social/sample', `/account/social/${encodeURIComponent(SCRIPT)}`]) {
      texts.push((await browse(site, `GET ${path}?challenge=${encodeURIComponent(SCRIPT)}`)).text)
    }
    expect(texts.join('')).toContain('<html')
    expect(texts.join('')).not.toContain('<script>alert')
    expect(texts.join('')).not.toContain('javascript:')
  })

  it('row 167: is escaped where it has to be sent once more', async () => {
    const site = await open({ social: { providers: [posting] } })
    const { cookie, params } = await comeBack(site, 'ann')
    const headers = { origin: 'https://sample.test', 'sec-fetch-site': 'cross-site' }
    const form = { ...Object.fromEntries(params), state: SCRIPT, [SCRIPT]: SCRIPT }
    const answer = await browse(site, `POST ${CALLBACK}`, { cookie, headers, form })
    expect(hasSession(answer)).toBe(false)
    expect(answer.text).not.toContain('<script>alert')
  })
})

describe('secrets of a social log-in', () => {
  const VERIFIER = 'a-text-of-many-random-letters-that-only-the-page-knows'
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url')

  it('row 28: a hand-over code comes in the fragment, and opens nothing without what the page knows', async () => {
    const site = await open()
    const begun = await begin(site, { challenge, next: '/app' })
    const params = provider.visit(header(begun, 'location') ?? '', personOf('ann'))
    const answer = await browse(site, `GET ${CALLBACK}?${params}`, { cookie: cookieFrom(begun, SOCIAL) })
    const location = new URL(header(answer, 'location') ?? '')
    expect([location.origin + location.pathname, location.search]).toEqual([`${ORIGIN}/app`, ''])
    expect(hasSession(answer)).toBe(false)
    const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? ''
    const places: Readonly<Record<string, object>> = {
      'POST /email/verify': { code },
      'POST /password/reset/confirm': { code, newPassword: PASSWORD },
      'POST /email/change/confirm': { code },
      'POST /email/change/cancel': { code },
      'POST /unlock': { code },
      'POST /token/refresh': { refreshToken: code },
      'POST /social/exchange': { code, verifier: challenge },
    }
    for (const [row, body] of Object.entries(places)) {
      expect([row, (await site.send(row, { body })).status >= 400]).toEqual([row, true])
    }
    expect((await site.send('GET /me', { token: code })).status).toBe(401)
    const exchanges = await Promise.all(
      Array.from({ length: 10 }, () => site.send('POST /social/exchange', { body: { code, verifier: VERIFIER } })),
    )
    expect(exchanges.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('row 28: neither the state nor what the browser keeps opens anything else', async () => {
    const site = await open()
    const { cookie, params } = await comeBack(site, 'ann')
    const pending = cookie.slice(SOCIAL.length + 1)
    for (const text of [pending, params.get('state') ?? '', params.get('code') ?? '']) {
      expect((await site.send('GET /me', { token: text })).status).toBe(401)
      expect((await site.send('GET /me', { cookie: `${SESSION}=${text}` })).status).toBe(401)
      for (const row of ['POST /email/verify', 'POST /unlock', 'POST /email/change/confirm']) {
        expect((await site.send(row, { body: { code: text } })).status).toBe(400)
      }
      const handover = { code: text, verifier: VERIFIER }
      expect((await site.send('POST /social/exchange', { body: handover })).status).toBe(400)
    }
    // And the other way round: a session is not what a browser keeps of a log-in.
    const { token } = { token: await site.tokenFor(await site.addUser('bob')) }
    expect(hasSession(await browse(site, `GET ${CALLBACK}?${params}`, { cookie: `${SOCIAL}=${token}` }))).toBe(false)
  })

  const CANARY = 'cnry0123456789abcdefcnry'

  async function faultsOfTraces(options: SiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const lines: string[] = []
    const write = (...line: unknown[]): void => void lines.push(JSON.stringify(line))
    const location = temporaryDatabase()
    const logger = { debug: write, info: write, warn: write, error: write }
    const social = { providers: [provider.factory], storeTokens: true }
    const site = await open({ location, logger, social, ...options })
    const canary = CANARY
    const person = { ...personOf('ann'), tokens: tokensOf(canary) }
    const begun = await begin(site, {})
    const params = provider.visit(header(begun, 'location') ?? '', person)
    const kept = cookieFrom(begun, SOCIAL)
    const done = await browse(site, `GET ${CALLBACK}?${params}`, { cookie: kept })
    const again = await browse(site, `GET ${CALLBACK}?${params}`, { cookie: kept })
    const bad = await site.send('POST /social/sample/login', { body: { accessToken: canary } })
    const accessToken = provider.tokenFor(person)
    const good = await site.send('POST /social/sample/login', { body: { accessToken } })
    const me = await site.send('GET /me/export', { token: String(good.json['token']) })
    const secrets = {
      'the provider’s tokens': canary,
      'the access token': accessToken,
      'the code': params.get('code') ?? '',
      'the state': params.get('state') ?? '',
      'what the browser keeps': kept.slice(SOCIAL.length + 1),
    }
    const tables = readTables(location)
    const answers = [done, again, bad, good, me].map(({ text }) => text).join('\n')
    for (const [what, secret] of Object.entries(secrets)) {
      must(placesOf(secret, lines.join('\n')).length === 0, `${what}: in the log`)
      must(placesOf(secret, tables).length === 0, `${what}: in the database`)
      must(placesOf(secret, answers).length === 0, `${what}: in an answer`)
    }
    must(good.status === 200 && me.status === 200, `the log-in is answered ${good.status}, ${me.status}`)
    return complaints
  }

  const tokensOf = (secret: string) => ({
    accessToken: secret,
    refreshToken: `refresh-${secret}`,
    tokenSecret: null,
    expiresAt: null,
  })

  it('row 197: are in no log, no answer and not in the database', async () => {
    expect(await faultsOfTraces()).toEqual(HOLDS)
  })

  it('row 197: control: a store that keeps what a provider says in clear is noticed', async () => {
    const faults = await faultsOfTraces({
      wrapStore: (store) => ({
        ...store,
        identities: {
          ...store.identities,
          noteLogin: (id, changes) => store.identities.noteLogin(id, { ...changes, extraData: { token: CANARY } }),
        },
      }),
    })
    expect(faults).toEqual(['the provider’s tokens: in the database', 'the provider’s tokens: in an answer'])
  })

  it('row 197: control: a provider that tells the operator what it was sent is noticed', async () => {
    const talking: IdentityProviderFactory = (tools) => {
      const inner = provider.factory(tools)
      return {
        ...inner,
        verify: (proof) =>
          inner.verify(proof).catch(() => {
            throw new IdentityProviderError(
              'unreachable',
              `GET https://sample.test/me?access_token=${proof.accessToken}`,
            )
          }),
      }
    }
    const social = { providers: [talking], storeTokens: true }
    expect(await faultsOfTraces({ social })).toEqual(['the provider’s tokens: in the log'])
  })
})

describe('hostile bodies at the social rows', () => {
  const VALUES: readonly unknown[] = [
    null,
    0,
    -1,
    1.5,
    true,
    [],
    ['x'],
    {},
    { $ne: null },
    '',
    ' ',
    '\u0000',
    '\ud800',
    'x'.repeat(9_000),
    '中文',
    'a\r\nb: c',
    '__proto__',
    'constructor',
  ]

  const ROWS: Readonly<Record<string, readonly string[]>> = {
    'POST /social/sample/login': ['accessToken', 'code', 'idToken', 'tokenSecret', 'codeVerifier', 'nonce', 'carrier'],
    'POST /social/sample/begin': ['next', 'challenge'],
    'POST /social/exchange': ['code', 'verifier', 'carrier'],
    'POST /social/sample/connect': ['accessToken', 'code', 'idToken'],
    'POST /social/sample/connect/begin': ['next'],
  }

  it.each(Object.keys(ROWS))('row 15: are never a fault of the server: %s', async (row) => {
    const site = await open()
    const token = await site.tokenFor(await site.addUser('ann'))
    for (const name of ROWS[row] ?? []) {
      for (const value of VALUES) {
        for (const body of [{ [name]: value }, { accessToken: 'x', code: 'x', [name]: value }]) {
          const answer = await site.send(row, { body, token })
          expect([name, value, answer.status < 500]).toEqual([name, value, true])
        }
      }
    }
    for (const raw of ['{"__proto__":{"isStaff":true}}', '[]', 'null', '{', '{"code":"\\ud800"}']) {
      const answer = await site.send(row, { body: raw, token, headers: { 'content-type': 'application/json' } })
      expect(answer.status).toBeLessThan(500)
    }
    expect(({} as { isStaff?: boolean }).isStaff).toBeUndefined()
  })

  it.each(['__proto__', 'constructor', 'toString', '..', '%00', '%2e%2e', 'x'.repeat(5_000), 'SAMPLE', 'sample%20'])(
    'row 15: name no provider: %s',
    async (name) => {
      const site = await open()
      for (const row of ['GET /account/social/NAME', 'GET /account/social/NAME/callback?code=x&state=y']) {
        const answer = await browse(site, row.replace('NAME', name))
        expect([row, answer.status]).toEqual([
          row,
          expect.toSatisfy((status) => [400, 404, 414].includes(Number(status))),
        ])
      }
      const answer = await site.send(`POST /social/${name}/login`, { body: { code: 'x' } })
      expect([400, 404, 414]).toContain(answer.status)
    },
  )
})
