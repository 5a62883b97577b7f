import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Workplace } from './portress.ts'

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

describe('portress serve without a configuration', () => {
  it('serves the API, the pages and the mails, and tells so', async () => {
    const server = await place.serve()
    expect(server.banner).toMatchObject({
      event: 'listening',
      environment: 'development',
      origin: server.url,
      mounts: [
        { path: '/api', dialects: ['portress-api'] },
        { path: '/auth', dialects: ['djoser'] },
        { path: '/rest-auth', dialects: ['rest-auth-0.9'] },
        { path: '/dj-rest-auth', dialects: ['rest-auth'] },
        { path: '/accounts', dialects: ['rest-registration'] },
        { path: '/djmongoauth', dialects: ['djmongoauth'] },
        { path: '/admin', dialects: ['admin'] },
        { path: '/', dialects: ['pages', 'demo', 'operations'] },
        { path: '/demo/api', dialects: ['portress-api'] },
        { path: '/docs', dialects: ['docs'] },
        { path: '/outbox', dialects: ['outbox'] },
      ],
      database: place.path('portress.sqlite3'),
      secretFile: place.path('.portress-secret'),
      superuser: 'npx portress createsuperuser',
    })
    const paths = ['/', '/health', '/ready', '/outbox', '/api/openapi.json']
    const answers = await Promise.all(paths.map((path) => fetch(server.url + path)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const stopped = await server.stop()
    expect(stopped.status).toBe(0)
    expect(stopped.output.trim().split('\n')).toHaveLength(1)
  })

  it('lets social log-in be tried offline, from a link on its start page', async () => {
    const { url } = await place.serve()
    const start = await (await fetch(url)).text()
    const [, link = ''] = /href="(\/account\/social\/[^"]+)"/.exec(start) ?? []
    const { pathname, searchParams } = new URL(link, url)
    const begun = await fetch(url + pathname, { method: 'POST', body: searchParams, redirect: 'manual' })
    const back = await fetch(begun.headers.get('location') ?? '', {
      headers: { cookie: cookiesIn(begun) },
      redirect: 'manual',
    })
    expect(back.headers.get('location')).toBe(`${url}/`)
    const me = await fetch(`${url}/api/me`, { headers: { cookie: cookiesIn(back) } })
    expect(await me.json()).toMatchObject({ user: { username: 'ada', email: 'ada@example.test', emailVerified: true } })
  })

  it('says so when the port is taken, before it opens anything', async () => {
    const first = await place.serve()
    const other = newWorkplace()
    const { status, output, errors } = await other.run(['serve'], { PORT: new URL(first.url).port })
    expect({ status, output }).toEqual({ status: 1, output: '' })
    expect(errors).toMatch(/^127\.0\.0\.1:\d+ is in use already; stop what listens there, or set PORT/)
    expect(readdirSync(other.folder)).toEqual([])
  })

  it('keeps database and secret from other users, and uses both again', async () => {
    const first = await place.serve()
    await first.stop()
    const secret = readFileSync(place.path('.portress-secret'), 'utf8')
    expect(secret).toMatch(/^[\w-]{64}\n$/)
    for (const name of ['.portress-secret', 'portress.sqlite3']) {
      expect(statSync(place.path(name)).mode & 0o777).toBe(0o600)
    }
    const second = await place.serve()
    await second.stop()
    expect(readFileSync(place.path('.portress-secret'), 'utf8')).toBe(secret)
  })

  it('keeps the secret beside the database, wherever that is', async () => {
    const other = newWorkplace()
    const server = await place.serve({ PORTRESS_DATABASE: `sqlite:${other.path('app.db')}` })
    expect(server.banner).toMatchObject({ database: other.path('app.db'), secretFile: other.path('.portress-secret') })
    await server.stop()
    expect(readdirSync(place.folder)).toEqual([])
  })

  it('agrees on one secret and one schema when several processes start at once', async () => {
    const servers = await Promise.all([place.serve(), place.serve(), place.serve()])
    const [first, ...others] = servers
    await register(first?.url ?? '', 'ann')
    for (const { url } of others) {
      expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ status: 'ready' })
    }
    // Mails are sealed with the secret: whoever has another one cannot read them.
    const states = await Promise.all(servers.map(({ url }) => mailTexts(url)))
    expect(states.every((texts) => texts.includes('ann@example.org'))).toBe(true)
    await Promise.all(servers.map((server) => server.stop()))
    expect(readdirSync(place.folder).filter((name) => name.startsWith('.portress-secret'))).toHaveLength(1)
  })

  it('refuses a secret that others can read', async () => {
    writeFileSync(place.path('.portress-secret'), `${'0123456789abcdef'.repeat(4)}\n`)
    chmodSync(place.path('.portress-secret'), 0o640)
    const { status, errors } = await place.run(['serve'], { PORT: '0' })
    expect(status).toBe(2)
    expect(errors).toContain('can be read by others')
    expect(errors).not.toContain('0123456789abcdef')
  })

  it('names all variables that are wrong at once, and starts nothing', async () => {
    const { status, errors } = await place.run(['serve'], {
      PORT: 'x',
      PORTRESS_DATABASE: 'oracle://db.example.org/app',
      PORTRESS_SECRET: 'short',
      PORTRESS_ORIGIN: 'example.org',
      PORTRESS_SMTP_URL: 'http://mail.example.org',
      PORTRESS_TRUSTED_PROXIES: '10.0.0.1/8',
    })
    expect(status).toBe(2)
    for (const name of ['PORT', 'DATABASE', 'SECRET', 'ORIGIN', 'SMTP_URL', 'TRUSTED_PROXIES']) {
      expect(errors).toMatch(new RegExp(`^ {2}- (PORTRESS_)?${name}\\b`, 'm'))
    }
    expect(errors).toContain(
      'names oracle:, where Portress cannot keep anything; give a path, or a sqlite:, postgres:, mysql: or mongodb: URL',
    )
    expect(errors).not.toMatch(/^ {4}at /m)
    expect(readdirSync(place.folder)).not.toContain('portress.sqlite3')
  })

  it('refuses in production what is only fit for development', async () => {
    const { status, errors } = await place.run(['serve'], { NODE_ENV: 'production', PORT: '0' })
    expect(status).toBe(2)
    expect(errors.trim().split('\n')).toEqual([
      'Portress cannot start:',
      expect.stringContaining('PORTRESS_SECRET must be set in production'),
      expect.stringContaining('PORTRESS_ORIGIN must be set'),
      expect.stringContaining('PORTRESS_SMTP_URL must be set in production'),
    ])
    expect(existsSync(place.path('portress.sqlite3'))).toBe(false)
  })

  it('serves in production with all of them, without the outbox page', async () => {
    const server = await place.serve({
      NODE_ENV: 'production',
      PORTRESS_SECRET: 'q7Zp0vK3xT9mB2nL5sR8wE1yU4iO6aDf, and-a-second-one-0123456789abcdef',
      PORTRESS_ORIGIN: 'https://accounts.example.org',
      PORTRESS_SMTP_URL: 'smtp://127.0.0.1:9',
    })
    expect(server.banner).toMatchObject({ origin: 'https://accounts.example.org', mails: 'smtp://127.0.0.1:9' })
    expect((await fetch(`${server.url}/outbox`)).status).toBe(404)
    expect(await (await fetch(`${server.url}/api/social/providers`)).json()).toEqual({ providers: [] })
    expect((await fetch(`${server.url}/account/social/development`)).status).toBe(404)
    const start = await (await fetch(server.url)).text()
    expect(start).not.toContain('/account/social')
    expect(start).not.toContain('<form')
    for (const path of ['/demo/demo.js', '/demo/api/openapi.json', '/docs']) {
      expect((await fetch(server.url + path)).status, path).toBe(404)
    }
    expect(existsSync(place.path('.portress-secret'))).toBe(false)
    await server.stop()
  })
})

