import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { availableParallelism } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { httpLoad, type LoadCall, sendCall } from '../support/http-load.ts'
import { newWorkplace, type Served, type Workplace } from './portress.ts'

const PASSWORD = 'quiet otter by the weir'

let place: Workplace
beforeEach(() => {
  place = newWorkplace()
})

async function serveWithAnn(): Promise<Served> {
  await place.json(['createuser', '--noinput', '--username', 'ann'], { PORTRESS_USER_PASSWORD: PASSWORD })
  return place.serve({ PORTRESS_LOG_LEVEL: 'info', PORTRESS_TRUSTED_PROXIES: '127.0.0.1' }, ['--workers', '2'])
}

/** The processes that a process has started. */
function childrenOf({ process: { pid } }: Served): readonly number[] {
  const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return text.trim().split('\n').map(Number)
}

const login = (identifier: string, password: string): LoadCall => ({
  method: 'POST',
  path: '/api/login',
  body: { identifier, password },
})

let registrations = 0

function register(): LoadCall {
  registrations += 1
  const body = { username: `bob${registrations}`, password: PASSWORD }
  // From somewhere else each time: not the limit of one source is what is looked at.
  const headers = { 'x-forwarded-for': `198.51.${registrations % 250}.7` }
  return { method: 'POST', path: '/api/register', body, headers }
}

function namesIn(folder: Workplace): ReadonlySet<unknown> {
  const database = new DatabaseSync(folder.path('portress.sqlite3'))
  const rows = database.prepare('SELECT username FROM portress_users').all()
  database.close()
  return new Set(rows.map((row) => row['username']))
}

const nameIn = (call: LoadCall): unknown => (call.body as { readonly username: string }).username

describe('portress serve with two workers', () => {
  it('speaks with one voice, answers from both, and ends as a whole', async () => {
    const server = await serveWithAnn()
    expect(server.banner).toMatchObject({ event: 'listening', workers: 2, database: place.path('portress.sqlite3') })
    const workers = childrenOf(server)
    expect(workers).toHaveLength(2)
    const stopped = await server.stop()
    expect(stopped.status).toBe(0)
    expect(stopped.output.trim().split('\n')).toHaveLength(1)
    for (const worker of workers) expect(existsSync(`/proc/${worker}`)).toBe(false)
    const lines = stopped.errors
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const ended = lines.filter(({ msg }) => msg === 'finishing what has arrived')
    expect(new Set(ended.map(({ pid }) => pid))).toEqual(new Set(workers))
  })

  it('judges three of a hundred wrong guesses at once', async () => {
    const server = await serveWithAnn()
    const guesses = Array.from({ length: 100 }, (_, index) => sendCall(server.url, login('ann', `wrong ${index}`)))
    // A machine that is busy with other tests may say that it is.
    for (const { status } of await Promise.all(guesses)) expect([401, 503]).toContain(status)
    expect((await sendCall(server.url, login('ann', PASSWORD))).status).toBe(401)
    const database = new DatabaseSync(place.path('portress.sqlite3'))
    const judged = database
      .prepare("SELECT COUNT(*) AS n FROM portress_attempts WHERE outcome = 'wrong_password'")
      .get()
    database.close()
    expect(judged).toEqual({ n: 3 })
  })

  it('drops no request when it is told to stop under load', async () => {
    const server = await serveWithAnn()
    const { text } = await sendCall(server.url, login('ann', PASSWORD))
    const headers = { authorization: `Bearer ${JSON.parse(text).token}` }
    const readMe = (): LoadCall => ({ method: 'GET', path: '/api/me', headers })
    const nextCall = (client: number) => (client === 0 ? register() : readMe())
    const load = httpLoad({ url: server.url, clients: 8, nextCall })
    await new Promise((resolve) => setTimeout(resolve, 700))
    const { status } = await server.stop()
    const answers = await load
    expect(status).toBe(0)
    expect(answers.flatMap(({ failure }) => failure ?? [])).toEqual([])
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 201]))
    const registered = answers.filter((answer) => answer.status === 201)
    const kept = namesIn(place)
    expect(registered.map(({ call }) => nameIn(call)).filter((name) => !kept.has(name))).toEqual([])
  })

  it('passes over a worker that hangs, once a hundred wait for it', async () => {
    const server = await serveWithAnn()
    const [hanging = 0] = childrenOf(server)
    process.kill(hanging, 'SIGSTOP')
    onTestFinished(() => {
      if (existsSync(`/proc/${hanging}`)) process.kill(hanging, 'SIGCONT')
    })
    let answered = 0
    for (let asked = 0; asked < 300; asked += 1) {
      const client = get(`${server.url}/health`, { agent: false }, (response) => {
        answered += 1
        response.resume()
      })
      client.on('error', () => undefined)
      onTestFinished(() => void client.destroy())
      // Not all at once, or the other has not taken its own yet.
      if (asked % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await expect.poll(() => answered, { timeout: 60_000 }).toBe(200)
    process.kill(hanging, 'SIGCONT')
    await expect.poll(() => answered, { timeout: 60_000 }).toBe(300)
    expect((await server.stop()).status).toBe(0)
  })

  it('ends well while a client keeps its connection open and says nothing', async () => {
    const server = await serveWithAnn()
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const [response] = (await once(get(`${server.url}/health`, { agent }), 'response')) as [IncomingMessage]
    await once(response.resume(), 'end')
    expect((await server.stop()).status).toBe(0)
  })

  it('hangs up on a client that does not come to the end of its headers', async () => {
    const server = await serveWithAnn()
    const slow = connect(Number(new URL(server.url).port), '127.0.0.1').resume()
    onTestFinished(() => void slow.destroy())
    slow.write('GET /health HTTP/1.1\r\nHost: localhost\r\n')
    await once(slow, 'close')
    await server.stop()
  })

  it('loses nothing that was acknowledged when one is killed under load, and starts another', async () => {
    const server = await serveWithAnn()
    const over = new AbortController()
    const load = httpLoad({
      url: server.url,
      clients: 6,
      nextCall: register,
      keepsConnections: false,
      endsAt: over.signal,
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    const [victim = 0] = childrenOf(server)
    process.kill(victim, 'SIGKILL')
    await expect.poll(() => childrenOf(server).filter((pid) => pid !== victim).length, { timeout: 20_000 }).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 300))
    over.abort()
    const answers = await load
    const kept = namesIn(place)
    const acknowledged = answers.filter(({ status }) => status === 201)
    expect(acknowledged.length).toBeGreaterThan(5)
    expect(acknowledged.map(({ call }) => nameIn(call)).filter((name) => !kept.has(name))).toEqual([])
    // Only what the one that was killed had in its hands got no answer.
    expect(answers.filter(({ failure }) => failure !== null).length).toBeLessThanOrEqual(6)
    expect(server.errors()).toContain('a worker has ended; another one is started')
    expect((await server.stop()).status).toBe(0)
  })
})

