import { createHash, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { field } from '../../src/model/declare-field.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { apiWorlds, codesOf } from '../support/api-world.ts'
import { type SampleProvider, sampleProvider } from '../support/sample-provider.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const ANN = { subject: '4711', email: 'ann@example.org', emailVerified: true, usernameHint: 'ann' } as const

const SESSION_COOKIE = '__Host-portress-session'

const newWorld = apiWorlds()

let provider: SampleProvider

beforeEach(() => {
  provider = sampleProvider()
})

const socialWorld = <const F extends FieldDefinitions = Record<never, never>>(options: Partial<AuthOptions<F>> = {}) =>
  newWorld<F>({
    mounts: { '/api': portressApi(), '/': pages() },
    site: { name: 'Acme', origin: TEST_ORIGIN, trustedOrigins: ['https://app.acme.test'] },
    ...options,
    social: { providers: [provider.factory, sampleProvider('other').factory], ...options.social },
  })

const cookiesOf = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.getSetCookie().map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie]))

const pairOf = (cookie = ''): string => cookie.split(';', 1)[0] ?? ''

describe('GET /social/providers', () => {
  it('lists them in the configured order, and none where there are none', async () => {
    const { call } = await socialWorld()
    expect((await call('GET /social/providers')).body.providers).toEqual([
      { name: 'sample', title: 'The sample' },
      { name: 'other', title: 'The other' },
    ])
    expect((await (await newWorld()).call('GET /social/providers')).body.providers).toEqual([])
  })
})

