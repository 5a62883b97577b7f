import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { twitter } from '../../src/providers/twitter.ts'
import { openProvider, providerTools } from '../support/provider-tools.ts'
import { type StubCall, type StubServer, stubServer } from '../support/stub-server.ts'

const REDIRECT_URI = 'https://shop.example/callback/twitter'
const KEYS = { consumerKey: 'consumer', consumerSecret: 'consumer secret' }
const PAIR = {
  accessToken: '6253282-eWudHldSbIaelX7swmsiHImEL4KinwaGloHANdrY',
  tokenSecret: '2EEfA6BG3ly3sR3RjE0IBSnlQu4',
}

/** As "GET account/verify_credentials" shows it, shortened. */
const USER = {
  id: 38895958000000000000,
  id_str: '38895958000000000001',
  name: 'Sean Cook',
  screen_name: 'theSeanCook',
  email: 'sean@acme.example',
  protected: false,
}

let stub: StubServer

beforeAll(async () => {
  stub = await stubServer()
})

beforeEach(() => {
  stub.reset()
  stub.answer('/1.1/account/verify_credentials.json', (call) =>
    isSigned(call, PAIR.tokenSecret) ? USER : unauthorized(),
  )
})

afterAll(() => stub.close())

const byOAuth1 = (tools = providerTools()) => openProvider(twitter({ oauth1: KEYS, api: stub.origin }), tools)
const byOAuth2 = () =>
  openProvider(twitter({ oauth2: { clientId: 'client', clientSecret: 'sesame' }, api: stub.origin, host: stub.origin }))
const callOf = (path: string) => stub.calls.find((call) => call.path === path)

function unauthorized(): Response {
  return Response.json({ errors: [{ code: 32, message: 'Could not authenticate you.' }] }, { status: 401 })
}

function headerOf({ headers }: StubCall): Readonly<Record<string, string>> {
  const pairs = (headers.get('authorization') ?? '').matchAll(/(\w+)="([^"]*)"/g)
  return Object.fromEntries(Array.from(pairs, ([, name = '', value = '']) => [name, decodeURIComponent(value)]))
}

/** Signs the call once more, in a way of its own, as the provider over there does. */
function isSigned(call: StubCall, tokenSecret: string): boolean {
  const { oauth_signature: signature, ...protocol } = headerOf(call)
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const parameters = Object.entries({ ...call.query, ...protocol })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const base = [call.method, `${stub.origin}${call.path}`, parameters].map(encode).join('&')
  const key = `${encode(KEYS.consumerSecret)}&${encode(tokenSecret)}`
  return createHmac('sha1', key).update(base).digest('base64') === signature
}

