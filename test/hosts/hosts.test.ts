/** The hosts in real servers of their frameworks, at any path, and behind whatever has read the body before. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono, type HonoRequest } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { toExpressHandler } from '../../src/hosts/express.ts'
import { toFastifyHandler, toFastifyPlugin } from '../../src/hosts/fastify.ts'
import { toHonoHandler } from '../../src/hosts/hono.ts'
import { type FetchHandler, toNodeListener } from '../../src/hosts/node.ts'
import { codeIn } from '../support/api-world.ts'
import { testAuth } from '../support/test-auth.ts'
import { type HostedSite, hostPromises } from './host-promises.ts'
import { probe } from './probe.ts'

interface Running {
  readonly origin: string
  close(): Promise<void> | void
}

/** Serves `fetch` for everything below `prefix`, which is `''` for the root. */
type Start = (fetch: FetchHandler, prefix: string) => Promise<Running>

async function running(server: Server): Promise<Running> {
  if (!server.listening) await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const listen = (listener: RequestListener): Promise<Running> => running(createServer(listener).listen(0, '127.0.0.1'))

const startExpress =
  (...before: readonly express.RequestHandler[]): Start =>
  (fetch, prefix) => {
    const app = express()
    if (before.length > 0) app.use(...before)
    // Each router takes its part of the prefix away.
    const [first = '', ...rest] = prefix.split('/').filter(Boolean)
    const inner = express.Router()
    inner.use(rest.length === 0 ? '/' : `/${rest.join('/')}`, toExpressHandler(fetch))
    app.use(`/${first}`, inner)
    return running(app.listen(0, '127.0.0.1'))
  }

const startHono =
  (read?: (request: HonoRequest) => Promise<unknown>): Start =>
  (fetch, prefix) => {
    const app = new Hono()
    const inner = new Hono()
    inner.all('/*', toHonoHandler(fetch))
    if (read !== undefined) {
      app.use(async (c, next) => {
        if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await read(c.req).catch(() => undefined)
        await next()
      })
    }
    app.route(prefix === '' ? '/' : prefix, inner)
    return running(serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server)
  }

const startFastify: Start = async (fetch, prefix) => {
  const app = fastify()
  app.register(toFastifyPlugin(fetch), { prefix })
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => closed(app) }
}

const startFastifyWithParsers: Start = async (fetch, prefix) => {
  const app = fastify({ bodyLimit: 20 * 2 ** 20 })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields: Record<string, string[]> = {}
    for (const [name, value] of new URLSearchParams(String(body))) fields[name] = [...(fields[name] ?? []), value]
    done(null, fields)
  })
  app.all(`${prefix}/*`, toFastifyHandler(fetch))
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => closed(app) }
}

async function closed(app: { readonly server: Server; close(): Promise<undefined> }): Promise<void> {
  app.server.closeAllConnections()
  await app.close()
}

const LARGE = { limit: '20mb' }

const HOSTS: readonly (readonly [string, Start])[] = [
  ['node:http', (fetch) => listen(toNodeListener(fetch))],
  ['Hono', startHono()],
  ['Hono, behind a reader of JSON', startHono((request) => request.json())],
  ['Hono, behind a reader of text', startHono((request) => request.text())],
  ['Hono, behind a reader of forms', startHono((request) => request.parseBody())],
  ['Express', startExpress()],
  [
    'Express, behind express.json and express.urlencoded',
    startExpress(express.json(LARGE), express.urlencoded({ ...LARGE, extended: true })),
  ],
  [
    'Express, behind express.json and plain express.urlencoded',
    startExpress(express.json(LARGE), express.urlencoded({ ...LARGE, extended: false })),
  ],
  ['Express, behind express.raw', startExpress(express.raw({ ...LARGE, type: () => true }))],
  ['Express, behind express.text', startExpress(express.text({ ...LARGE, type: () => true }))],
  ['Fastify', startFastify],
  ['Fastify, behind parsers', startFastifyWithParsers],
]

async function open(start: Start, prefix: string): Promise<HostedSite & Pick<Running, 'close'>> {
  let answer: FetchHandler = () => new Response(null, { status: 503 })
  const server = await start((request, peer) => answer(request, peer), prefix)
  const { auth, mailer } = testAuth({
    site: { name: 'Acme', origin: server.origin },
    environment: 'development',
    mounts: { [`${prefix}/api`]: portressApi() },
  })
  answer = (request, peer) =>
    new URL(request.url).pathname.startsWith(`${prefix}/probe/`) ? probe(request, peer) : auth.fetch(request, peer)
  return {
    url: server.origin + prefix,
    origin: server.origin,
    async mailedCode(to) {
      await auth.flush()
      return codeIn(mailer.sent.findLast((mail) => mail.to === to)?.text ?? '')
    },
    async close() {
      await server.close()
      await auth.close()
    },
  }
}

describe.each(HOSTS)('%s', (_name, start) => {
  describe.each(['', '/accounts', '/deep/er/accounts'])('below "%s"', (prefix) => {
    let site: HostedSite & Pick<Running, 'close'>

    beforeAll(async () => {
      site = await open(start, prefix)
    })

    afterAll(() => site.close())

    hostPromises(() => site)
  })
})

describe('a body that somebody read and did not keep', () => {
  it('is told to the framework, in words that say why', async () => {
    const app = express()
    app.use((request, _response, next) => void request.resume().once('end', () => next()))
    app.use(toExpressHandler(() => new Response('never')))
    const server = await running(app.listen(0, '127.0.0.1'))
    try {
      const answer = await fetch(server.origin, { method: 'POST', body: 'a=b' })
      expect(answer.status).toBe(500)
      expect(await answer.text()).toContain('TypeError: the body was read before Portress got the request')
      expect(await (await fetch(server.origin, { method: 'POST' })).text()).toBe('never')
    } finally {
      await server.close()
    }
  })
})

describe('Fastify', () => {
  it('keeps the headers that hooks have set, and leaves its own rows to the application', async () => {
    const app = fastify()
    app.addHook(
      'onRequest',
      async (_request, reply) => void reply.header('x-frame-options', 'SAMEORIGIN').header('x-a', 'b'),
    )
    app.get('/own', async () => 'own')
    app.register(toFastifyPlugin(() => new Response('portress', { headers: { 'x-frame-options': 'DENY' } })))
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    try {
      const { headers } = await fetch(`${origin}/else`)
      expect([headers.get('x-a'), headers.get('x-frame-options')]).toEqual(['b', 'DENY'])
      expect(await (await fetch(`${origin}/own`)).text()).toBe('own')
    } finally {
      await closed(app)
    }
  })
})