describe('POST /social/:provider/login', () => {
  it('logs in whom the provider proves, and says whether they are new', async () => {
    const { call } = await socialWorld()
    const first = await call('POST /social/:provider/login', { json: { accessToken: provider.tokenFor(ANN) } })
    expect(first).toMatchObject({ status: 200, body: { isNew: true, user: { username: 'ann', emailVerified: true } } })
    const again = await call('POST /social/:provider/login', { form: { accessToken: provider.tokenFor(ANN) } })
    expect(again.body).toMatchObject({ isNew: false, user: { id: first.body.user.id } })
    expect((await call('GET /me', { token: again.body.token })).body.user.username).toBe('ann')
  })

  it('has the carriers of a log-in by password', async () => {
    const { call } = await socialWorld()
    const logIn = (carrier: string) =>
      call('POST /social/:provider/login', { json: { accessToken: provider.tokenFor(ANN), carrier } })
    const jwt = await logIn('jwt')
    expect(jwt.body.accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    const cookie = await logIn('cookie')
    expect(cookie.body).not.toHaveProperty('token')
    expect(cookiesOf(cookie.headers)[SESSION_COOKIE]).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    expect((await logIn('simple-jwt')).body).toMatchObject({ code: 'validation_failed' })
  })

  it('asks a new user for the declared fields that the application wants, and nobody else', async () => {
    const { call } = await socialWorld({
      user: {
        fields: { motto: field.text({ required: true }), rank: field.text({ default: 'none', writable: false }) },
        profiles: { address: { street: field.text({}) } },
      },
    })
    const logIn = (own: object) =>
      call('POST /social/:provider/login', { json: { accessToken: provider.tokenFor(ANN), ...own } })
    expect(codesOf((await logIn({})).body)).toEqual({ motto: ['required'] })
    expect(codesOf((await logIn({ motto: 'x', rank: 'king' })).body)).toEqual({ rank: ['not_writable'] })
    expect(codesOf((await logIn({ motto: 'x', isStaff: true })).body)).toEqual({ isStaff: ['unknown_field'] })
    const made = await logIn({ motto: 'festina lente', address: { street: 'Elm' } })
    expect(made.body.user).toMatchObject({ motto: 'festina lente', address: { street: 'Elm' } })
    expect((await logIn({})).body.isNew).toBe(false)
  })

  it('refuses what proves nobody', async () => {
    const { call } = await socialWorld()
    const post = async (json: unknown, of = 'sample') => {
      const { status, body } = await call('POST /social/:provider/login', { json, provider: of })
      return [status, body.code]
    }
    expect(await post({})).toEqual([400, 'validation_failed'])
    expect(await post({ accessToken: 'made up' })).toEqual([401, 'provider_refused'])
    expect(await post({ accessToken: provider.tokenFor(ANN, 'another application') })).toEqual([
      401,
      'provider_refused',
    ])
    expect(await post({ accessToken: provider.tokenFor(ANN) }, 'nobody')).toEqual([404, 'not_found'])
    expect(await post({ accessToken: provider.tokenFor(ANN) }, '__proto__')).toEqual([404, 'not_found'])
    provider.breakDown(new IdentityProviderError('unreachable'))
    expect(await post({ accessToken: 'x' })).toEqual([502, 'provider_unavailable'])
  })

  it.each([7, true, {}, [], ['x'], '\0', '\ud800', 'x'.repeat(9000)])('refuses %.20j for a token', async (value) => {
    const { call } = await socialWorld()
    for (const name of ['accessToken', 'code', 'idToken', 'tokenSecret', 'codeVerifier', 'nonce']) {
      const answer = await call('POST /social/:provider/login', { json: { accessToken: 'x', [name]: value } })
      expect([answer.status, Object.keys(answer.body.errors)], name).toEqual([400, [name]])
    }
  })

  it('has an answer for whoever may not come in', async () => {
    const { auth, call, addUser } = await socialWorld()
    await addUser('ann')
    const logIn = async (person: Parameters<SampleProvider['tokenFor']>[0]) => {
      const json = { accessToken: provider.tokenFor(person) }
      const { status, body } = await call('POST /social/:provider/login', { json })
      return [status, body.code]
    }
    expect(await logIn(ANN)).toEqual([409, 'email_in_use'])
    expect(await logIn({ subject: '9', email: 'new@example.org', usernameHint: 'new' })).toEqual([
      403,
      'email_not_verified',
    ])
    await logIn({ ...ANN, subject: '10', email: 'bob@example.org', usernameHint: 'bob' })
    const bob = await auth.findUser('bob')
    await auth.setStatus({ userId: bob?.id ?? 0, status: 'disabled' })
    expect(await logIn({ ...ANN, subject: '10' })).toEqual([401, 'invalid_credentials'])
  })
})

describe('POST /social/:provider/begin', () => {
  it('gives the address to go to, and keeps the rest in a cookie that no script reads', async () => {
    const { call, auth } = await socialWorld()
    const { body, headers, text } = await call('POST /social/:provider/begin', { json: { next: '/welcome' } })
    expect(new URL(body.url).origin).toBe('https://sample.test')
    expect(body.expiresAt).toBe('2026-03-01T12:10:00.000Z')
    const { '__Host-portress-social': cookie = '' } = cookiesOf(headers)
    expect(cookie).toMatch(/^__Host-portress-social=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/)
    expect(text).not.toContain(pairOf(cookie).split('=')[1])
    const params = provider.visit(body.url, ANN)
    const callback = `${TEST_ORIGIN}/account/social/sample/callback?${params}`
    const back = await auth.fetch(new Request(callback, { headers: { cookie: pairOf(cookie) } }))
    expect([back.status, back.headers.get('location')]).toEqual([303, `${TEST_ORIGIN}/welcome`])
  })

  it('lets a provider that posts have its cookie, and only that one', async () => {
    const posting = sampleProvider('posting')
    const { call } = await socialWorld({
      social: { providers: [(tools) => ({ ...posting.factory(tools), responseMode: 'form_post' })] },
    })
    const { headers } = await call('POST /social/:provider/begin', { provider: 'posting', json: {} })
    expect(cookiesOf(headers)['__Host-portress-social']).toMatch(/; HttpOnly; SameSite=None; Secure$/)
  })

  it('leads nowhere but to trusted places', async () => {
    const { call } = await socialWorld()
    for (const next of ['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)', 7, ['/x'], '/\0']) {
      const { status, body } = await call('POST /social/:provider/begin', { json: { next } })
      expect([status, Object.keys(body.errors)]).toEqual([400, ['next']])
    }
  })

  it('is refused from another site', async () => {
    const { call } = await socialWorld()
    const headers = { origin: 'https://evil.test' }
    const { status, body } = await call('POST /social/:provider/begin', { json: {}, headers })
    expect([status, body.code]).toEqual([403, 'cross_site_request'])
  })

  it('is limited by address', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, socialLoginsPerAddress: { count: 1, perSeconds: 60 } }
    const { call } = await socialWorld({ rateLimits })
    expect((await call('POST /social/:provider/begin', { json: {} })).status).toBe(200)
    const { status, headers } = await call('POST /social/:provider/begin', { json: {} })
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
  })
})