describe('X with OAuth 1.0a, the API way', () => {
  it('proves whose token and secret they are', async () => {
    const proven = await byOAuth1().verify({ ...PAIR, redirectUri: REDIRECT_URI })
    expect(proven).toEqual({
      subject: '38895958000000000001',
      email: 'sean@acme.example',
      emailVerified: true,
      firstName: 'Sean',
      lastName: 'Cook',
      usernameHint: 'theSeanCook',
      extraData: { id_str: '38895958000000000001', name: 'Sean Cook', screen_name: 'theSeanCook' },
      tokens: { ...PAIR, refreshToken: null, expiresAt: null },
    })
    expect(stub.calls[0]?.query).toEqual({ include_email: 'true', include_entities: 'false', skip_status: 'true' })
  })

  it('signs each call with a new nonce and the moment of the clock (attack 169)', async () => {
    const tools = providerTools()
    const provider = byOAuth1(tools)
    await provider.verify({ ...PAIR, redirectUri: REDIRECT_URI })
    tools.clock.advance({ seconds: 7 })
    await provider.verify({ ...PAIR, redirectUri: REDIRECT_URI })
    const [first = {}, second = {}] = stub.calls.map(headerOf)
    const start = Date.parse('2026-03-01T12:00:00Z') / 1000
    expect([first['oauth_timestamp'], second['oauth_timestamp']]).toEqual([String(start), String(start + 7)])
    expect(first['oauth_nonce']).toMatch(/^[\w-]{22}$/)
    expect(second['oauth_nonce']).not.toBe(first['oauth_nonce'])
  })

  it('refuses a token whose secret is another', async () => {
    const refused = byOAuth1().verify({ ...PAIR, tokenSecret: 'other', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'invalid_grant', detail: 'status_401' })
  })

  it.each([
    ['no secret', { accessToken: 'a' }],
    ['no token', { tokenSecret: 'a' }],
    ['nothing', {}],
  ])('says that it was given %s', async (_what, proof) => {
    const refused = byOAuth1().verify({ ...proof, redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'missing_input' })
    expect(stub.calls).toEqual([])
  })

  it.each([['a\r\nX-Evil: 1'], ['\ud800'], ['\0'], ['"%']])('sends %j as a token like any other', async (hostile) => {
    const refused = byOAuth1().verify({ accessToken: hostile, tokenSecret: hostile, redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'invalid_grant' })
    expect(stub.calls[0]?.headers.get('x-evil')).toBeNull()
  })

  it.each([
    ['without an id', { ...USER, id_str: undefined }, 'malformed_answer'],
    ['with a refusal', { errors: [{ code: 89, message: 'Invalid or expired token.' }] }, 'invalid_grant'],
    ['that is a page', new Response('<html>'), 'malformed_answer'],
    ['that asks for patience', new Response('{}', { status: 429 }), 'unreachable'],
    ['of a server in trouble', new Response('{}', { status: 500 }), 'unreachable'],
    ['that redirects', Response.redirect('https://evil.example/'), 'malformed_answer'],
  ])('refuses an answer %s', async (_what, answer, reason) => {
    stub.answer('/1.1/account/verify_credentials.json', answer)
    const refused = byOAuth1().verify({ ...PAIR, redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
  })

  it('takes people without an address, which then is not proven either', async () => {
    stub.answer('/1.1/account/verify_credentials.json', { ...USER, email: null })
    const proven = await byOAuth1().verify({ ...PAIR, redirectUri: REDIRECT_URI })
    expect(proven).toMatchObject({ email: null, emailVerified: false })
  })
})

describe('X with OAuth 1.0a, the redirect way', () => {
  const input = { redirectUri: REDIRECT_URI, state: 's' }
  const form = (values: Record<string, string>) => new Response(new URLSearchParams(values).toString())

  beforeEach(() => {
    stub.answer('/oauth/request_token', (call) =>
      isSigned(call, '')
        ? form({ oauth_token: 'request', oauth_token_secret: 'request secret', oauth_callback_confirmed: 'true' })
        : unauthorized(),
    )
    stub.answer('/oauth/access_token', (call) =>
      isSigned(call, 'request secret') && headerOf(call)['oauth_verifier'] === 'seen'
        ? form({
            oauth_token: PAIR.accessToken,
            oauth_token_secret: PAIR.tokenSecret,
            user_id: '1',
            screen_name: 'other',
          })
        : unauthorized(),
    )
  })

  it('begins with a request token, which the callback has to name', async () => {
    const begun = await byOAuth1().begin(input)
    expect(begun).toEqual({
      url: `${stub.origin}/oauth/authenticate?oauth_token=request`,
      kept: { key: 'request', secret: 'request secret' },
      echo: { parameter: 'oauth_token', value: 'request' },
    })
    expect(headerOf(stub.calls[0] as StubCall)['oauth_callback']).toBe(REDIRECT_URI)
  })

  it('proves who came back, by asking and not by what the callback says', async () => {
    const provider = byOAuth1()
    const { kept } = await provider.begin(input)
    const params = new URLSearchParams({ oauth_token: 'request', oauth_verifier: 'seen' })
    expect(await provider.finish({ ...input, params, kept })).toMatchObject({ subject: USER.id_str })
  })

  it.each([
    ['another request token', { oauth_token: 'other', oauth_verifier: 'seen' }, 'state_mismatch'],
    ['no request token', { oauth_verifier: 'seen' }, 'state_mismatch'],
    ['no verifier', { oauth_token: 'request' }, 'state_mismatch'],
    ['an empty verifier', { oauth_token: 'request', oauth_verifier: '' }, 'state_mismatch'],
    ['a wrong verifier', { oauth_token: 'request', oauth_verifier: 'guessed' }, 'invalid_grant'],
    ['a no', { denied: 'request' }, 'denied_by_user'],
  ])('refuses a callback with %s (attack 169)', async (_what, answer, reason) => {
    const provider = byOAuth1()
    const { kept } = await provider.begin(input)
    const params = new URLSearchParams(answer as Record<string, string>)
    await expect(provider.finish({ ...input, params, kept })).rejects.toMatchObject({ reason })
  })

  it.each([
    ['does not confirm the callback', form({ oauth_token: 'a', oauth_token_secret: 'b' }), 'malformed_answer'],
    ['gives no secret', form({ oauth_token: 'a', oauth_callback_confirmed: 'true' }), 'malformed_answer'],
    [
      'gives more than a cookie can hold',
      form({ oauth_token: 'a'.repeat(2_000), oauth_token_secret: 'b', oauth_callback_confirmed: 'true' }),
      'malformed_answer',
    ],
    ['refuses our own keys', new Response('', { status: 401 }), 'misconfigured'],
    ['is down', new Response('', { status: 503 }), 'unreachable'],
  ])('does not begin when X %s', async (_what, answer, reason) => {
    stub.answer('/oauth/request_token', answer)
    await expect(byOAuth1().begin(input)).rejects.toMatchObject({ reason })
  })
})

describe('X with OAuth 2', () => {
  const input = { redirectUri: REDIRECT_URI, state: 's' }

  beforeEach(() => {
    stub.answer('/2/oauth2/token', {
      token_type: 'bearer',
      expires_in: 7200,
      access_token: 'bearer',
      scope: 'users.read',
    })
    stub.answer('/2/users/me', {
      data: { id: USER.id_str, name: 'Sean Cook', username: 'theSeanCook', confirmed_email: 'sean@acme.example' },
    })
  })

  it('proves who came back, as the same person as by OAuth 1.0a', async () => {
    const provider = byOAuth2()
    const { url, kept } = await provider.begin(input)
    expect(url.startsWith(`${stub.origin}/i/oauth2/authorize?`)).toBe(true)
    const params = new URLSearchParams({ code: 'abc', state: 's' })
    const proven = await provider.finish({ ...input, params, kept })
    expect(proven).toMatchObject({ subject: USER.id_str, email: 'sean@acme.example', emailVerified: true })
    expect(callOf('/2/oauth2/token')?.headers.get('authorization')).toBe(`Basic ${btoa('client:sesame')}`)
    expect(callOf('/2/oauth2/token')?.body).not.toContain('sesame')
    expect(callOf('/2/users/me')?.query).toEqual({ 'user.fields': 'confirmed_email' })
  })

  it('takes no bare access token, because X does not tell for whom it is', async () => {
    const refused = byOAuth2().verify({ accessToken: 'bearer', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'missing_input' })
    expect(stub.calls).toEqual([])
  })

  it('takes a token and its secret beside, where the keys of both are configured', async () => {
    const options = { oauth1: KEYS, oauth2: { clientId: 'client', clientSecret: 'sesame' }, api: stub.origin }
    const both = openProvider(twitter(options))
    expect(await both.verify({ ...PAIR, redirectUri: REDIRECT_URI })).toMatchObject({ subject: USER.id_str })
    expect(await both.verify({ code: 'abc', redirectUri: REDIRECT_URI })).toMatchObject({ subject: USER.id_str })
    expect((await both.begin(input)).url).toContain('https://x.com/i/oauth2/authorize?')
  })

  it('cannot be opened without any keys', () => {
    expect(() => openProvider(twitter({}))).toThrow(TypeError)
  })
})
