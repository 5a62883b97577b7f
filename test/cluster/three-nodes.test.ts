/**
 * Three servers behind nginx, which share PostgreSQL and Redis and nothing else, as on three machines. `X-Forwarded-For`
 * says from where a request comes, because this machine is configured as the proxy.
 */
import { Agent } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { httpLoad, type LoadAnswer, type LoadCall, sendCall } from '../support/http-load.ts'
import { hasNginx, type Nginx, startNginx } from '../support/nginx.ts'
import { hasPostgres, type PostgresServer, runSql, startPostgres } from '../support/postgres-server.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Node, startNode } from './nodes.ts'

const PASSWORD = 'quiet otter by the weir'
const OTHER_PASSWORD = 'amber light on the quay'

interface Cluster {
  readonly postgres: PostgresServer
  readonly redis: RedisServer
  readonly database: string
  readonly nodes: readonly Node[]
  readonly proxy: Nginx
}

let cluster: Cluster | undefined

async function startCluster(): Promise<Cluster> {
  const [postgres, redis, port] = await Promise.all([startPostgres(), startRedis(), freePort()])
  const database = await postgres.createDatabase()
  const variables = {
    PORTRESS_DATABASE: database,
    PORTRESS_THROTTLES: redis.url,
    PORTRESS_SECRET: 'kR3vT9yWq2Lm7Xc5Zb8Nf1Gh4Jd6Ps0A',
    PORTRESS_ORIGIN: `http://127.0.0.1:${port}`,
    PORTRESS_TRUSTED_PROXIES: '127.0.0.1',
  }
  // At the same moment on an empty database, as a first deployment does.
  const nodes = await Promise.all([1, 2, 3].map(() => startNode(variables)))
  const proxy = await startNginx({ port, upstreams: nodes.map(({ url }) => url) })
  return { postgres, redis, database, nodes, proxy }
}

beforeAll(async () => {
  if (hasPostgres() && hasRedis() && hasNginx()) cluster = await startCluster()
  else process.stderr.write('Left out, because PostgreSQL, Redis or nginx is not installed: three nodes behind nginx\n')
})
beforeEach(({ skip }) => {
  if (cluster === undefined) skip('PostgreSQL, Redis or nginx is not installed')
})
afterAll(async () => {
  await cluster?.proxy.remove()
  for (const node of cluster?.nodes ?? []) await node.kill()
  await cluster?.redis.remove()
  await cluster?.postgres.remove()
})

function here(): Cluster {
  if (cluster === undefined) throw new Error('there is no cluster')
  return cluster
}

const post = (path: string, body: object, headers: LoadCall['headers'] = {}): LoadCall => ({
  method: 'POST',
  path: `/api${path}`,
  body,
  headers,
})

const through = (call: LoadCall): Promise<LoadAnswer> => sendCall(here().proxy.url, call)

/** The same at each node, past the proxy. */
const atEach = (call: LoadCall): Promise<readonly LoadAnswer[]> =>
  Promise.all(here().nodes.map(({ url }) => sendCall(url, call)))

