import { once } from 'node:events'
import { Agent, request as sendRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Served, type Workplace } from './portress.ts'

const PASSWORD = 'quiet otter by the weir'

describe('portress serve, told to stop', () => {
  let place: Workplace
  let server: Served

  beforeEach(async () => {
    place = newWorkplace()
    await place.json(['createuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org'], {
      PORTRESS_USER_PASSWORD: PASSWORD,
    })
    server = await place.serve()
  })

  it('drops no request under load, and writes down mails and last uses', async () => {
    const token = await logIn(server.url)
    ageSessions(place)
    const started = Date.now()
    const load = startLoad(server.url, token)
    await wait(700)
    const { status } = await server.stop()
    const { answers, registered, dropped } = await load.result()
    expect(status).toBe(0)
    expect(dropped).toEqual([])
    expect(answers.filter((answer) => answer !== 200 && answer !== 201)).toEqual([])
    expect(answers.length).toBeGreaterThan(50)
    expect(registered).toBeGreaterThan(0)
    const { mails, lastUsedAt } = readDatabase(place)
    expect(mails).toBeGreaterThanOrEqual(registered)
    expect(lastUsedAt).toBeGreaterThanOrEqual(started)
  })

  it('finishes a request whose body is still on its way', async () => {
    const body = JSON.stringify({ identifier: 'ann', password: PASSWORD })
    const socket = await openSocket(server.url)
    socket.write(
      `POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    socket.write(body.slice(0, 10))
    await wait(100)
    const ended = server.stop()
    await wait(1000)
    socket.write(body.slice(10))
    const answer = await readToEnd(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.toLowerCase()).toContain('connection: close')
    expect((await ended).status).toBe(0)
  })

  it('answers what an idle connection has just sent, and accepts nobody new', async () => {
    const socket = await openSocket(server.url)
    socket.write(`GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await once(socket, 'data')
    const ended = server.stop()
    await wait(150)
    await expect(openSocket(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    socket.write(`GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 200 .*connection: close/is)
    expect((await ended).status).toBe(0)
  })

  it('does not wait for connections that send nothing', async () => {
    const idle = await openSocket(server.url)
    const half = await openSocket(server.url)
    half.write('GET /health HTTP/1.1\r\nHost')
    await wait(50)
    const started = performance.now()
    expect((await server.stop('SIGINT')).status).toBe(0)
    expect(performance.now() - started).toBeLessThan(5000)
    idle.destroy()
    half.destroy()
  })

  it('ends at once at the second signal', async () => {
    const socket = await openSocket(server.url)
    socket.write(
      'POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
    )
    await wait(100)
    const started = performance.now()
    server.process.kill('SIGTERM')
    await wait(100)
    expect((await server.stop()).status).toBe(1)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

const wait = (milliseconds: number): Promise<void> => new Promise((settle) => setTimeout(settle, milliseconds))

async function logIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: 'ann', password: PASSWORD, carrier: 'token' }),
  })
  const { token } = (await response.json()) as { readonly token: string }
  return token
}

interface LoadResult {
  /** The status of every answer. */
  readonly answers: readonly number[]
  /** How many registrations were acknowledged. */
  readonly registered: number
  /** Why requests got no answer, apart from connections that nobody accepted any more. */
  readonly dropped: readonly string[]
}

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
}

/** Clients that keep their connections and ask again as soon as they have an answer, until nobody lets them in. */
function startLoad(url: string, token: string): { result(): Promise<LoadResult> } {
  const answers: number[] = []
  const dropped: string[] = []
  let registered = 0
  let number = 0
  const client = async (nextCall: () => Call): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      const answer = await send(url, { agent, token, call: nextCall() })
      if (typeof answer === 'string') {
        if (answer !== 'ECONNREFUSED') dropped.push(answer)
        return
      }
      answers.push(answer)
      if (answer === 201) registered += 1
    }
  }
  const readMe = (): Call => ({ method: 'GET', path: '/api/me' })
  const register = (): Call => {
    number += 1
    const body = { username: `bob${number}`, email: `bob${number}@example.org`, password: PASSWORD }
    return { method: 'POST', path: '/api/register', body }
  }
  const clients = [...Array.from({ length: 8 }, () => client(readMe)), client(register)]
  return {
    async result() {
      await Promise.all(clients)
      return { answers, registered, dropped }
    },
  }
}

function send(
  url: string,
  { agent, token, call }: { readonly agent: Agent; readonly token: string; readonly call: Call },
): Promise<number | string> {
  return new Promise((settle) => {
    const headers = { 'content-type': 'application/json', ...(call.body ? {} : { authorization: `Bearer ${token}` }) }
    const outgoing = sendRequest(url + call.path, { agent, method: call.method, headers }, (response) => {
      response.resume()
      response.once('end', () => settle(response.statusCode ?? 0))
      response.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
    outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body))
  })
}

/** A use is worth a write only when the one before it was a minute ago. */
function ageSessions(place: Workplace): void {
  const database = new DatabaseSync(place.path('portress.sqlite3'))
  database.exec('UPDATE portress_sessions SET last_used_at = last_used_at - 120000, created_at = created_at - 120000')
  database.close()
}

function readDatabase(place: Workplace): { readonly mails: number; readonly lastUsedAt: number } {
  const database = new DatabaseSync(place.path('portress.sqlite3'))
  const count = database.prepare('SELECT COUNT(*) AS mails FROM portress_outbox').get()
  const session = database.prepare('SELECT MAX(last_used_at) AS used FROM portress_sessions').get()
  database.close()
  return { mails: Number(count?.['mails']), lastUsedAt: Number(session?.['used']) }
}

async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

async function readToEnd(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}
