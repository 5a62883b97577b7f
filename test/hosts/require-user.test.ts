/** The guards for handlers of the application's own, each in a real server of its framework. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { refuseUnauthenticated } from '../../src/dialects/djmongoauth/index.ts'
import { requireUser as requireUserInExpress } from '../../src/hosts/express.ts'
import { requireUser as requireUserInFastify } from '../../src/hosts/fastify.ts'
import { requireUser as requireUserInHono } from '../../src/hosts/hono.ts'
import { type GuardOptions, guardRequest } from '../../src/hosts/user-guard.ts'
import { field } from '../../src/model/declare-field.ts'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'

const closing: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const FIELDS = { team: field.text({ maxLength: 20, default: 'blue' }) }

type Site = TestAuth<typeof FIELDS>

interface GuardedSite {
  readonly site: Site
  readonly token: string
}

async function newSite(): Promise<GuardedSite> {
  const site = testAuth({ user: { fields: FIELDS }, permissions: { 'blog.add_post': 'Can add a post' } })
  closing.push(() => site.auth.close())
  const ann = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }
  await site.auth.createUser({ ...ann, passwordCheck: 'bypassed' })
  return { site, token: (await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })).issued.token }
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

function closeServer(server: Server): void {
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
}

/** What a user must be allowed to do at `/posts`. */
const NEEDS = { permission: 'blog.add_post' }

/**
 * Starts an application with `/members`, which is guarded, `/posts`, which needs a permission, and `/words`, which is guarded in
 * other words.
 */
type Start = (site: Site) => Promise<string>

const startHono: Start = async ({ auth }) => {
  const app = new Hono()
  app.get('/members', requireUserInHono(auth), (c) => {
    const { username, fields } = c.get('user')
    return c.json({ username, team: fields.team })
  })
  app.get('/posts', requireUserInHono(auth, NEEDS), (c) => c.text('in'))
  app.get('/words', requireUserInHono(auth, { refuse: refuseUnauthenticated, ...NEEDS }), (c) => c.text('in'))
  app.onError((error, c) => c.text(error.name, 500))
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
  closeServer(server)
  if (!server.listening) await once(server, 'listening')
  return addressOf(server)
}

const startExpress: Start = async ({ auth }) => {
  const app = express()
  const members = requireUserInExpress(auth)
  app.get('/members', members, (request, response) => {
    const { username, fields } = members.userOf(request)
    response.json({ username, team: fields.team })
  })
  app.get('/posts', requireUserInExpress(auth, NEEDS), (_, response) => void response.send('in'))
  app.get('/words', requireUserInExpress(auth, { refuse: refuseUnauthenticated, ...NEEDS }), (_, response) => {
    response.send('in')
  })
  const server = app.listen(0, '127.0.0.1')
  closeServer(server)
  await once(server, 'listening')
  return addressOf(server)
}

