import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { AuthError } from '../../src/errors.ts'
import { field } from '../../src/model/declare-field.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { type Person, type SampleProvider, sampleProvider } from '../support/sample-provider.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../support/test-auth.ts'

const ANN = { subject: '4711', email: 'ann@example.org', emailVerified: true, usernameHint: 'ann' } as const

const PASSWORD = 'plum-tart-4-breakfast'

const PENDING = '__Host-portress-social'
const SESSION = '__Host-portress-session'
const DEVICE = '__Host-portress-device'

const CLEARED = `${PENDING}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`

/** What a browser says when a link of the site itself is followed. */
const OWN_LINK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

/** What a browser says of the form that a provider's page posts. */
const PROVIDERS_FORM = { origin: 'https://posting.test', 'sec-fetch-site': 'cross-site' }

let provider: SampleProvider
let posting: SampleProvider

beforeEach(() => {
  provider = sampleProvider()
  posting = sampleProvider('posting')
})

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Site extends TestAuth {
  open(path: string, init?: RequestInit): Promise<Response>
  /** Begins a log-in by the form of its page, as the person in this browser. */
  begin(fields?: Readonly<Record<string, string>>, options?: BeginOptions): Promise<Begun>
  /** Logs somebody in by password and gives the cookie of the session. */
  session(username: string): Promise<string>
}

interface BeginOptions {
  readonly of?: string
  readonly purpose?: '' | '/connect'
  readonly cookie?: string
}

interface Begun {
  readonly url: string
  readonly cookie: string
}