const statusesOf = (answers: readonly LoadAnswer[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other)

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

let sources = 0

/** Requests of one test come from where nobody else's do. */
function newSource(): Readonly<Record<string, string>> {
  sources += 1
  return { 'x-forwarded-for': `203.0.113.${sources}` }
}

async function register(username: string, email?: string): Promise<void> {
  const body = { username, password: PASSWORD, ...(email === undefined ? {} : { email }) }
  // A node that says it is busy, as beside other tests, is asked again, as a client would.
  const ask = async () => (await through(post('/register', body, newSource()))).status
  await expect.poll(ask, { timeout: 60_000, interval: 500 }).toBe(201)
}

async function logIn(
  identifier: string,
  carrier: string,
  password = PASSWORD,
): Promise<Readonly<Record<string, string>>> {
  const { status, text } = await through(post('/login', { identifier, password, carrier }, newSource()))
  expect(status).toBe(200)
  return JSON.parse(text)
}

const readMe = (token: unknown): LoadCall => ({
  method: 'GET',
  path: '/api/me',
  headers: { authorization: `Bearer ${String(token)}` },
})

describe('guesses at all nodes at once', () => {
  it('are judged three times in all, and the lock holds at each node', async () => {
    await register('victim')
    const guess = (index: number) => post('/login', { identifier: 'victim', password: `wrong ${index}` }, newSource())
    const answers = await Promise.all(times(60, (index) => through(guess(index))))
    // A machine that is busy with other tests may say that it is.
    for (const { status } of answers) expect([401, 503]).toContain(status)
    const judged = "SELECT count(*) FROM portress_attempts WHERE identifier = 'victim' AND outcome = 'wrong_password'"
    expect(await runSql(here().database, judged)).toEqual([{ count: '3' }])
    const right = await atEach(post('/login', { identifier: 'victim', password: PASSWORD }, newSource()))
    expect(statusesOf(right)).toEqual([401, 401, 401])
    expect(await here().redis.command('ZCARD', '{portress}:locked')).toBeGreaterThan(0)
  })

  it('control: right passwords at once all pass', async () => {
    await register('welcome')
    const call = post('/login', { identifier: 'welcome', password: PASSWORD }, newSource())
    const answers = await Promise.all(times(12, () => through(call)))
    expect(new Set(statusesOf(answers))).toEqual(new Set([200]))
  })
})

describe('a rate limit', () => {
  it('lets through exactly as many as it says, whichever node is asked', async () => {
    const source = newSource()
    const call = (index: number) => post('/register', { username: `many${index}`, password: PASSWORD }, source)
    const started = Date.now()
    const answers = await Promise.all(times(60, (index) => through(call(index))))
    // A share comes back every two minutes.
    const passed = 30 + Math.floor((Date.now() - started) / 120_000)
    // Of those that pass, a busy machine may put some off.
    for (const { status } of answers) expect([201, 429, 503]).toContain(status)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(60 - passed)
  })
})

describe('what ends at one node', () => {
  it.each(['token', 'jwt'])('is a session in a %s that the others refuse at once', async (carrier) => {
    const username = `leaver-${carrier}`
    await register(username)
    const { token, accessToken = token } = await logIn(username, carrier)
    for (let round = 0; round < 2; round += 1)
      expect(statusesOf(await atEach(readMe(accessToken)))).toEqual([200, 200, 200])
    const [first] = here().nodes
    const out = post('/logout', {}, readMe(accessToken).headers)
    expect((await sendCall(first?.url ?? '', out)).status).toBe(204)
    expect(statusesOf(await atEach(readMe(accessToken)))).toEqual([401, 401, 401])
  })

  it('are the other sessions, when the password is changed', async () => {
    await register('changer')
    const [kept, other] = [await logIn('changer', 'token'), await logIn('changer', 'token')]
    expect(statusesOf(await atEach(readMe(other['token'])))).toEqual([200, 200, 200])
    const change = post(
      '/password/change',
      { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
      readMe(kept['token']).headers,
    )
    expect((await through(change)).status).toBeLessThan(300)
    expect(statusesOf(await atEach(readMe(other['token'])))).toEqual([401, 401, 401])
  })
})

describe('what works once', () => {
  it('is a code for a new password, also when two nodes get it at once', async () => {
    await register('forgetful', 'forgetful@example.org')
    await through(post('/password/reset', { email: 'forgetful@example.org' }, newSource()))
    const code = await mailedCode('forgetful@example.org', 'reset')
    const confirm = post('/password/reset/confirm', { code, newPassword: OTHER_PASSWORD }, newSource())
    const answers = await atEach(confirm)
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400 || status === 401 || status === 404)).toHaveLength(2)
  })

  it('is a refresh token: whoever races with it gets the same child, and no two live side by side', async () => {
    await register('refresher')
    const { refreshToken } = await logIn('refresher', 'jwt')
    const answers = [
      ...(await atEach(post('/token/refresh', { refreshToken }))),
      ...(await atEach(post('/token/refresh', { refreshToken }))),
    ]
    expect(new Set(statusesOf(answers))).toEqual(new Set([200]))
    const children = new Set(answers.map(({ text }) => JSON.parse(text).refreshToken))
    expect(children.size).toBe(1)
    const [child] = children
    expect((await through(post('/token/refresh', { refreshToken: child }))).status).toBe(200)
  })
})

describe('a node that dies under load', () => {
  it('takes nothing with it that was acknowledged, and the others answer', async () => {
    const over = new AbortController()
    let registered = 0
    const nextCall = (): LoadCall => {
      registered += 1
      return post(
        '/register',
        { username: `load${registered}`, password: PASSWORD },
        { 'x-forwarded-for': `198.51.${registered % 250}.7` },
      )
    }
    const load = httpLoad({ url: here().proxy.url, clients: 6, nextCall, endsAt: over.signal })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await here().nodes[2]?.kill()
    await new Promise((resolve) => setTimeout(resolve, 2500))
    over.abort()
    const answers = await load
    const acknowledged = answers.filter(({ status }) => status === 201)
    const names = (await runSql(here().database, 'SELECT username FROM portress_users')).map(({ username }) => username)
    const known = new Set(names)
    const nameIn = ({ call }: LoadAnswer) => (call.body as { readonly username: string }).username
    expect(acknowledged.length).toBeGreaterThan(5)
    expect(acknowledged.map(nameIn).filter((name) => !known.has(name))).toEqual([])
    // What the dead one had in its hands the proxy could not give to another: it may have happened.
    const failed = answers.filter(({ status }) => status !== 201)
    expect(new Set(failed.map(({ status }) => status))).toEqual(failed.length === 0 ? new Set() : new Set([502]))
    expect(failed.length).toBeLessThanOrEqual(6)
    const agent = new Agent({ maxSockets: 2 })
    const after = await Promise.all(
      times(20, () => sendCall(here().proxy.url, { method: 'GET', path: '/ready' }, agent)),
    )
    expect(new Set(statusesOf(after))).toEqual(new Set([200]))
  })
})

/** Of the newest mail to the address, as it is kept for development. */
async function mailedCode(address: string, path: string): Promise<string> {
  const [{ url } = { url: '' }] = here().nodes
  for (let tries = 0; tries < 200; tries += 1) {
    const list = await (await fetch(`${url}/outbox`)).text()
    const links = [...list.matchAll(/href="(\/outbox\/[^"/]+)"/g)].map(([, link]) => link)
    for (const link of links) {
      const mail = await (await fetch(url + String(link))).text()
      const code = new RegExp(`${path}[^"<]*code=([\\w-]{43})`).exec(mail)?.[1]
      if (mail.includes(address) && code !== undefined) return code
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no mail with a code came for ${address}`)
}