const startFastify: Start = async ({ auth }) => {
  const app = fastify()
  const members = requireUserInFastify(auth)
  app.get('/members', { onRequest: members }, (request) => {
    const { username, fields } = members.userOf(request)
    return Promise.resolve({ username, team: fields.team })
  })
  app.get('/posts', { onRequest: requireUserInFastify(auth, NEEDS) }, async () => 'in')
  const inOtherWords = requireUserInFastify(auth, { refuse: refuseUnauthenticated, ...NEEDS })
  app.get('/words', { preHandler: inOtherWords }, async () => 'in')
  app.setErrorHandler((error: Error, _, reply) => reply.code(500).send(error.name))
  closing.push(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}

const FRAMEWORKS: readonly (readonly [string, Start])[] = [
  ['Hono', startHono],
  ['Express', startExpress],
  ['Fastify', startFastify],
]

describe.each(FRAMEWORKS)('requireUser in %s', (_, start) => {
  it.each(['Bearer ', 'Token ', ''])(
    'lets a user in whose token stands behind %j, and hands the user over',
    async (scheme) => {
      const { site, token } = await newSite()
      const answer = await fetch(`${await start(site)}/members`, { headers: { authorization: scheme + token } })
      expect([answer.status, await answer.json()]).toEqual([200, { username: 'ann', team: 'blue' }])
    },
  )

  it('refuses everybody else with 401, and says so in one member', async () => {
    const { site, token } = await newSite()
    const address = await start(site)
    await site.auth.logout({ actor: await site.auth.authenticate(headOf(token)) })
    const credentials: Record<string, string>[] = [{}, { authorization: token }, { authorization: 'Bearer x' }]
    for (const headers of credentials) {
      const answer = await fetch(`${address}/members`, { headers })
      const { status, headers: got } = answer
      expect([status, got.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect(got.get('content-type')).toMatch(/^application\/json/)
      expect(await answer.text()).toMatch(/^\{"error": "User is not authenticated: [^"]+"\}$/)
    }
  })

  it('refuses in other words where it is given some', async () => {
    const { site } = await newSite()
    const answer = await fetch(`${await start(site)}/words`)
    expect([answer.status, await answer.text()]).toEqual([
      401,
      `{"error": "User is not authenticated: 'HTTP_AUTHORIZATION'"}`,
    ])
  })

  it('lets in whoever has the permission now, and answers 403 to the others', async () => {
    const { site, token } = await newSite()
    const address = await start(site)
    const ask = async (path: string) => {
      const answer = await fetch(`${address}${path}`, { headers: { authorization: token } })
      return [answer.status, answer.headers.get('www-authenticate'), await answer.text()]
    }
    const [status, challenge, text] = await ask('/posts')
    expect([status, challenge]).toEqual([403, null])
    expect(text).toMatch(/^\{"error": "User is not permitted: [^"]+"\}$/)
    expect(await ask('/words')).toEqual([403, null, '{"error": "You may not do this."}'])
    expect((await fetch(`${address}/posts`)).status).toBe(401)
    const user = await site.auth.findUser('ann')
    await site.auth.setUserPermissions({ userId: user?.id ?? 0, permissions: ['blog.add_post'] })
    expect(await ask('/posts')).toEqual([200, null, 'in'])
    expect(await ask('/words')).toEqual([200, null, 'in'])
  })

  it('leaves to the framework what says nothing of who asks', async () => {
    const { site, token } = await newSite()
    const broken: Site = {
      ...site,
      auth: { ...site.auth, requireUser: () => Promise.reject(new RangeError('the store is away')) },
    }
    const answer = await fetch(`${await start(broken)}/members`, { headers: { authorization: token } })
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain('RangeError')
  })
})

describe('the guard of every framework', () => {
  it('lets nobody in by a permission that was looked up in vain', async () => {
    const { site, token } = await newSite()
    const request = new Request('https://acme.test/posts', { headers: { authorization: token } })
    const options = { permission: undefined } as unknown as GuardOptions
    await expect(guardRequest(site.auth, request, options)).rejects.toThrow(TypeError)
    expect(await guardRequest(site.auth, request, {})).toMatchObject({ user: { username: 'ann' } })
  })
})

describe('userOf', () => {
  it('throws for a request that was not let in', async () => {
    const { site } = await newSite()
    for (const guard of [requireUserInExpress(site.auth), requireUserInFastify(site.auth)]) {
      expect(() => guard.userOf({})).toThrow(TypeError)
    }
  })
})

describe('auth.requireUser', () => {
  it('refuses a session cookie that another site made the browser send, with 403 in the middleware', async () => {
    const { site } = await newSite()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'cookie' })
    const cookie = `${site.auth.config.cookies.sessionName}=${issued.token}`
    const app = new Hono()
    app.post('/members', requireUserInHono(site.auth), (c) => c.text(c.get('user').username ?? ''))
    const post = (origin: string) => app.request('/members', { method: 'POST', headers: { cookie, origin } })
    expect((await post('https://evil.example')).status).toBe(403)
    expect(await (await post('https://acme.test')).text()).toBe('ann')
  })

  it('never falls back from a bad header to a good cookie', async () => {
    const { site } = await newSite()
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'cookie' })
    const headers = new Headers({
      cookie: `${site.auth.config.cookies.sessionName}=${issued.token}`,
      authorization: 'Basic eDp5',
    })
    await expect(site.auth.requireUser({ method: 'GET', headers })).rejects.toMatchObject({ code: 'token_invalid' })
  })
})

const headOf = (token: string): { readonly method: string; readonly headers: Headers } => ({
  method: 'GET',
  headers: new Headers({ authorization: token }),
})