describe('POST /social/exchange', () => {
  it('begins a session for the page that knows the verifier, once', async () => {
    const { call, auth } = await socialWorld()
    const verifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const next = 'https://app.acme.test/done'
    const begun = await call('POST /social/:provider/begin', { json: { next, challenge } })
    const cookie = pairOf(cookiesOf(begun.headers)['__Host-portress-social'])
    const callback = `${TEST_ORIGIN}/account/social/sample/callback?${provider.visit(begun.body.url, ANN)}`
    const back = await auth.fetch(new Request(callback, { headers: { cookie } }))
    const target = new URL(back.headers.get('location') ?? '')
    expect(target.origin + target.pathname + target.search).toBe(next)
    expect(back.headers.getSetCookie().join()).not.toContain(SESSION_COOKIE)
    const code = new URLSearchParams(target.hash.slice(1)).get('code')
    const exchange = (json: object) => call('POST /social/exchange', { json })
    expect((await exchange({ code, verifier: 'guessed' })).body.code).toBe('code_invalid')
    const { body } = await exchange({ code, verifier })
    expect(body).toMatchObject({ isNew: true, user: { username: 'ann' } })
    expect((await call('GET /me', { token: body.token })).status).toBe(200)
    expect((await exchange({ code, verifier })).body.code).toBe('code_invalid')
  })
})

