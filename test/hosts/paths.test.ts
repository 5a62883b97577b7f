/** The path that reaches Portress is the one that the framework has judged. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toExpressHandler } from '../../src/hosts/express.ts'
import { toFastifyPlugin } from '../../src/hosts/fastify.ts'
import { toNodeListener } from '../../src/hosts/node.ts'

/** Tells what has reached it. */
const echo = (request: Request) => new Response(`reached ${new URL(request.url).pathname}`)

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers) await close()
})

/** Each takes `/api`, and has a guard before `/admin`. */
const HOSTS: Readonly<Record<string, () => Promise<number>>> = {
  async Express() {
    const app = express()
    app.use('/admin', (_, response) => void response.status(403).end('guarded'))
    app.use('/api', toExpressHandler(echo))
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => server.close())
    return (server.address() as AddressInfo).port
  },
  async Fastify() {
    const app = fastify()
    await app.register(toFastifyPlugin(echo), { prefix: '/api' })
    await app.listen({ port: 0, host: '127.0.0.1' })
    closers.push(() => app.close())
    return (app.server.address() as AddressInfo).port
  },
  async node() {
    const listener = toNodeListener(echo)
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/api/')) return void listener(request, response)
      response.writeHead(403).end('guarded')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => server.close())
    return (server.address() as AddressInfo).port
  },
}

/** Sent as it stands here; a client would tidy it up. */
async function send(port: number, target: string, host = 'localhost'): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1')
  let answer = ''
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk
  return answer
}

const ELSEWHERE = [
  '/api/../admin/',
  '/api/%2e%2e/admin/',
  '/api/.%2E/admin/',
  '/api/x/../../admin/',
  '/api/..\\admin/',
  '/api\\..\\admin/',
  '/api/./../admin/',
  '/api/x/..',
]

describe.each(Object.entries(HOSTS))('%s', (_name, start) => {
  let port = 0
  beforeAll(async () => {
    port = await start()
  })

  it.each(ELSEWHERE)('hands %s on to nobody', async (target) => {
    expect(await send(port, target)).not.toContain('reached')
  })

  it('hands nothing on that a Host would lead elsewhere', async () => {
    expect(await send(port, '/api/x', 'é.é/admin/?xxxx')).not.toContain('reached /admin')
    expect(await send(port, '/api/x', 'a@b/admin/?')).not.toContain('reached /admin')
  })

  it.each(['/api/', '/api/x?y=/../z', '/api/a%2Fb', '/api/...', '/api/x/.hidden', '/api//x', '/api/%7Ea'])(
    'hands %s on as it is',
    async (target) => {
      expect(await send(port, target)).toContain(`reached ${target.split('?')[0]}`)
    },
  )
})