describe('portress serve that cannot have workers', () => {
  it.each(['0', '-1', 'many', '2.5', '257', ''])('says so of --workers %s', async (count) => {
    const { status, errors } = await place.run(['serve', `--workers=${count}`])
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 2, lines: 1 })
    expect(errors).toContain('--workers')
  })

  it('refuses a database in memory, and says why', async () => {
    const { status, errors } = await place.run(['serve', '--workers', '2'], {
      PORT: '0',
      PORTRESS_DATABASE: ':memory:',
    })
    expect(status).toBe(2)
    expect(errors).toContain('each worker would have one of its own')
  })

  it('says once that the port is taken, before it opens anything', async () => {
    const first = await place.serve()
    const other = newWorkplace()
    const { status, errors } = await other.run(['serve', '--workers', '2'], { PORT: new URL(first.url).port })
    expect(status).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(existsSync(other.path('portress.sqlite3'))).toBe(false)
  })
})

describe('workers that end before they serve', () => {
  const CONFIG = `
    import cluster from 'node:cluster'
    import { existsSync } from 'node:fs'
    import { sqlite } from '${new URL('../../src/stores/sqlite/index.ts', import.meta.url).href}'
    if (cluster.isWorker && existsSync('broken')) process.exit(7)
    export default {
      store: sqlite('app.sqlite3'), environment: 'development',
      secrets: ['kR3vT9yWq2Lm7Xc5Zb8Nf1Gh4Jd6Ps0A'], site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
    }`

  beforeEach(async () => {
    writeFileSync(place.path('portress.config.mjs'), CONFIG)
    await place.json(['migrate'])
  })

  it('end the whole at the start', async () => {
    writeFileSync(place.path('broken'), '')
    const { status } = await place.run(['serve', '--workers', '2'], { PORT: '0' })
    expect(status).toBe(1)
  })

  it('end it later, too, after some tries with growing pauses', async () => {
    const server = await place.serve({}, ['--workers', '2'])
    writeFileSync(place.path('broken'), '')
    const [victim = 0] = childrenOf(server)
    process.kill(victim, 'SIGKILL')
    await expect.poll(() => server.process.exitCode, { timeout: 60_000 }).toBe(1)
    expect(server.errors()).toContain('again and again')
  })
})

describe('the threads for passwords', () => {
  it('are shared out, at least one for each worker', async () => {
    const server = await serveWithAnn()
    await Promise.all(Array.from({ length: 8 }, () => sendCall(server.url, login('ann', PASSWORD))))
    const threads = childrenOf(server).map((pid) => {
      const names = execFileSync('ps', ['-L', '-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
      return names.split('\n').filter((name) => name.includes('portress-hash')).length
    })
    const share = Math.max(1, Math.floor(availableParallelism() / 2))
    expect(Math.max(...threads)).toBeLessThanOrEqual(share)
    await server.stop()
  })
})