describe('identities', () => {
  it('are connected with what the client got, listed, and taken away; the owner is told by mail', async () => {
    const { auth, call, mailer, memberToken } = await socialWorld()
    const token = await memberToken('bob')
    const connect = (person = ANN) =>
      call('POST /social/:provider/connect', {
        token,
        json: { accessToken: provider.tokenFor(person) },
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      })
    const { status, body } = await connect()
    expect([status, body.identity]).toMatchObject([200, { provider: 'sample', subject: '4711', email: ANN.email }])
    expect((await connect()).body.identity.id).toBe(body.identity.id)
    await auth.flush()
    const told = mailer.sent.filter(({ subject }) => subject === 'A new way to log in to your account at Acme')
    expect(told).toMatchObject([{ to: 'bob@example.org', text: expect.stringContaining('connected The sample with') }])
    expect(told[0]?.text).toContain('Firefox')
    expect(told[0]?.text).toContain('192.0.2.1')

    expect((await call('GET /identities', { token })).body.identities).toEqual([body.identity])
    const id = String(body.identity.id)
    expect((await call('DELETE /identities/:id', { token, id })).status).toBe(204)
    expect((await call('DELETE /identities/:id', { token, id })).status).toBe(404)
    expect((await call('GET /identities', { token })).body.identities).toEqual([])
  })

  it('tell nothing of a provider’s tokens', async () => {
    const { call, memberToken } = await socialWorld({ social: { storeTokens: true } })
    const token = await memberToken('bob')
    const json = { accessToken: provider.tokenFor(ANN) }
    const { text } = await call('POST /social/:provider/connect', { token, json })
    expect(text).not.toMatch(/sealed|tokens/i)
  })

  it('are nobody else’s, and not taken from anybody', async () => {
    const { call, memberToken } = await socialWorld()
    const [ann, bob] = [await memberToken('annie'), await memberToken('bob')]
    const json = { accessToken: provider.tokenFor(ANN) }
    const { body } = await call('POST /social/:provider/connect', { token: ann, json })
    const id = String(body.identity.id)
    expect((await call('DELETE /identities/:id', { token: bob, id })).body.code).toBe('not_found')
    const taken = await call('POST /social/:provider/connect', {
      token: bob,
      json: { accessToken: provider.tokenFor(ANN) },
    })
    expect([taken.status, taken.body.code]).toEqual([409, 'identity_taken'])
  })

  it('do not leave anybody without a way in', async () => {
    const { call } = await socialWorld()
    const json = { accessToken: provider.tokenFor(ANN) }
    const { token } = (await call('POST /social/:provider/login', { json })).body
    const [own] = (await call('GET /identities', { token })).body.identities
    const last = await call('DELETE /identities/:id', { token, id: String(own?.id) })
    expect([last.status, last.body.code]).toEqual([409, 'last_way_in'])
    for (const id of ['0', '-1', 'x', '1e1', '%00', '9'.repeat(40)]) {
      expect((await call('DELETE /identities/:id', { token, id })).status, id).toBe(404)
    }
  })

  it('want a session', async () => {
    const { call } = await socialWorld()
    for (const endpoint of [
      'GET /identities',
      'DELETE /identities/:id',
      'POST /social/:provider/connect',
      'POST /social/:provider/connect/begin',
    ] as const) {
      expect((await call(endpoint, { id: '1' })).body.code, endpoint).toBe('not_authenticated')
    }
  })

  it('are connected by way of the provider’s pages in the browser that holds the session', async () => {
    const { auth, call, addUser, logIn } = await socialWorld()
    await addUser('bob')
    const session = pairOf(cookiesOf((await logIn('bob', 'cookie')).headers)[SESSION_COOKIE])
    const begun = await call('POST /social/:provider/connect/begin', {
      json: { next: '/settings' },
      headers: { cookie: session, origin: TEST_ORIGIN },
    })
    const pending = pairOf(cookiesOf(begun.headers)['__Host-portress-social'])
    const callback = `${TEST_ORIGIN}/account/social/sample/callback?${provider.visit(begun.body.url, ANN)}`
    const back = await auth.fetch(new Request(callback, { headers: { cookie: `${session}; ${pending}` } }))
    expect([back.status, back.headers.get('location')]).toEqual([303, `${TEST_ORIGIN}/settings`])
    const { body } = await call('GET /identities', { headers: { cookie: session } })
    expect(body.identities).toMatchObject([{ subject: '4711' }])
  })

  it('cannot be connected there with a session that the browser does not send by itself', async () => {
    const { call, memberToken } = await socialWorld()
    const { status, body } = await call('POST /social/:provider/connect/begin', {
      json: {},
      token: await memberToken('bob'),
    })
    expect([status, body.code]).toEqual([403, 'forbidden'])
  })
})

describe('an existing account that an address is linked to', () => {
  it('is told of it by mail, and a new one is not', async () => {
    const { auth, call, mailer, addUser } = await socialWorld({ social: { linkProvenAddresses: true } })
    await addUser('ann')
    await auth.flush()
    const logIn = (person: typeof ANN | object) =>
      call('POST /social/:provider/login', { json: { accessToken: provider.tokenFor(person as typeof ANN) } })
    expect((await logIn(ANN)).body).toMatchObject({ isNew: false, user: { username: 'ann' } })
    expect((await logIn({ ...ANN, subject: '5', email: 'new@example.org', usernameHint: 'new' })).body.isNew).toBe(true)
    await auth.flush()
    const told = mailer.sent.filter(({ subject }) => subject.startsWith('A new way to log in'))
    expect(told.map(({ to }) => to)).toEqual(['ann@example.org'])
  })
})