function startSite<const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>> = {},
): Site {
  const made = testAuth<F>({
    mounts: { '/': pages() },
    site: { name: 'Acme', origin: TEST_ORIGIN, trustedOrigins: ['https://app.acme.test'] },
    ...options,
    social: {
      providers: [
        provider.factory,
        sampleProvider('other').factory,
        (tools) => ({ ...posting.factory(tools), responseMode: 'form_post' }),
      ],
      ...options.social,
    },
  })
  const auth = made.auth as unknown as TestAuth['auth']
  closers.push(() => auth.close())
  const open = (path: string, init?: RequestInit): Promise<Response> =>
    auth.fetch(new Request(TEST_ORIGIN + path, init))
  return {
    ...made,
    auth,
    open,
    async begin(fields = {}, { of = 'sample', purpose = '', cookie = '' } = {}) {
      const answer = await open(`/account/social/${of}${purpose}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: TEST_ORIGIN, cookie },
      })
      expect(answer.status).toBe(303)
      return { url: answer.headers.get('location') ?? '', cookie: pairOf(cookieOf(answer, PENDING)) }
    },
    async session(username) {
      const email = `${username}@example.org`
      await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })
      const { issued } = await auth.login({ identifier: username, password: PASSWORD, carrier: 'cookie' })
      return `${SESSION}=${issued.token}`
    },
  }
}

const cookieOf = ({ headers }: Response, name: string): string =>
  headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? ''

const pairOf = (cookie: string): string => cookie.split(';', 1)[0] ?? ''

const callbackOf = (params: URLSearchParams, of = 'sample'): string => `/account/social/${of}/callback?${params}`

/** Begins, and comes back as this person. */
async function comeBack(
  site: Site,
  person: Person | null = ANN,
  { fields = {}, headers = {} }: { readonly fields?: Record<string, string>; readonly headers?: object } = {},
): Promise<Response> {
  const { url, cookie } = await site.begin(fields)
  return site.open(callbackOf(provider.visit(url, person)), { headers: { cookie, ...headers } })
}

describe('the page that leads to a provider', () => {
  it('does nothing but for its button, wherever it is opened from', async () => {
    const site = startSite()
    const openings = [
      {},
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      { ...OWN_LINK, 'sec-fetch-dest': 'iframe' },
      { ...OWN_LINK, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      { ...OWN_LINK, 'sec-purpose': 'prefetch;prerender' },
      { ...OWN_LINK, host: 'app.acme.test' },
    ]
    for (const headers of openings) {
      const answer = await site.open('/account/social/sample?next=/welcome', { headers })
      expect(answer.status).toBe(200)
      expect(answer.headers.getSetCookie()).toEqual([])
      const text = await answer.text()
      expect(text).toContain('<h1>Log in with The sample</h1>')
      expect(text).toContain(`<form method="post" action="${TEST_ORIGIN}/account/social/sample">`)
      expect(text).toContain(`<input type="hidden" name="next" value="${TEST_ORIGIN}/welcome">`)
    }
    const head = await site.open('/account/social/sample', { method: 'HEAD', headers: OWN_LINK })
    expect([head.status, head.headers.getSetCookie()]).toEqual([200, []])
  })

  it('is left out for a link of the site itself', async () => {
    const site = startSite()
    const answer = await site.open('/account/social/sample?next=/welcome', { headers: OWN_LINK })
    expect(answer.status).toBe(303)
    const params = provider.visit(answer.headers.get('location') ?? '', ANN)
    const cookie = pairOf(cookieOf(answer, PENDING))
    const back = await site.open(callbackOf(params), { headers: { cookie } })
    expect(back.headers.get('location')).toBe(`${TEST_ORIGIN}/welcome`)
  })

  it('is never left out for connecting', async () => {
    const site = startSite()
    const headers = { ...OWN_LINK, cookie: await site.session('bob') }
    const answer = await site.open('/account/social/sample/connect', { headers })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<h1>Connect The sample</h1>')
  })

  it('begins by its button, with a cookie that no script reads and that comes back with the browser', async () => {
    const site = startSite({ cookies: { sameSite: 'Strict' } })
    const answer = await site.open('/account/social/sample', { method: 'POST', headers: { origin: TEST_ORIGIN } })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/sample\.test\/authorize\?/)
    expect(cookieOf(answer, PENDING)).toMatch(/=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/)
  })

  it('lets the cookie come with the form of a provider that posts', async () => {
    const begin = async (site: Site) =>
      cookieOf(await site.open('/account/social/posting', { method: 'POST' }), site.auth.config.cookies.socialName)
    expect(await begin(startSite())).toMatch(/; HttpOnly; SameSite=None; Secure$/)
    const plain = { name: 'Acme', origin: 'http://127.0.0.1:3000' }
    expect(await begin(startSite({ site: plain, environment: 'development' }))).toMatch(/; HttpOnly$/)
  })

  it('may redirect to the provider, and is otherwise as closed as all pages', async () => {
    const { headers } = await startSite().open('/account/social/sample')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self' https:; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    'https:evil.test',
    'https://acme.test@evil.test',
    'https://acme.test.evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\u0000',
    '/\u202e',
    '\ud800',
    `/${'x'.repeat(1000)}`,
    'x'.repeat(30_000),
  ])('leads never to %.30j', async (next) => {
    const site = startSite()
    const query = new URLSearchParams({ next })
    const post = { method: 'POST', body: query, headers: { origin: TEST_ORIGIN } }
    for (const answer of [
      await site.open(`/account/social/sample?${query}`),
      await site.open(`/account/social/sample?${query}`, { headers: OWN_LINK }),
      await site.open('/account/social/sample', post),
    ]) {
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []])
      const text = await answer.text()
      expect(text).toContain('The link to this page is incomplete, or leads somewhere that is not allowed.')
      if (next.length < 1000) expect(text).not.toContain('evil')
      else expect(text).not.toContain('xxxx')
    }
  })

  it.each([
    'next=/a&next=/b',
    'challenge=x',
    'challenge=%00',
    `challenge=${'A'.repeat(43)}&challenge=${'A'.repeat(43)}`,
  ])('takes no link with %s', async (query) => {
    expect((await startSite().open(`/account/social/sample?${query}`)).status).toBe(400)
  })

  it.each(['nobody', '__proto__', 'constructor', 'sample%00', 'SAMPLE', 'x'.repeat(10_000)])(
    'is not there for the provider %.20s',
    async (name) => {
      const site = startSite()
      for (const [method, path] of [
        ['GET', ''],
        ['POST', ''],
        ['GET', '/connect'],
        ['GET', '/callback'],
        ['POST', '/callback'],
      ]) {
        const answer = await site.open(`/account/social/${name}${path}`, { method: method ?? '' })
        expect([answer.status, path, method]).toEqual([404, path, method])
        expect(await answer.text()).toContain('There is nothing here.')
      }
    },
  )

  it('takes no form of another site', async () => {
    const site = startSite()
    const headers = { origin: 'https://evil.test', cookie: await site.session('bob') }
    for (const path of ['/account/social/sample', '/account/social/sample/connect']) {
      const answer = await site.open(path, { method: 'POST', headers })
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
    }
  })

  it('connects only for somebody who is logged in', async () => {
    const answer = await startSite().open('/account/social/sample/connect', {
      method: 'POST',
      headers: { origin: TEST_ORIGIN },
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('Please log in first.')
  })

  it('says that a provider is away', async () => {
    const site = startSite()
    provider.breakDown(new IdentityProviderError('unreachable', 'secret detail'))
    const answer = await site.open('/account/social/sample', { method: 'POST', headers: { 'accept-language': 'de' } })
    const text = await answer.text()
    expect(answer.status).toBe(502)
    expect(text).toContain('<h1>Mit The sample anmelden</h1>')
    expect(text).toContain('Dieser Weg zur Anmeldung ist gerade nicht verfügbar.')
    expect(text).not.toContain('secret')
  })
})

describe('the callback', () => {
  it('logs in, forgets what it came with, and goes where it was begun', async () => {
    const site = startSite()
    const answer = await comeBack(site, ANN, { fields: { next: '/welcome?tab=1#top' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${TEST_ORIGIN}/welcome?tab=1#top`])
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toBe('')
    expect(cookieOf(answer, PENDING)).toBe(CLEARED)
    expect(cookieOf(answer, SESSION)).toMatch(/=[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    expect(cookieOf(answer, DEVICE)).toMatch(/; HttpOnly; SameSite=Lax; Secure$/)
    const request = new Request(TEST_ORIGIN, { headers: { cookie: pairOf(cookieOf(answer, SESSION)) } })
    expect((await site.auth.authenticate(request))?.user.username).toBe('ann')
  })

  it('goes to the start page where nothing was asked for', async () => {
    expect((await comeBack(startSite())).headers.get('location')).toBe(`${TEST_ORIGIN}/`)
  })

  it('is where the configuration says', async () => {
    const site = startSite({ social: { providers: [provider.factory], callback: '/back/{provider}/' } })
    const { url, cookie } = await site.begin()
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${TEST_ORIGIN}/back/sample/`)
    const params = provider.visit(url, ANN)
    expect((await site.open(`/account/social/sample/callback?${params}`, { headers: { cookie } })).status).toBe(404)
    expect((await site.open(`/back/sample/?${params}`, { headers: { cookie } })).status).toBe(303)
  })

  it('logs in who comes with the cookie of a session that is over', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const headers = { cookie: `${cookie}; ${SESSION}=${randomBytes(32).toString('base64url')}` }
    expect((await site.open(callbackOf(provider.visit(url, ANN)), { headers })).status).toBe(303)
  })

  it('hands a code over in the fragment, where no server sees it, and begins no session', async () => {
    const site = startSite()
    const verifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const next = 'https://app.acme.test/done?from=login#old'
    const answer = await comeBack(site, ANN, { fields: { next, challenge } })
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.origin + target.pathname + target.search).toBe('https://app.acme.test/done?from=login')
    expect(target.hash).toMatch(/^#code=[\w-]{43}$/)
    expect(answer.headers.getSetCookie()).toEqual([CLEARED])
    const code = target.hash.slice('#code='.length)
    expect((await site.auth.exchangeHandoverCode({ code, verifier })).user.username).toBe('ann')
  })

  it('connects for the session that began it, and tells the owner', async () => {
    const site = startSite()
    const session = await site.session('bob')
    const begun = await site.begin({ next: '/settings' }, { purpose: '/connect', cookie: session })
    const path = callbackOf(provider.visit(begun.url, { subject: '7' }))
    const answer = await site.open(path, { headers: { cookie: `${begun.cookie}; ${session}` } })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${TEST_ORIGIN}/settings`])
    expect(answer.headers.getSetCookie()).toEqual([CLEARED])
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['bob@example.org', 'A new way to log in to your account at Acme'],
    ])
  })

  it('is used up neither by `HEAD` nor by a browser that looks ahead', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const path = callbackOf(provider.visit(url, ANN))
    const head = await site.open(path, { method: 'HEAD', headers: { cookie } })
    expect([head.status, head.headers.get('allow'), head.headers.getSetCookie()]).toEqual([405, 'GET, POST', []])
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
      expect((await site.open(path, { method, headers: { cookie } })).status).toBe(405)
    }
    for (const header of ['sec-purpose', 'purpose']) {
      const ahead = await site.open(path, { headers: { cookie, [header]: 'prefetch' } })
      expect([ahead.status, ahead.headers.getSetCookie()]).toEqual([503, []])
    }
    expect(provider.exchanges()).toBe(0)
    expect((await site.open(path, { headers: { cookie } })).status).toBe(303)
  })

  it('is refused politely the second time, in another browser, and with another provider’s name', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const params = provider.visit(url, ANN)
    const refused = async (path: string, headers: Record<string, string>): Promise<void> => {
      const answer = await site.open(path, { headers })
      const text = await answer.text()
      expect(answer.status).toBe(400)
      expect(text).toContain('This log-in has expired or was begun elsewhere. Please start again.')
      expect(text).not.toContain(params.get('state'))
      expect(cookieOf(answer, SESSION)).toBe('')
      // It was not this log-in's callback, so this log-in goes on.
      expect(cookieOf(answer, PENDING)).toBe('')
    }
    await refused(callbackOf(params), {})
    await refused(callbackOf(params), { cookie: (await site.begin()).cookie })
    await refused(callbackOf(params, 'other'), { cookie })
    await refused(callbackOf(new URLSearchParams([...params, ['state', 'x']])), { cookie })
    expect((await site.open(callbackOf(params), { headers: { cookie } })).status).toBe(303)
    await refused(callbackOf(params), { cookie })
    await refused(callbackOf(params), {})
  })

  it.each([
    '',
    '?state=&code=',
    '?state=%00&code=%00',
    '?state=%ED%A0%80',
    `?state=${'x'.repeat(100_000)}`,
    `?${'a=1&'.repeat(5000)}`,
    '?state[]=x&code[$ne]=1',
    '?error=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cscript%3E&state=x',
  ])('is a plain page for %.40j, with nothing of it written back', async (query) => {
    const site = startSite()
    const { cookie } = await site.begin()
    for (const headers of [{}, { cookie }, { cookie: `${PENDING}=${'A'.repeat(50_000)}` }]) {
      const answer = await site.open(`/account/social/sample/callback${query}`, { headers })
      expect(answer.status).toBe(400)
      expect(await answer.text()).not.toMatch(/<script|alert\(|xxxx|\$ne/)
    }
  })

  it('must come with one cookie: a second of that name may be planted', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const headers = { cookie: `${cookie}; ${(await site.begin()).cookie}` }
    expect((await site.open(callbackOf(provider.visit(url, ANN)), { headers })).status).toBe(400)
  })
})

