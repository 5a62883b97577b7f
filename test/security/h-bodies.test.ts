import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { AuthError } from '../../src/errors.ts'
import { type Answer, cookieFrom } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { leastCpuMilliseconds } from './support/measure.ts'
import { closeSites, ORIGIN, openSite, PASSWORD, type SiteOptions } from './support/open-site.ts'

afterEach(closeSites)

describe('bodies that are too much', () => {
  /** A hundred megabytes that are made as they are read. */
  function endless(): { readonly body: ReadableStream<Uint8Array>; readonly taken: () => number } {
    const chunk = new Uint8Array(65_536).fill(0x61)
    let taken = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += chunk.length
        if (taken > 100 * 2 ** 20) controller.close()
        else controller.enqueue(chunk)
      },
    })
    return { body, taken: () => taken }
  }

  async function sendEndless(answer: (request: Request) => Promise<Response>): Promise<Complaints> {
    const { body, taken } = endless()
    const headers = { 'content-type': 'application/json' }
    const request = new Request(`${ORIGIN}/api/login`, { method: 'POST', body, headers, duplex: 'half' })
    const { must, complaints } = judgement()
    const { status } = await answer(request)
    must(status === 413, `answered ${status}`)
    must(taken() <= 4 * 65_536, `${taken()} bytes were read`)
    return complaints
  }

  it('row 140: a hundred megabytes are refused after the first 64 KiB', async () => {
    const site = await openSite()
    expect(await sendEndless((request) => site.auth.fetch(request))).toEqual(HOLDS)
  })

  it('row 140, control: a server that reads to the end is seen through', async () => {
    const patient = async (request: Request): Promise<Response> => {
      await request.arrayBuffer()
      return new Response(null, { status: 413 })
    }
    expect(await sendEndless(patient)).toEqual(saying('bytes were read'))
  })

  it.each([
    ['a JSON of a hundred thousand levels', 'application/json', '['.repeat(100_000)],
    ['a JSON of thirty thousand levels', 'application/json', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a JSON of 21 levels', 'application/json', `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`],
    [
      'a thousand and one keys',
      'application/json',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }).entries())),
    ],
    [
      'a form of six thousand keys',
      'application/x-www-form-urlencoded',
      Array.from({ length: 6000 }, (_, index) => `a${index}=1`).join('&'),
    ],
    ['a form with an index', 'application/x-www-form-urlencoded', 'a[999999999]=1'],
    ['a megabyte', 'application/json', JSON.stringify({ identifier: 'x'.repeat(2 ** 20), password: 'x' })],
  ])('row 140: %s is refused at once', async (_, type, body) => {
    const site = await openSite()
    let answer: Answer | undefined
    const milliseconds = await leastCpuMilliseconds(async () => {
      answer = await site.send('POST /login', { body, headers: { 'content-type': type } })
    })
    expect([400, 413]).toContain(answer?.status)
    expect(milliseconds).toBeLessThan(100)
    expect(site.hasher.calls).toEqual([])
  })

  it('row 140: what is compressed is not unpacked', async () => {
    const site = await openSite()
    const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20, 0x20))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect([400, 413, 415]).toContain((await site.send('POST /login', { body: bomb, headers })).status)
  })

  it('row 140: a header of sixty thousand characters changes nothing', async () => {
    const site = await openSite()
    const long = 'en;q=0.1,'.repeat(7000)
    const milliseconds = await leastCpuMilliseconds(() =>
      site.send('GET /me', { headers: { 'accept-language': long } }),
    )
    expect(milliseconds).toBeLessThan(100)
  })
})

describe('answers to faults', () => {
  const SECRETS =
    /SELECT|INSERT|portress_|sqlite|SQLite|constraint|\.ts\b|\bat \w+ \(|node_modules|argon2|\b[A-Z][a-z]+Error\b/

  /** A store whose sessions and users fail in the way given. */
  const failing =
    (error: () => Error) =>
    (store: Store): Store => ({
      ...store,
      users: { ...store.users, findByIdentifier: () => Promise.reject(error()) },
      sessions: { ...store.sessions, find: () => Promise.reject(error()) },
    })

  const constraint = () => Object.assign(new Error('UNIQUE constraint failed: portress_users.email'), { errcode: 2067 })

  async function inspectFaults(error: () => Error, options: SiteOptions = {}): Promise<Complaints> {
    const site = await openSite({ wrapStore: failing(error), ...options })
    const { must, complaints } = judgement()
    const answers = [
      await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } }),
      await site.send('GET /me', { token: 'A'.repeat(43) }),
    ]
    for (const { status, text, json } of answers) {
      must(status === 500 || status === 503, `answered ${status}`)
      must(!SECRETS.test(text), `the answer says ${text}`)
      must(typeof json['code'] === 'string', 'the answer is no problem document')
    }
    return complaints
  }

  it('row 141: say neither what failed nor where', async () => {
    expect(await inspectFaults(constraint)).toEqual(HOLDS)
    expect(await inspectFaults(() => new TypeError('Cannot read properties of undefined'))).toEqual(HOLDS)
    expect(await inspectFaults(() => new AuthError('unavailable', { retryAfterSeconds: 1 }))).toEqual(HOLDS)
  })

  it('row 141, control: a server that shows what failed is seen through', async () => {
    const api = portressApi()
    const showing: typeof api = {
      ...api,
      writeFault: () => new Response(JSON.stringify({ code: 'x', error: String(constraint()) }), { status: 500 }),
    }
    expect(await inspectFaults(constraint, { mounts: { '/api': showing } })).toEqual(saying('UNIQUE constraint failed'))
  })

  it('row 141: carry the same headers as every other answer', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
    const cookie = cookieFrom(await site.send('POST /login', { body: login }), 'portress-session')
    const broken = await openSite({ wrapStore: failing(constraint) })
    const answers: Readonly<Record<string, Answer>> = {
      200: await site.send('GET /me', { cookie }),
      202: await site.send('POST /password/reset', { body: { email: 'ann@example.org' } }),
      204: await site.send('OPTIONS /me'),
      400: await site.send('POST /login', { body: {} }),
      401: await site.send('GET /me'),
      403: await site.send('POST /login', { body: {}, headers: { origin: 'https://evil.test' } }),
      404: await site.send('GET /nowhere'),
      405: await site.send('PUT /me'),
      413: await site.send('POST /login', {
        body: 'x'.repeat(70_000),
        headers: { 'content-type': 'application/json' },
      }),
      415: await site.send('POST /login', { body: 'x', headers: { 'content-type': 'text/plain' } }),
      500: await broken.send('GET /me', { token: 'A'.repeat(43) }),
    }
    for (const [status, answer] of Object.entries(answers)) {
      const shown = Object.fromEntries(answer.headers)
      expect(answer.status).toBe(Number(status))
      expect(shown, status).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringMatching(/max-age=(?:3153600\d|[4-9]\d{7}|\d{9,})/),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      expect(Object.keys(shown)).not.toContain('x-powered-by')
    }
  })
})
