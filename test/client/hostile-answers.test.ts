/** What comes back when it is not the API that answers, or not in time, or not at all. */
import { describe, expect, it } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { PASSWORD } from '../support/api-world.ts'
import { freePort } from '../support/free-port.ts'
import { httpServer } from '../support/http-server.ts'
import { brought, clientSites, codeOf } from './client-site.ts'

const newSite = clientSites()

const CREDENTIALS = { identifier: 'ann', password: PASSWORD }

const PROBLEM = { type: 'urn:portress:error:forbidden', title: 'x', status: 403, code: 'forbidden', detail: 'No.' }

const json = (body: unknown, init: ResponseInit = {}): Response => Response.json(body, init)

/** What proxies, captive portals and worse answer. */
const ANSWERS: readonly (readonly [name: string, answer: () => Response, status: number])[] = [
  ['a gateway’s page', () => new Response('<html><h1>502 Bad Gateway</h1>', { status: 502 }), 502],
  ['a portal’s page that claims success', () => new Response('<html>Log in to the Wi-Fi'), 200],
  ['JSON that breaks off', () => new Response('{"user":{"id":1,"userna'), 200],
  ['a refusal that breaks off', () => new Response(JSON.stringify(PROBLEM).slice(0, -1), { status: 403 }), 403],
  ['nothing', () => new Response(null), 200],
  ['success without content', () => new Response(null, { status: 204 }), 204],
  ['JSON that is no object', () => json('user'), 200],
  ['a list', () => json([{ user: {} }]), 200],
  ['null', () => json(null), 200],
  ['another object', () => json({ ok: true }), 200],
  ['a key from a prototype', () => new Response('{"__proto__":{"user":{}}}'), 200],
  ['somebody else’s problem', () => json({ ...PROBLEM, type: 'about:blank' }, { status: 403 }), 403],
  ['a code that is no text', () => json({ ...PROBLEM, code: 7 }, { status: 403 }), 403],
  ['a refusal that claims success', () => json(PROBLEM), 200],
  ['a code of the client’s own', () => json({ code: 'network', detail: '' }, { status: 400 }), 400],
  ['a way to another site', () => Response.redirect('https://evil.test/', 307), 307],
  ['bytes that are no text', () => new Response(new Uint8Array([0xff, 0xfe, 0, 0xc3])), 200],
]

describe('an answer that is none of the API', () => {
  it.each(ANSWERS)('is told as such: %s', async (_name, answer, status) => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.intercept(answer)
    for (const call of [() => client.currentUser(), () => client.login(CREDENTIALS)]) {
      expect(await call()).toEqual({
        ok: false,
        error: { code: 'unexpected_answer', status, requestId: null, retryAfterSeconds: null },
      })
    }
    // Whatever it was, the session is not over.
    site.intercept(null)
    brought(await client.currentUser())
  })

  it('does not log anybody in without what the carrier needs', async () => {
    const site = await newSite()
    await site.addUser('ann')
    for (const carrier of ['token', 'jwt'] as const) {
      site.intercept(() => json({ user: {}, session: {} }))
      expect(codeOf(await site.client({ carrier }).login(CREDENTIALS))).toBe('unexpected_answer')
    }
  })

  it('is not taken for done where nothing is to come back', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    site.intercept(() => new Response('<html>Log in to the Wi-Fi'))
    expect(codeOf(await client.logout())).toBe('unexpected_answer')
    site.intercept(null)
    brought(await client.currentUser())
  })

  it('may say when to come back', async () => {
    const site = await newSite()
    site.intercept(() => new Response('busy', { status: 503, headers: { 'retry-after': '7' } }))
    const client = site.client()
    expect(await client.listProviders()).toMatchObject({ error: { status: 503, retryAfterSeconds: 7 } })
    site.intercept(
      () => new Response('busy', { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }),
    )
    expect(await client.listProviders()).toMatchObject({ error: { status: 503, retryAfterSeconds: null } })
  })

  it('names the request under which the server has logged its own fault', async () => {
    const site = await newSite()
    const requestId = '01a0b2c3'
    const fault = {
      type: 'urn:portress:error:internal_error',
      title: 'x',
      status: 500,
      code: 'internal_error',
      requestId,
    }
    site.intercept(() => json(fault, { status: 500 }))
    expect(await site.client().listProviders()).toEqual({
      ok: false,
      error: { code: 'unexpected_answer', status: 500, requestId, retryAfterSeconds: null },
    })
  })
})

describe('no answer', () => {
  it('is told with its cause: nobody listens', async () => {
    const client = createClient({ baseUrl: `http://127.0.0.1:${await freePort()}/api` })
    expect(await client.login(CREDENTIALS)).toMatchObject({ error: { code: 'network', cause: expect.any(TypeError) } })
  })

  it('is told where the connection breaks in the middle of one', async () => {
    const server = await httpServer()
    server.answerWith(() => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"user":'))
        },
        pull: () => server.close(),
      })
      return new Response(body)
    })
    const client = createClient({ baseUrl: `${server.origin}/api` })
    expect(codeOf(await client.currentUser())).toBe('network')
  })
})

describe('a refusal', () => {
  it('names what is wrong with each field, in the reader’s language', async () => {
    const site = await newSite()
    const client = site.client({
      fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, 'accept-language': 'de' } }),
    })
    const result = await client.register({ username: 'ann', email: 'nonsense', password: 'x' })
    expect(result).toMatchObject({
      error: { code: 'validation_failed', status: 400, fields: { email: [{ code: 'email_invalid' }] } },
    })
    if (result.ok || result.error.code !== 'validation_failed') throw new Error('it was taken')
    expect(result.error.fields['email']?.[0]?.message).toContain('Adresse')
  })

  it('says how long to wait', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, mailsPerAddress: { count: 1, perSeconds: 60 } }
    const client = (await newSite({ rateLimits })).client()
    brought(await client.requestPasswordReset({ email: 'ann@example.org' }))
    expect(await client.requestPasswordReset({ email: 'ann@example.org' })).toMatchObject({
      error: { code: 'rate_limited', status: 429, retryAfterSeconds: 60 },
    })
  })

  it('stands without complaints that cannot be read', async () => {
    const site = await newSite()
    const problem = { ...PROBLEM, type: 'urn:portress:error:validation_failed', code: 'validation_failed' }
    for (const errors of [undefined, null, 'x', 7, ['x'], { email: 'x' }]) {
      site.intercept(() => json({ ...problem, errors }, { status: 400 }))
      expect(await site.client().activate({ code: 'x' })).toMatchObject({
        error: { code: 'validation_failed', fields: {} },
      })
    }
  })
})