describe('the callback says in the reader’s language', () => {
  const tell = async (answer: Response): Promise<string> => {
    const text = await answer.text()
    expect(text).toContain('<h1>Log in with The sample</h1>')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('www-authenticate')).toBeNull()
    expect(cookieOf(answer, SESSION)).toBe('')
    return /role="alert">([^<]*)</.exec(text)?.[1] ?? ''
  }

  it('that the person said no', async () => {
    const site = startSite()
    const answer = await comeBack(site, null)
    expect([answer.status, cookieOf(answer, PENDING)]).toEqual([403, CLEARED])
    expect(await tell(answer)).toBe('You did not allow it at The sample. Nothing has changed.')
    const german = await comeBack(site, null, { headers: { 'accept-language': 'de' } })
    expect(await german.text()).toContain('Sie haben es bei The sample nicht erlaubt. Es hat sich nichts geändert.')
  })

  it('that the provider proved nobody', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const params = provider.visit(url, ANN)
    params.set('code', 'made up')
    const answer = await site.open(callbackOf(params), { headers: { cookie } })
    expect([answer.status, cookieOf(answer, PENDING)]).toEqual([403, CLEARED])
    expect(await tell(answer)).toBe('That log-in did not work. Please try again.')
  })

  it('that the provider is away', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    provider.breakDown(new IdentityProviderError('unreachable'))
    const answer = await site.open(callbackOf(provider.visit(url, ANN)), { headers: { cookie } })
    expect([answer.status, cookieOf(answer, PENDING)]).toEqual([502, CLEARED])
    expect(await tell(answer)).toContain('not available')
  })

  it('that the address is in use', async () => {
    const site = startSite()
    await site.session('ann')
    const answer = await comeBack(site)
    expect([answer.status, cookieOf(answer, PENDING)]).toEqual([409, CLEARED])
    expect(await tell(answer)).toContain('There is an account with this e-mail address already.')
  })

  it('that the address must be proven first, and mails the link', async () => {
    const site = startSite()
    const answer = await comeBack(site, { ...ANN, emailVerified: false })
    expect(answer.status).toBe(403)
    expect(await tell(answer)).toContain('Please confirm your e-mail address first.')
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('that somebody else has connected it', async () => {
    const site = startSite()
    await comeBack(site)
    const session = await site.session('bob')
    const begun = await site.begin({}, { purpose: '/connect', cookie: session })
    const headers = { cookie: `${begun.cookie}; ${session}` }
    const answer = await site.open(callbackOf(provider.visit(begun.url, ANN)), { headers })
    expect(answer.status).toBe(409)
    expect(await tell(answer)).toContain('connected to another account already')
  })

  it('that nobody can register', async () => {
    const answer = await comeBack(startSite({ registration: { open: false } }))
    expect(answer.status).toBe(403)
    expect(await tell(answer)).toBe('Registration is closed.')
  })

  it('that the account may not come in, in words about no password', async () => {
    const site = startSite()
    await comeBack(site)
    const ann = await site.auth.findUser('ann')
    await site.auth.setStatus({ userId: ann?.id ?? 0, status: 'disabled' })
    const answer = await comeBack(site)
    expect(answer.status).toBe(403)
    expect(await tell(answer)).toBe('That log-in did not work. Please try again.')
  })

  it('that this site asks new users for more', async () => {
    const site = startSite({ user: { fields: { motto: field.text({ required: true }) } } })
    const answer = await comeBack(site)
    expect(answer.status).toBe(400)
    expect(await tell(answer)).toContain('The sample does not tell everything that an account here needs.')
  })

  it('what a hook says', async () => {
    const beforeLogin = () => Promise.reject(new AuthError('refused_by_hook', { message: 'Not on Sundays.' }))
    const answer = await comeBack(startSite({ hooks: { beforeLogin } }))
    expect(answer.status).toBe(403)
    expect(await tell(answer)).toBe('Not on Sundays.')
  })

  it('that it was too often, and leaves the log-in open', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, socialLoginsPerAddress: { count: 1, perSeconds: 60 } }
    const answer = await comeBack(startSite({ rateLimits }))
    expect([answer.status, answer.headers.get('retry-after'), cookieOf(answer, PENDING)]).toEqual([429, '60', ''])
    expect(await tell(answer)).toContain('in 60 seconds')
  })

  it('that the store is away, and leaves the log-in open', async () => {
    const away = () => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 7 }))
    const store = replacedStore(({ identities }) => ({ identities: { ...identities, find: away } }))
    const answer = await comeBack(startSite({ store }))
    expect([answer.status, answer.headers.get('retry-after'), cookieOf(answer, PENDING)]).toEqual([503, '7', ''])
  })
})

