import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { openHttpServer } from '../../src/cli/support/http-server.ts'
import { toNodeListener } from '../../src/hosts/node.ts'
import { cookieFrom, header } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { readTables } from './support/database.ts'
import { meddlingApi } from './support/meddling-api.ts'
import {
  closeSites,
  ORIGIN,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { sendHttp } from './support/send-http.ts'
import { ALL_ROWS, SAFE_ROWS, sweep, UNSAFE_ROWS } from './support/sweep.ts'

afterEach(closeSites)

const EVIL = 'https://evil.test'

/** A site that trusts the foreign origin: what the checks below must notice. */
const TRUSTING: SiteOptions = { site: { name: 'Acme', origin: ORIGIN, trustedOrigins: [EVIL] } }

async function openWithCookie(options: SiteOptions = {}): Promise<{ readonly site: Site; readonly cookie: string }> {
  const site = await openSite(options)
  await site.addUser('ann')
  const body = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
  return { site, cookie: cookieFrom(await site.send('POST /login', { body }), 'portress-session') }
}

describe('cookies and caches', () => {
  async function inspectCookies(options: SiteOptions): Promise<Complaints> {
    const { site, cookie } = await openWithCookie(options)
    const login = { identifier: 'ann', password: PASSWORD }
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}, then` }
    const answers = [
      ...(await sweep(site, ALL_ROWS)).map(({ answer }) => answer),
      ...(await sweep(site, SAFE_ROWS, { cookie })).map(({ answer }) => answer),
      await site.send('POST /login', { body: { ...login, carrier: 'cookie' } }),
      await site.send('POST /login', { body: { ...login, carrier: 'jwt' } }),
      await site.send('POST /password/change', { cookie, body: change }),
    ]
    const body = { identifier: 'ann', password: change.newPassword, carrier: 'cookie' }
    const again = cookieFrom(await site.send('POST /login', { body }), 'portress-session')
    answers.push(await site.send('POST /logout', { cookie: again }))
    const { must, complaints } = judgement()
    const set = answers.flatMap(({ cookies }) => cookies)
    must(set.length >= 6, `only ${set.length} cookies were set`)
    for (const text of set) {
      const [pair = '', ...attributes] = text.split('; ')
      const has = (attribute: string): boolean => attributes.some((one) => one.toLowerCase() === attribute)
      must(pair.startsWith('__Host-'), `${pair} has no prefix`)
      must(has('secure') && has('httponly') && has('path=/'), `${text} is not Secure, HttpOnly and of the whole site`)
      must(has('samesite=lax') || has('samesite=strict'), `${text} goes along with other sites’ requests`)
      must(!attributes.some((attribute) => /^domain/i.test(attribute)), `${text} is for other hosts too`)
      const age = Number(/max-age=(\d+)/i.exec(text)?.[1])
      must(age >= 0 && age <= 400 * 86_400 && text.length <= 4096, `${text} is too old or too long`)
    }
    return complaints
  }

  it('row 118: every cookie that is set anywhere has the prefix and what it promises', async () => {
    expect(await inspectCookies({})).toEqual(HOLDS)
  })

  it('row 118, control: a site that sends cookies over plain HTTP is seen through', async () => {
    const site = { name: 'Acme', origin: 'http://accounts.example', trustedOrigins: [ORIGIN] }
    const cookies = { dangerouslyAllowPlainHttp: true }
    expect(await inspectCookies({ site, cookies })).toEqual(saying('has no prefix'))
  })

  async function inspectCaching(options: SiteOptions): Promise<Complaints> {
    const { site, cookie } = await openWithCookie(options)
    const { must, complaints } = judgement()
    const { json } = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } })
    const swept = [
      ...(await sweep(site, ALL_ROWS)),
      ...(await sweep(site, SAFE_ROWS, { cookie })),
      ...(await sweep(site, SAFE_ROWS, { token: String(json['token']) })),
    ]
    for (const { row, answer } of swept) {
      const vary = header(answer, 'vary') ?? ''
      must(header(answer, 'cache-control') === 'no-store', `${row} may be stored`)
      must(/\bauthorization\b/i.test(vary) && /\bcookie\b/i.test(vary), `${row} does not vary with its caller`)
    }
    return complaints
  }

  it('row 126: no answer may be stored, and all vary with who asks', async () => {
    expect(await inspectCaching({})).toEqual(HOLDS)
  })

  it('row 126, control: one answer that may be is seen through', async () => {
    const cached = meddlingApi('GET /me', async (exchange, run) => {
      const response = await run(exchange)
      response.headers.set('cache-control', 'private, max-age=60')
      return response
    })
    expect(await inspectCaching({ mounts: { '/api': cached } })).toEqual(saying('GET /me may be stored'))
  })
})

describe('requests from other sites', () => {
  async function forge(options: SiteOptions, headers: Readonly<Record<string, string>>): Promise<Complaints> {
    const { site, cookie } = await openWithCookie(options)
    await site.mails()
    site.mailer.clear()
    site.hasher.forget()
    const { must, complaints } = judgement()
    const swept = [
      ...(await sweep(site, UNSAFE_ROWS, { headers })),
      ...(await sweep(site, UNSAFE_ROWS, { headers, cookie })),
    ]
    for (const { row, answer } of swept) {
      must(answer.status === 403 && answer.json['code'] === 'cross_site_request', `${row} answered ${answer.status}`)
      must(answer.cookies.length === 0, `${row} set a cookie`)
    }
    must((await site.mails()).length === 0, 'a mail was sent')
    must(site.hasher.calls.length === 0, 'a password was looked at')
    must((await site.send('GET /me', { cookie })).status === 200, 'the session ended')
    return complaints
  }

  it('row 130: are refused by every unsafe row, with a cookie and without', async () => {
    expect(await forge({}, { origin: EVIL })).toEqual(HOLDS)
    expect(await forge({}, { origin: EVIL, 'sec-fetch-site': 'cross-site' })).toEqual(HOLDS)
    expect(await forge({}, { origin: 'null' })).toEqual(HOLDS)
  })

  it('row 130: are refused where only Fetch Metadata tells', async () => {
    const site = await openSite()
    for (const place of ['cross-site', 'same-site']) {
      for (const { row, answer } of await sweep(site, UNSAFE_ROWS, { headers: { 'sec-fetch-site': place } })) {
        expect([row, answer.json['code']]).toEqual([row, 'cross_site_request'])
      }
    }
  })

  it('row 130, control: a site that trusts the other one is seen through', async () => {
    expect(await forge(TRUSTING, { origin: EVIL })).toEqual(saying('a mail was sent'))
  })

  const TYPES = [
    'text/plain',
    'TEXT/PLAIN',
    'text/plain; charset=application/json',
    'application/json;x',
    'APPLICATION/JSON',
    'application/json, text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    '',
  ]

  async function disguise(options: SiteOptions): Promise<Complaints> {
    const { site, cookie } = await openWithCookie(options)
    const { must, complaints } = judgement()
    for (const type of TYPES) {
      const headers: Record<string, string> = { origin: EVIL, ...(type === '' ? {} : { 'content-type': type }) }
      const body = JSON.stringify({ firstName: 'Mallory' })
      const { status } = await site.send('PATCH /me', { cookie, headers, body: Buffer.from(body) })
      must(status === 403, `${type} answered ${status}`)
    }
    return complaints
  }

  it('row 131: are refused under every content type', async () => {
    expect(await disguise({})).toEqual(HOLDS)
  })

  it('row 131, control: a site that trusts the other one is seen through', async () => {
    expect(await disguise(TRUSTING)).toEqual(saying('application/json;x answered 200'))
  })

  it('row 131: a body that is neither JSON nor a form is not read, wherever it comes from', async () => {
    const site = await openSite()
    const body = Buffer.from(JSON.stringify({ identifier: 'ann', password: PASSWORD }))
    const types = [
      'text/plain',
      'TEXT/PLAIN',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      'json',
      'text/json',
    ]
    for (const type of types) {
      expect((await site.send('POST /login', { body, headers: { 'content-type': type } })).status, type).toBe(415)
    }
    expect((await site.send('POST /login', { body })).status, 'no type').toBe(415)
    const json = await site.send('POST /login', {
      body,
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    })
    expect(json.status, 'control').toBe(401)
  })

  const ALMOST = [
    'https://accounts.example.evil',
    'https://evil-accounts.example',
    'https://evil.accounts.example',
    'http://accounts.example',
    'https://accounts.example:444',
    'https://accounts.example:443',
    'https://accounts.example@evil.test',
    'https://accounts.example/',
    'https://accounts.example.',
    'HTTPS://ACCOUNTS.EXAMPLE',
    'https://аccounts.example',
    'https://xn--ccounts-2fg.example',
    'https://accounts.example, https://evil.test',
    'https://accounts.example https://evil.test',
    'null',
    '',
  ]

  async function nameOrigins(origins: readonly string[]): Promise<Complaints> {
    const { site, cookie } = await openWithCookie()
    const { must, complaints } = judgement()
    for (const origin of origins) {
      // A header's value is bytes; what is beyond Latin-1 arrives as the bytes of its UTF-8.
      const headers = { origin: Buffer.from(origin).toString('latin1') }
      const { status } = await site.send('PATCH /me', { cookie, headers, body: { firstName: 'Ann' } })
      must(status === 403, `${JSON.stringify(origin)} answered ${status}`)
    }
    return complaints
  }

  it('row 132: are refused under origins that are almost the site’s own', async () => {
    expect(await nameOrigins(ALMOST)).toEqual(HOLDS)
  })

  it('row 132, control: the site’s own passes', async () => {
    expect(await nameOrigins([ORIGIN])).toEqual([`"${ORIGIN}" answered 200`])
  })
})

describe('what a cookie may do by itself', () => {
  it('row 134: nothing unsafe where the browser does not say from where', async () => {
    const { site, cookie } = await openWithCookie()
    const guarded = (await sweep(site, UNSAFE_ROWS)).filter(({ answer }) => answer.json['code'] === 'not_authenticated')
    expect(guarded.length).toBeGreaterThan(7)
    for (const { row } of guarded) {
      const { json } = await site.send(row, { headers: { cookie }, body: { currentPassword: PASSWORD } })
      expect([row, json['code']]).toEqual([row, 'cross_site_request'])
    }
    expect((await site.send('GET /me', { cookie })).status).toBe(200)
  })

  it('row 134: an access token in the cookie needs the same origin, too', async () => {
    const { site } = await openWithCookie()
    const { json } = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier: 'jwt' } })
    const cookie = `__Host-portress-session=${json['accessToken']}`
    const body = { firstName: 'Mallory' }
    expect((await site.send('PATCH /me', { headers: { cookie }, body })).status).toBe(403)
    expect((await site.send('PATCH /me', { headers: { cookie, origin: EVIL }, body })).status).toBe(403)
  })

  async function crawl(options: SiteOptions): Promise<Complaints> {
    const location = temporaryDatabase()
    const { site, cookie } = await openWithCookie({ location, ...options })
    await site.auth.flush()
    const before = JSON.stringify([...readTables(location)])
    const { must, complaints } = judgement()
    for (const { row } of ALL_ROWS) {
      const [, path] = row.split(' ')
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const { status } = await site.send(`${method} ${path}?currentPassword=${PASSWORD}&_method=POST`, {
          cookie,
          headers: { 'x-http-method-override': 'POST' },
        })
        must(status < 500, `${method} ${path} answered ${status}`)
      }
    }
    await site.auth.flush()
    must(JSON.stringify([...readTables(location)]) === before, 'safe methods changed the database')
    must((await site.send('GET /me', { cookie })).status === 200, 'the session ended')
    return complaints
  }

  it('row 134: GET, HEAD and OPTIONS of every path change nothing, log-out among them', async () => {
    expect(await crawl({})).toEqual(HOLDS)
  })

  it('row 134, control: a server that heeds a method in a header is seen through', async () => {
    const overriding = meddlingApi('GET /sessions', async (exchange, run) => {
      const { actor } = exchange.ctx
      if (actor !== null && exchange.header('x-http-method-override') !== null) {
        await exchange.engine.store.sessions.delete(actor.session.id, actor.user.id)
      }
      return run(exchange)
    })
    expect(await crawl({ mounts: { '/api': overriding } })).toEqual(saying('the session ended'))
  })

  async function readFromElsewhere(options: SiteOptions): Promise<Complaints> {
    const { site, cookie } = await openWithCookie(options)
    const { must, complaints } = judgement()
    const origins = [
      EVIL,
      'null',
      `${ORIGIN}.evil.test`,
      'https://evil-accounts.example',
      'https://sub.accounts.example',
    ]
    for (const origin of [...origins, 'http://accounts.example', `${ORIGIN}:8443`]) {
      const preflight = { origin, 'access-control-request-method': 'POST' }
      const swept = [
        ...(await sweep(site, ALL_ROWS, { headers: { origin, cookie } })),
        ...(await sweep(site, [{ row: 'OPTIONS /me' }, { row: 'OPTIONS /login' }], { headers: preflight })),
        ...(await sweep(site, [{ row: 'GET /nowhere' }, { row: 'PUT /me' }], { headers: { origin } })),
      ]
      for (const { row, answer } of swept) {
        const granted = answer.headers.filter(([name]) => name.startsWith('access-control-'))
        must(granted.length === 0, `${row} grants ${origin} ${granted.map(([name]) => name)}`)
        must(/\borigin\b/i.test(header(answer, 'vary') ?? ''), `${row} does not vary with the origin`)
      }
    }
    return complaints
  }

  it('row 135: no foreign origin may read an answer, an error or a preflight', async () => {
    expect(await readFromElsewhere({})).toEqual(HOLDS)
  })

  it('row 135, control: a site that trusts one of them is seen through', async () => {
    expect(await readFromElsewhere(TRUSTING)).toEqual(
      saying(`GET /openapi.json grants ${EVIL} access-control-allow-credentials`),
    )
  })
})

describe('requests that are not what they seem', () => {
  const HOSTS = ['a/b', 'a?b', 'a#b', 'a@b', '', '[::1', 'a b', 'x'.repeat(10_000), 'one\r\nHost: two']

  /** The status of the answer, or 0 where the connection just ends. */
  function statusWithHost(port: number, host: string): Promise<number> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      let text = ''
      socket.setEncoding('utf8')
      socket.on('data', (part: string) => {
        text += part
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)))
      socket.end(`GET /api/openapi.json HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    })
  }

  async function nameHosts(port: number): Promise<Complaints> {
    const { must, complaints } = judgement()
    for (const host of HOSTS) {
      const status = await statusWithHost(port, host)
      must(status === 400, `${JSON.stringify(host.slice(0, 20))} answered ${status}`)
    }
    must((await statusWithHost(port, 'localhost:3000')) === 200, 'a proper host is refused')
    return complaints
  }

  it('row 137: a host that is none gets 400, and the server lives on', async () => {
    const site = await openSite()
    const server = await openHttpServer({ host: '127.0.0.1', port: 0 })
    onTestFinished(() => void server.drain(0))
    server.answerWith(site.auth.fetch)
    expect(await nameHosts(server.port)).toEqual(HOLDS)
  })

  it('row 137, control: a server that does not look at it is seen through', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await nameHosts(port)).toEqual(saying('"a/b" answered 200'))
  })

  const GUARDED = ['/me', '/me/export', '/me/attempts', '/sessions', `/sessions/${'A'.repeat(22)}`, '/logout']

  const spellingsOf = (path: string): readonly string[] => [
    `//api${path}`,
    `/api/${path}`,
    `/api/.${path}`,
    `/api/%2e${path}`,
    `/api/x/..${path}`,
    `/api/x/%2e%2e${path}`,
    `/api${path};a=b`,
    `/api${path}%00`,
    `/api${path}%3f`,
    `/api${path}%23`,
    `/api${path}%2f`,
    `/api${path.toUpperCase()}`,
    `/api${path}/`,
    `/api${path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)}`,
  ]

  async function spellPaths(statusOf: (method: string, path: string) => Promise<number>): Promise<Complaints> {
    const { must, complaints } = judgement()
    for (const path of GUARDED) {
      for (const spelling of [`/api${path}`, ...spellingsOf(path)]) {
        for (const method of ['GET', 'POST', 'DELETE', 'HEAD']) {
          const status = await statusOf(method, spelling)
          must([401, 404, 405].includes(status), `${method} ${spelling} answered ${status}`)
        }
      }
    }
    return complaints
  }

  it('row 139: no spelling of a path leads around its guard', async () => {
    const site = await openSite()
    const server = createServer(toNodeListener(site.auth.fetch)).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const statusOf = async (method: string, path: string) => (await sendHttp({ port, method, path })).status
    expect(await spellPaths(statusOf)).toEqual(HOLDS)
  })

  it('row 139, control: a guard that reads the path and a router that tidies it are seen through', async () => {
    const isKnown = (path: string): boolean => GUARDED.some((guarded) => path === `/api${guarded}`)
    const tidy = (path: string): string => decodeURIComponent(path).replaceAll(/\/+/g, '/').replace(/\/$/, '')
    const statusOf = async (_: string, path: string): Promise<number> => {
      if (isKnown(path)) return 401
      return isKnown(tidy(path)) ? 200 : 404
    }
    expect(await spellPaths(statusOf)).toEqual(saying('GET //api/me answered 200'))
  })

  it('row 138: headers in which proxies and other servers name somebody have no effect', async () => {
    const site = await openSite({ trustedProxies: ['192.0.2.10'] })
    const ann = await site.addUser('ann')
    const names = [
      'remote-user',
      'x-webauthn-user',
      'x-authenticated-user',
      'x-forwarded-user',
      'x-user-id',
      'x-remote-user',
    ]
    for (const name of names) {
      for (const value of ['ann', ann.email, String(ann.user.id)]) {
        expect((await site.send('GET /me', { headers: { [name]: value } })).status, name).toBe(401)
      }
    }
    const underscored = { x_forwarded_for: '198.51.100.1', X_Forwarded_Host: 'evil.test' }
    const body = { identifier: 'ann', password: PASSWORD }
    await site.send('POST /login', { body, headers: underscored })
    const [attempt] = await site.auth.listAttempts({ scope: 'all', filter: { limit: 1 } })
    expect(attempt?.address).toBe('192.0.2.10')
  })
})
