import { describe, expect, it } from 'vitest'
import type { Logger } from '../../src/contracts/logger.ts'
import { DESCRIPTIONS, type EndpointName } from '../../src/dialects/portress-api/descriptions.ts'
import { AuthError, ERRORS, type ErrorCode } from '../../src/errors.ts'
import { de } from '../../src/messages/de.ts'
import { en } from '../../src/messages/en.ts'
import { apiWorlds, codesOf, PASSWORD } from '../support/api-world.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const newWorld = apiWorlds()

const ENDPOINTS = Object.keys(DESCRIPTIONS) as readonly EndpointName[]

const LOGIN = { method: 'POST', headers: { 'content-type': 'application/json' } }

/** The status of every code: a change here is a change for every client. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_credentials: 401,
  wrong_current_password: 403,
  not_authenticated: 401,
  token_invalid: 401,
  code_invalid: 400,
  email_not_verified: 403,
  user_not_active: 403,
  locked_out: 429,
  rate_limited: 429,
  overloaded: 503,
  unavailable: 503,
  validation_failed: 400,
  malformed_request: 400,
  unsupported_media_type: 415,
  payload_too_large: 413,
  registration_closed: 403,
  forbidden: 403,
  cross_site_request: 403,
  not_found: 404,
  method_not_allowed: 405,
  refused_by_hook: 403,
  provider_refused: 401,
  provider_unavailable: 502,
  social_state_invalid: 400,
  email_in_use: 409,
  identity_taken: 409,
  last_way_in: 409,
}

describe('a refusal', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])(
    'is put as problem details in the reader’s language: %s',
    async (code) => {
      const { auth, addUser } = await newWorld({
        hooks: {
          beforeLogin: () => {
            throw new AuthError(code, { retryAfterSeconds: 7 })
          },
        },
      })
      await addUser('ann')
      const body = JSON.stringify({ identifier: 'ann', password: PASSWORD })
      for (const messages of [en, de]) {
        const headers = { ...LOGIN.headers, 'accept-language': `${messages.language}-XX, fr;q=0.9` }
        const response = await auth.fetch(new Request(`${TEST_ORIGIN}/api/login`, { ...LOGIN, headers, body }))
        expect([response.status, response.headers.get('content-type')]).toEqual([
          STATUS[code],
          'application/problem+json',
        ])
        expect(response.headers.get('retry-after')).toBe('7')
        expect(await response.json()).toEqual({
          type: `urn:portress:error:${code}`,
          title: expect.stringMatching(/^[A-Z][a-z ]+$/),
          status: STATUS[code],
          detail: messages.errors[code]({ retryAfterSeconds: 7 }),
          code,
        })
      }
    },
  )

  it('puts the complaints about fields in the reader’s language', async () => {
    const { call } = await newWorld()
    const json = { username: 'ann', email: 'nowhere', password: '1234' }
    const { body } = await call('POST /register', { json, headers: { 'accept-language': 'de' } })
    expect(body.detail).toBe('Bitte prüfen Sie Ihre Angaben.')
    expect(body.errors['email']).toEqual([{ code: 'email_invalid', message: de.fieldErrors.email_invalid({}) }])
    expect(body.errors['password']?.[0]).toEqual({
      code: 'password_too_short',
      message: de.fieldErrors.password_too_short({ minLength: 8 }),
      params: { minLength: 8 },
    })
  })

  it('stays in the first language for a reader of another', async () => {
    const { call } = await newWorld()
    const { body } = await call('GET /me', { headers: { 'accept-language': 'fr, es;q=0.5' } })
    expect(body.detail).toBe(en.errors.not_authenticated({}))
  })
})

describe('a missing or bad credential', () => {
  const own = ENDPOINTS.filter((name) => /me|sessions|logout|\bchange$|connect|identities/.test(name))

  it.each(own)('is refused before anything else is looked at: %s', async (name) => {
    const { call } = await newWorld()
    const nobody = await call(name)
    expect([nobody.status, nobody.body.code]).toEqual([401, 'not_authenticated'])
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
    const stranger = await call(name, { token: 'x'.repeat(43) })
    expect([stranger.status, stranger.body.code]).toEqual([401, 'token_invalid'])
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  it.each(ENDPOINTS.filter((name) => !own.includes(name)))('does not matter to %s', async (name) => {
    const { call } = await newWorld()
    expect((await call(name, { token: 'x'.repeat(43), headers: { cookie: 'x' } })).body.code).not.toBe('token_invalid')
  })
})

describe('an address', () => {
  it('that is not there is a problem, too', async () => {
    const { auth } = await newWorld()
    for (const path of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/me/',
      '/api//me',
      '/api/%6De',
      '/api/ME',
      '/api/sessions/a/b',
    ]) {
      const response = await auth.fetch(new Request(TEST_ORIGIN + path))
      expect([path, response.status, await response.json()]).toMatchObject([path, 404, { code: 'not_found' }])
    }
  })

  it.each(['/login', '/me', '/sessions', '/sessions/x', '/openapi.json'])(
    'names the methods that it answers: %s',
    async (path) => {
      const { auth } = await newWorld()
      const methods = ENDPOINTS.map((name) => name.split(' '))
        .filter(([, template]) => template?.replace(':id', 'x') === path)
        .flatMap(([method = '']) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      const allow = [...methods, 'OPTIONS'].join(', ')
      const refused = await auth.fetch(new Request(`${TEST_ORIGIN}/api${path}`, { method: 'PUT' }))
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, allow])
      expect(await refused.json()).toMatchObject({ status: 405, code: 'method_not_allowed' })
      const options = await auth.fetch(new Request(`${TEST_ORIGIN}/api${path}`, { method: 'OPTIONS' }))
      expect([options.status, options.headers.get('allow'), await options.text()]).toEqual([204, allow, ''])
    },
  )

  it('answers HEAD as GET, without the body', async () => {
    const { auth, memberToken } = await newWorld()
    const headers = { authorization: `Bearer ${await memberToken('ann')}` }
    for (const path of ['/me', '/sessions', '/openapi.json', '/nothing']) {
      const get = await auth.fetch(new Request(`${TEST_ORIGIN}/api${path}`, { headers }))
      const head = await auth.fetch(new Request(`${TEST_ORIGIN}/api${path}`, { method: 'HEAD', headers }))
      expect([path, head.status, await head.text()]).toEqual([path, get.status, ''])
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    }
  })

  it('tells a trusted origin what it may send, and no other', async () => {
    const site = { name: 'Acme', origin: TEST_ORIGIN, trustedOrigins: ['https://app.test'] }
    const { auth } = await newWorld({ site })
    const preflight = (origin: string): Promise<Response> =>
      auth.fetch(new Request(`${TEST_ORIGIN}/api/me`, { method: 'OPTIONS', headers: { origin } }))
    const trusted = await preflight('https://app.test')
    expect(trusted.headers.get('access-control-allow-origin')).toBe('https://app.test')
    expect(trusted.headers.get('access-control-allow-methods')).toBe('GET, HEAD, PATCH, DELETE, OPTIONS')
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('every answer', () => {
  it.each(ENDPOINTS)('is kept by nobody: %s', async (name) => {
    const { call } = await newWorld()
    const { headers } = await call(name, { json: name.startsWith('GET') ? undefined : {} })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('vary')).toContain('Authorization')
  })
})

describe('a fault', () => {
  it('shows its id, which is in the log with the error, and nothing more', async () => {
    const logged: { readonly fields: object; readonly message: string }[] = []
    const logger: Logger = {
      debug() {},
      info() {},
      warn() {},
      error: (fields, message) => logged.push({ fields, message }),
    }
    const error = new Error('the inner secret')
    const { addUser, logIn } = await newWorld({ logger, hooks: { beforeLogin: () => Promise.reject(error) } })
    await addUser('ann')
    const { status, headers, body, text } = await logIn('ann')
    expect(status).toBe(500)
    expect(body).toEqual({
      type: 'urn:portress:error:internal_error',
      title: 'Internal error',
      status: 500,
      code: 'internal_error',
      instance: `urn:uuid:${body.requestId}`,
      requestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    })
    expect(headers.get('x-request-id')).toBe(body.requestId)
    expect(text).not.toContain('secret')
    expect(logged).toEqual([
      { fields: { err: error, requestId: body.requestId }, message: 'a request failed unexpectedly' },
    ])
  })

  it('of the store is a 503 that says when to come back', async () => {
    const unavailable = (): Promise<never> => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 3 }))
    const store = replacedStore(({ users }) => ({ users: { ...users, findByIdentifier: unavailable } }))
    const { call } = await newWorld({ store })
    const { status, headers, body } = await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '3'])
  })
})

describe('too much at once', () => {
  it('is refused with the time to come back', async () => {
    const rateLimits = {
      registrationsPerAddress: { count: 2, perSeconds: 3600 },
      codesPerAddress: { count: 1, perSeconds: 60 },
    }
    const { call } = await newWorld({ rateLimits })
    for (const name of ['ann', 'bob']) {
      const json = { username: name, email: `${name}@example.org`, password: PASSWORD }
      expect((await call('POST /register', { json })).status).toBe(201)
    }
    const json = { username: 'eve', email: 'eve@example.org', password: PASSWORD }
    const refused = await call('POST /register', { json })
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'rate_limited',
      '1800',
    ])
    await call('POST /unlock', { json: { code: 'x' } })
    const { headers } = await call('POST /unlock', { json: { code: 'x' } })
    expect(headers.get('retry-after')).toBe('60')
  })

  it('for the hashers is a 503', async () => {
    const overloaded = (): Promise<never> => Promise.reject(new AuthError('overloaded', { retryAfterSeconds: 2 }))
    const hasher = {
      hash: overloaded,
      verify: overloaded,
      needsRehash: () => false,
      close: async () => undefined,
      evaluations: () => 0,
    }
    const { call } = await newWorld({ passwords: { hasher } })
    const { status, headers, body } = await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'overloaded', '2'])
  })
})

describe('the body', () => {
  it('may be a form', async () => {
    const { addUser, call } = await newWorld()
    await addUser('ann')
    expect((await call('POST /login', { form: { identifier: 'ann', password: PASSWORD } })).status).toBe(200)
    const { body } = await call('POST /login', { form: { identifier: 'ann', extra: 'x' } })
    expect(codesOf(body)).toEqual({ password: ['required'], extra: ['unknown_field'] })
  })

  it('may name its charset, and may be missing altogether', async () => {
    const { addUser, call } = await newWorld()
    await addUser('ann')
    const body = JSON.stringify({ identifier: 'ann', password: PASSWORD })
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await call('POST /login', { headers, body })).status).toBe(200)
    const missing = await call('POST /login')
    expect(codesOf(missing.body)).toEqual({ identifier: ['required'], password: ['required'] })
  })
})
