import { expect, it, vi } from 'vitest'

/** A running server with Portress and the probe in it. */
export interface HostedSite {
  /** With the path that everything is mounted below. */
  readonly url: string
  /** What pages of the site name as their origin. */
  readonly origin: string
  /** The code in the only mail to the address. */
  mailedCode(to: string): Promise<string>
}

const PASSWORD = 'otter by the weir'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Asks a host for everything that it could get wrong. */
export function hostPromises(site: () => HostedSite): void {
  const send: Send = (path, init = {}) => fetch(`${site().url}${path}`, init)
  const post: Post = (path, body, headers = {}) =>
    send(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) })
  promisesOfAccounts(site, { send, post })
  promisesOfRequests(site, { send, post })
  promisesOfAnswers({ send })
}

type Send = (path: string, init?: RequestInit) => Promise<Response>
type Post = (path: string, body: object, headers?: Readonly<Record<string, string>>) => Promise<Response>

interface Client {
  readonly send: Send
  readonly post: Post
}

function promisesOfAccounts(site: () => HostedSite, { send, post }: Client): void {
  it('takes somebody from the registration to their own data, by token and by cookie', async () => {
    const ann = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
    expect((await post('/api/register', ann)).status).toBe(201)
    const code = await site().mailedCode(ann.email)
    expect((await post('/api/email/verify', { code })).status).toBe(200)
    const login = { identifier: 'ann', password: PASSWORD }
    expect((await post('/api/login', { ...login, password: 'wrong' })).status).toBe(401)
    const { token } = (await (await post('/api/login', login)).json()) as { readonly token: string }
    const mine = await send('/api/me', { headers: { authorization: `Bearer ${token}` } })
    expect(await mine.json()).toMatchObject({ user: { username: 'ann', emailVerified: true } })

    const entered = await post('/api/login', { ...login, carrier: 'cookie' }, { origin: site().origin })
    const cookie = entered.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
    // Of the session and of the known device.
    expect(cookie).toHaveLength(2)
    const headers = { cookie: cookie.join('; ') }
    expect((await send('/api/me', { headers })).status).toBe(200)
    const change = { method: 'PATCH', body: '{"firstName": "Ann"}' }
    const foreign = { ...headers, ...JSON_TYPE, origin: 'https://evil.example' }
    expect((await send('/api/me', { ...change, headers: foreign })).status).toBe(403)
    const own = { ...headers, ...JSON_TYPE, origin: site().origin }
    expect(await (await send('/api/me', { ...change, headers: own })).json()).toMatchObject({
      user: { firstName: 'Ann' },
    })
  })
}

function promisesOfRequests(site: () => HostedSite, { send, post }: Client): void {
  it('reads a form as it reads JSON', async () => {
    const body = new URLSearchParams({ identifier: 'nobody', password: 'a&b=c d' })
    const answer = await send('/api/login', { method: 'POST', body })
    expect([answer.status, await answer.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'invalid_credentials' }),
    ])
    const twice = await send('/api/login', {
      method: 'POST',
      body: new URLSearchParams([
        ['identifier', 'a'],
        ['identifier', 'b'],
      ]),
    })
    expect(twice.status).toBe(400)
  })

  it('refuses what is no JSON, and ten megabytes', async () => {
    expect((await send('/api/login', { method: 'POST', headers: JSON_TYPE, body: '{"identifier"' })).status).toBe(400)
    const huge = await post('/api/login', { identifier: 'ann', password: 'x'.repeat(10 * 2 ** 20) })
    expect(huge.status).toBe(413)
    expect((await send('/api/me')).status).toBe(401)
  })

  it('passes on the path as it was sent, method, body, and the address of the socket', async () => {
    const { pathname } = new URL(`${site().url}/probe/a%2Fb/c%20d/?x=1&x=2`)
    const answer = await post('/probe/a%2Fb/c%20d/?x=1&x=2', { a: ['ä', 1] }, { 'x-forwarded-for': '203.0.113.9' })
    expect(await answer.json()).toEqual({
      method: 'POST',
      path: `${pathname}?x=1&x=2`,
      address: '127.0.0.1',
      forwardedFor: '203.0.113.9',
      contentType: 'application/json',
      body: '{"a":["ä",1]}',
    })
    expect(await (await send('/probe/echo')).json()).toMatchObject({ address: '127.0.0.1', forwardedFor: null })
  })

  it('answers HEAD without a body, and leaves OPTIONS to Portress', async () => {
    const head = await send('/api/openapi.json', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/json', ''])
    const options = await send('/api/login', { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS'])
    const wrong = await send('/api/login', { method: 'DELETE', headers: { origin: site().origin } })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })
}

function promisesOfAnswers({ send }: Pick<Client, 'send'>): void {
  it('keeps status, type and every cookie of an answer', async () => {
    const refused = await send('/probe/refused')
    const type = refused.headers.get('content-type')
    expect([refused.status, type, await refused.json()]).toEqual([418, 'application/problem+json', { code: 'no' }])
    const cookies = (await send('/probe/cookies')).headers.getSetCookie()
    expect(cookies).toEqual(['c1=1; Path=/', 'c2=2; Path=/', 'c3=3; Path=/'])
  })

  it('sends the first part of a stream before there is a second', async () => {
    const answer = await send('/probe/stream')
    const reader = (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
    expect(await soon(reader.read())).toEqual({ done: false, value: 'first\n' })
    await send('/probe/release')
    expect(await soon(reader.read())).toEqual({ done: false, value: 'second\n' })
    expect((await soon(reader.read())).done).toBe(true)
  })

  it('lets go of a stream whose reader has gone', async () => {
    const count = async (): Promise<unknown> => await (await send('/probe/cancelled')).json()
    const before = Number(await count())
    const leaving = new AbortController()
    const answer = await send('/probe/stream', { signal: leaving.signal })
    await soon((answer.body ?? new ReadableStream()).getReader().read())
    leaving.abort()
    await vi.waitFor(async () => expect(await count()).toBe(before + 1), { timeout: 5000, interval: 50 })
  })

  it('leaves the headers of Portress alone', async () => {
    const { headers } = await send('/api/me')
    expect(headers.get('www-authenticate')).toBe('Bearer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-type')).toBe('application/problem+json')
  })
}

/** What is held back would be waited for until the test ends. */
function soon<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('nothing came for five seconds')), 5000)
  })
  return Promise.race([promise, late])
}