describe('a callback that the provider’s page posts', () => {
  const post = (site: Site, fields: URLSearchParams, headers: Readonly<Record<string, string>>) =>
    site.open('/account/social/posting/callback', { method: 'POST', body: fields, headers })

  it('logs in, although it comes from another site', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin({ next: '/welcome' }, { of: 'posting' })
    const answer = await post(site, posting.visit(url, ANN), { ...PROVIDERS_FORM, cookie })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${TEST_ORIGIN}/welcome`])
    expect(cookieOf(answer, SESSION)).not.toBe('')
    expect(cookieOf(answer, PENDING)).toBe(CLEARED)
  })

  it('is worth nothing from a site that does not know the state of this browser', async () => {
    const site = startSite()
    const [victim, attacker] = [await site.begin({}, { of: 'posting' }), await site.begin({}, { of: 'posting' })]
    const stolen = posting.visit(attacker.url, { subject: 'mallory' })
    const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }
    const withoutCookie = await post(site, stolen, headers)
    expect([withoutCookie.status, withoutCookie.headers.getSetCookie()]).toEqual([400, []])
    const withVictims = await post(site, stolen, { ...headers, cookie: victim.cookie })
    expect(withVictims.headers.getSetCookie()).toEqual([])
    expect(await withVictims.text()).not.toContain('mallory')
    expect(posting.exchanges()).toBe(0)
    const honest = await post(site, posting.visit(victim.url, ANN), { ...PROVIDERS_FORM, cookie: victim.cookie })
    expect(honest.status).toBe(303)
  })

  it('is taken from no provider that answers otherwise', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin()
    const params = provider.visit(url, ANN)
    const headers = { origin: 'https://sample.test', cookie }
    const answer = await site.open('/account/social/sample/callback', { method: 'POST', body: params, headers })
    expect([answer.status, cookieOf(answer, SESSION)]).toEqual([403, ''])
  })

  it('is a form and nothing else', async () => {
    const site = startSite()
    const { url, cookie } = await site.begin({}, { of: 'posting' })
    const params = posting.visit(url, ANN)
    const bodies: readonly [type: string, body: string, status: number][] = [
      ['application/json', JSON.stringify(Object.fromEntries(params)), 415],
      ['text/plain', String(params), 415],
      ['multipart/form-data; boundary=x', '--x--', 415],
      ['application/x-www-form-urlencoded', `${params}&${params}`, 400],
      ['application/x-www-form-urlencoded', '__proto__=1', 400],
      ['application/x-www-form-urlencoded', 'state=%00', 400],
      ['application/x-www-form-urlencoded', `state=${'x'.repeat(70_000)}`, 413],
      ['application/x-www-form-urlencoded', '', 400],
    ]
    for (const [type, body, status] of bodies) {
      const answer = await site.open('/account/social/posting/callback', {
        method: 'POST',
        body,
        headers: { origin: TEST_ORIGIN, cookie, 'content-type': type },
      })
      expect([answer.status, type]).toEqual([status, type])
    }
    expect((await post(site, params, { ...PROVIDERS_FORM, cookie })).status).toBe(303)
  })

  it('asks for one more step where the browser kept the session back, and connects then', async () => {
    const site = startSite()
    const session = await site.session('bob')
    const begun = await site.begin({}, { of: 'posting', purpose: '/connect', cookie: session })
    const params = posting.visit(begun.url, { subject: '7' })
    params.set('user', '"><script>alert(1)</script>')
    // `SameSite=Lax`: the session does not come along with a form of another site.
    const step = await post(site, params, { ...PROVIDERS_FORM, cookie: begun.cookie })
    const text = await step.text()
    expect([step.status, step.headers.getSetCookie()]).toEqual([200, []])
    expect(text).toContain('<h1>Back from The posting</h1>')
    expect(text).not.toContain('<script')
    expect(text).toContain(`<form method="post" action="${TEST_ORIGIN}/account/social/posting/callback">`)
    for (const [name, value] of params) {
      if (name !== 'user') expect(text).toContain(`<input type="hidden" name="${name}" value="${value}">`)
    }
    expect(posting.exchanges()).toBe(0)
    const own = { origin: TEST_ORIGIN, cookie: `${begun.cookie}; ${session}` }
    expect((await post(site, params, own)).status).toBe(303)
    // Once its own page has asked, there is no further step, whoever is missing.
    const nobody = await site.begin({}, { of: 'posting', purpose: '/connect', cookie: session })
    const again = posting.visit(nobody.url, { subject: '8' })
    expect((await post(site, again, { origin: TEST_ORIGIN, cookie: nobody.cookie })).status).toBe(400)
  })
})

describe('where the session cookie is `Strict`', () => {
  const FROM_PROVIDER = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  it('ends with a page of this site that goes on by itself, so that the cookie comes along', async () => {
    const site = startSite({ cookies: { sameSite: 'Strict' } })
    const next = '/welcome?a=1&b="'
    const answer = await comeBack(site, ANN, { fields: { next }, headers: FROM_PROVIDER })
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
    expect(cookieOf(answer, SESSION)).toContain('SameSite=Strict')
    const target = `${TEST_ORIGIN}/welcome?a=1&amp;b=%22`
    const text = await answer.text()
    expect(text).toContain(`<meta http-equiv="refresh" content="0;url=${target}">`)
    expect(text).toContain(`<a href="${target}">Go on</a>`)
  })

  it('connects with one more step', async () => {
    const site = startSite({ cookies: { sameSite: 'Strict' } })
    const session = await site.session('bob')
    const begun = await site.begin({}, { purpose: '/connect', cookie: session })
    const params = provider.visit(begun.url, { subject: '7' })
    const step = await site.open(callbackOf(params), { headers: { ...FROM_PROVIDER, cookie: begun.cookie } })
    expect(await step.text()).toContain('One more step, and it is done.')
    const answer = await site.open('/account/social/sample/callback', {
      method: 'POST',
      body: params,
      headers: { origin: TEST_ORIGIN, cookie: `${begun.cookie}; ${session}` },
    })
    expect(answer.status).toBe(200)
    expect(cookieOf(answer, PENDING)).toContain('Max-Age=0')
  })
})
