import { describe, expect, it } from 'vitest'
import { createAuth } from '../../../src/create-auth.ts'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { TEST_ORIGIN, TEST_SECRET } from '../../support/test-auth.ts'
import { testStore } from '../../support/test-store.ts'
import { empty, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

describe('§1.2 answers', () => {
  it('§1.2 response type: JSON without a charset and without spaces, with Vary and Allow', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const { headers, text } = await site.call('GET users/me/', { token })
    expect(headers.get('content-type')).toBe('application/json')
    expect(text).not.toMatch(/[:,] /)
    expect(headers.get('vary')).toBe('Accept')
    expect(headers.get('allow')).toBe('GET, PUT, PATCH, DELETE, HEAD, OPTIONS')
  })

  it.each([
    ['users/', 'GET, POST, HEAD, OPTIONS'],
    ['users/1/', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    ['users/me/', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    ['users/activation/', 'POST, OPTIONS'],
    ['users/resend_activation/', 'POST, OPTIONS'],
    ['users/set_password/', 'POST, OPTIONS'],
    ['users/reset_password/', 'POST, OPTIONS'],
    ['users/reset_password_confirm/', 'POST, OPTIONS'],
    ['users/set_username/', 'POST, OPTIONS'],
    ['users/reset_username/', 'POST, OPTIONS'],
    ['users/reset_username_confirm/', 'POST, OPTIONS'],
    ['token/login/', 'POST, OPTIONS'],
    ['token/logout/', 'POST, OPTIONS'],
    ['jwt/create/', 'POST, OPTIONS'],
    ['jwt/refresh/', 'POST, OPTIONS'],
    ['jwt/verify/', 'POST, OPTIONS'],
    ['', 'GET, HEAD, OPTIONS'],
  ])('§1.2 response type: %s allows %s', async (path, allow) => {
    const site = newSite()
    const { token } = await site.member('ann')
    const answer = await site.call(`OPTIONS ${path}`, { token })
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, allow])
  })

  it('§1.2 response type: answers vary by the cookie wherever the session scheme was asked', async () => {
    const { call } = newSite({ djoser: { authentication: ['session', 'token'] } })
    expect((await call('GET users/me/')).headers.get('vary')).toBe('Accept, Cookie')
    expect((await call('POST jwt/create/', { json: {} })).headers.get('vary')).toBe('Accept')
  })

  it('§1.2 204 and empty 400: no body and no type, with Allow', async () => {
    const site = newSite()
    await site.addUser('ann')
    const reset = await site.call('POST users/reset_password/', { json: { email: 'ann@example.org' } })
    expect([empty(reset), reset.headers.get('allow')]).toEqual([204, 'POST, OPTIONS'])
    const resend = await site.call('POST users/resend_activation/', { json: { email: 'ann@example.org' } })
    expect([empty(resend), resend.headers.get('allow')]).toEqual([400, 'POST, OPTIONS'])
  })

  it.each([
    '*/*',
    'application/*',
    'application/json',
    'application/json; indent=4',
    'text/csv, application/json;q=0.1',
  ])('§1.2 Accept: %s is fine', async (accept) => {
    const answer = await newSite().call('GET users/me/', { headers: { accept } })
    expect(told(answer)).toEqual([401, DETAILS.anonymous])
  })

  it.each(['text/csv', 'application/xml', 'image/*'])(
    '§1.2 Accept: %s is 406, before anybody is asked who they are',
    async (accept) => {
      const refusal = [406, { detail: 'Could not satisfy the request Accept header.' }]
      for (const row of ['GET users/me/', 'GET users/me/?format=json', 'POST users/']) {
        expect(told(await newSite().call(row, { headers: { accept } }))).toEqual(refusal)
      }
    },
  )

  it('§1.2 Accept: format=json is JSON, and another format is 404', async () => {
    const { call } = newSite()
    expect(told(await call('GET users/me/?format=json'))).toEqual([401, DETAILS.anonymous])
    expect(told(await call('GET users/me/?format=xml'))).toEqual([404, DETAILS.notFound])
  })

  it('§1.2 Accept: text/html is a page that shows the answer', async () => {
    const answer = await newSite().call('GET users/me/', { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
    expect(answer.text).toContain(DETAILS.anonymous.detail)
  })

  it.each(['nonsense/', 'users/1/nonsense/', 'o/google/', 'webauthn/login/'])(
    '§1.2 unrouted path: %s is 404 and no JSON',
    async (path) => {
      const { status, headers } = await newSite().call(`GET ${path}`)
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      expect(headers.get('allow')).toBeNull()
    },
  )

  it('§1.2 wrong method: 405 with Allow, only after authentication and permission', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const refused = await site.call('PUT users/set_password/', { token })
    expect(told(refused)).toEqual([405, { detail: 'Method "PUT" not allowed.' }])
    expect(refused.headers.get('allow')).toBe('POST, OPTIONS')
    expect(told(await site.call('PUT users/set_password/'))).toEqual([401, DETAILS.anonymous])
    expect(told(await site.call('GET token/login/'))).toEqual([405, { detail: 'Method "GET" not allowed.' }])
  })

  it('§1.2 error shapes: fields, several fields together, and the request', async () => {
    const { call } = newSite()
    expect((await call('POST users/', { json: [] })).text).toMatch(/^\{"non_field_errors":\["[^"]+"\]\}$/)
    expect((await call('POST users/', { json: { username: 'a', password: PASSWORD, email: 'x' } })).text).toBe(
      `{"email":["${WORDS.MAIL}"]}`,
    )
    expect((await call('GET users/me/')).text).toBe(JSON.stringify(DETAILS.anonymous))
  })

  it('§1.2 throttling, CORS, paging: a plain OPTIONS of nobody below users/ is 401, and the list has no pages', async () => {
    const site = newSite()
    expect((await site.call('OPTIONS users/')).status).toBe(401)
    const { token } = await site.member('ann')
    expect(Array.isArray((await site.call('GET users/', { token })).body)).toBe(true)
    expect((await site.call('GET users/', { token })).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('§1.2 throttling, CORS, paging: with pages the list is one of count, next, previous and results', async () => {
    const site = newSite({ djoser: { pageSize: 2 } })
    const { token } = await site.member('boss', { isStaff: true })
    await site.addUser('ann')
    await site.addUser('ben')
    const first = await site.call('GET users/', { token })
    expect(first.body).toMatchObject({ count: 3, previous: null, results: [{ username: 'boss' }, { username: 'ann' }] })
    const { next } = first.body as { readonly next: string }
    expect(next).toBe(`${TEST_ORIGIN}/auth/users/?page=2`)
    const second = await site.call('GET users/?page=2', { token })
    expect(second.body).toMatchObject({ count: 3, next: null, results: [{ username: 'ben' }] })
    for (const page of ['3', '0', '-1', 'x']) {
      const beyond = await site.call(`GET users/?page=${page}`, { token })
      expect(told(beyond)).toEqual([404, { detail: 'Invalid page.' }])
    }
  })

  it('§1.2 throttling: what is asked for too often is 429 with Retry-After, unlike the original, which never throttles', async () => {
    const auth = createAuth({
      store: testStore(),
      secrets: [TEST_SECRET],
      site: { name: 'Acme', origin: TEST_ORIGIN },
      logger: false,
      rateLimits: { mailsPerAddress: { count: 1, perSeconds: 60 } },
      environment: 'development',
      mounts: { '/auth': djoser() },
    })
    const ask = (): Promise<Response> =>
      auth.fetch(
        new Request(`${TEST_ORIGIN}/auth/users/reset_password/`, {
          method: 'POST',
          body: '{"email":"ann@example.org"}',
          headers: { 'content-type': 'application/json' },
        }),
        { address: '192.0.2.1' },
      )
    expect((await ask()).status).toBe(204)
    const refused = await ask()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await refused.json()).toEqual({ detail: 'Request was throttled. Expected available in 60 seconds.' })
    await auth.close()
  })
})