describe('the server of portress serve', () => {
  it('answers a host that is none with 400 and lives on', async () => {
    const server = await place.serve()
    for (const host of ['a/b', 'a?b', 'a#b', 'a@b', '', '[::1', 'a b', 'a,b', 'a%41', 'x'.repeat(10_000)]) {
      const request = `GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
      expect(await sendRaw(server.url, request), `Host: ${host.slice(0, 20)}`).toMatch(/^HTTP\/1\.1 400 /)
    }
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  it('refuses two hosts, no host, and headers above 16 kB', async () => {
    const server = await place.serve()
    const two = 'GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'
    expect(await sendRaw(server.url, two)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await sendRaw(server.url, 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    const large = `GET /health HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`
    expect(await sendRaw(server.url, large)).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('takes two Authorization headers for none that is good', async () => {
    const server = await place.serve()
    const { token } = await activeUser(server.url)
    const ask = (headers: string): Promise<string> =>
      sendRaw(server.url, `GET /api/me HTTP/1.1\r\nHost: a\r\n${headers}Connection: close\r\n\r\n`)
    expect(await ask(`Authorization: Bearer ${token}\r\n`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await ask(`Authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}\r\n`)).toMatch(
      /^HTTP\/1\.1 401 /,
    )
  })

  it('logs requests at level debug as JSON lines without query, secrets or control characters', async () => {
    const server = await place.serve({ PORTRESS_LOG_LEVEL: 'debug' })
    const { token, password, code } = await activeUser(server.url)
    await fetch(`${server.url}/api/me?canary=in-the-query`, { headers: { authorization: `Bearer ${token}` } })
    await sendRaw(
      server.url,
      `GET /api/%1b[2J HTTP/1.1\r\nHost: a\r\nUser-Agent: \u009b[2J\r\nConnection: close\r\n\r\n`,
    )
    const { errors } = await server.stop()
    const lines = errors
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'debug',
        method: 'GET',
        path: '/api/me',
        status: 200,
        milliseconds: expect.any(Number),
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      }),
    )
    for (const secret of [token, password, code, 'in-the-query']) expect(errors).not.toContain(secret)
    expect(errors).not.toMatch(/[^\P{Cc}\n]/u)
  })

  it('logs nothing of a request at the usual level', async () => {
    const server = await place.serve()
    await fetch(`${server.url}/health`)
    expect(server.errors()).toBe('')
  })
})

async function register(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/api/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: name, email: `${name}@example.org`, password: 'quiet otter by the weir' }),
  })
  expect(response.status).toBe(201)
}

const mailTexts = async (url: string): Promise<string> =>
  (await fetch(`${url}/outbox`, { headers: { accept: 'application/json' } })).text()

/** Registers and confirms through the outbox page's JSON, and logs in. */
async function activeUser(url: string): Promise<{ token: string; password: string; code: string }> {
  const password = 'quiet otter by the weir'
  await register(url, 'ann')
  let code: string | undefined
  while (code === undefined) code = /code=([\w-]{20,})/.exec(await mailTexts(url))?.[1]
  await post(`${url}/api/email/verify`, { code })
  const { token } = await post(`${url}/api/login`, { identifier: 'ann', password, carrier: 'token' })
  return { token: String(token), password, code }
}

async function post(address: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(text, 'latin1')
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

const cookiesIn = ({ headers }: Response): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
