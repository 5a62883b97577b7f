import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProvider } from '../../src/contracts/identity-provider.ts'
import { github } from '../../src/providers/github.ts'
import { openProvider } from '../support/provider-tools.ts'
import { type StubServer, stubServer } from '../support/stub-server.ts'

const REDIRECT_URI = 'https://shop.example/callback/github'
const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a'

/** As "Get the authenticated user" shows it, shortened. */
const OCTOCAT = {
  login: 'octocat',
  id: 583231,
  node_id: 'MDQ6VXNlcjE=',
  avatar_url: 'https://github.com/images/error/octocat_happy.gif',
  html_url: 'https://github.com/octocat',
  type: 'User',
  site_admin: false,
  name: 'monalisa octocat',
  company: 'GitHub',
  email: 'public@github.example',
  two_factor_authentication: true,
}

const EMAILS = [
  { email: 'old@github.example', verified: true, primary: false, visibility: null },
  { email: 'octocat@github.example', verified: true, primary: true, visibility: 'public' },
]

let stub: StubServer
let provider: IdentityProvider

beforeAll(async () => {
  stub = await stubServer()
  provider = openProvider(github({ clientId: 'Iv1.shop', clientSecret: 'sesame', host: stub.origin }))
})

beforeEach(() => {
  stub.reset()
  stub.answer('/login/oauth/access_token', { access_token: TOKEN, scope: 'read:user,user:email', token_type: 'bearer' })
  stub.answer('/api/v3/user', OCTOCAT)
  stub.answer('/api/v3/user/emails', Response.json(EMAILS))
  stub.answer('/api/v3/applications/Iv1.shop/token', {
    id: 1,
    app: { client_id: 'Iv1.shop', name: 'Shop' },
    user: OCTOCAT,
  })
})

afterAll(() => stub.close())

const verify = (proof: { code?: string; accessToken?: string }) =>
  provider.verify({ ...proof, redirectUri: REDIRECT_URI })
const callOf = (path: string) => stub.calls.find((call) => call.path === path)

describe('GitHub, the redirect way', () => {
  it('asks for consent with PKCE and the state, and without a nonce', async () => {
    const { url } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    expect(url.startsWith(`${stub.origin}/login/oauth/authorize?`)).toBe(true)
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      client_id: 'Iv1.shop',
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'read:user user:email',
      state: 's',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
  })

  it('exchanges the code with the verifier and proves who it was', async () => {
    const { kept } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    const params = new URLSearchParams({ code: 'abc', state: 's' })
    expect(await provider.finish({ params, kept, redirectUri: REDIRECT_URI, state: 's' })).toEqual({
      subject: '583231',
      email: 'octocat@github.example',
      emailVerified: true,
      firstName: 'monalisa',
      lastName: 'octocat',
      usernameHint: 'octocat',
      extraData: {
        id: 583231,
        login: 'octocat',
        name: 'monalisa octocat',
        avatar_url: OCTOCAT.avatar_url,
        html_url: OCTOCAT.html_url,
        company: 'GitHub',
      },
      tokens: { accessToken: TOKEN, refreshToken: null, tokenSecret: null, expiresAt: null },
    })
    const exchange = new URLSearchParams(callOf('/login/oauth/access_token')?.body)
    expect(Object.fromEntries(exchange)).toEqual({
      grant_type: 'authorization_code',
      code: 'abc',
      redirect_uri: REDIRECT_URI,
      code_verifier: (kept as { verifier: string }).verifier,
      client_id: 'Iv1.shop',
      client_secret: 'sesame',
    })
    expect(callOf('/api/v3/user')?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
    expect(callOf('/api/v3/user')?.headers.get('user-agent')).toBe('Portress')
  })

  it.each([
    ['a wrong state', { code: 'abc', state: 'other' }, 'state_mismatch'],
    ['no state', { code: 'abc' }, 'state_mismatch'],
    ['no code', { state: 's' }, 'malformed_answer'],
    ['a no of the person', { state: 's', error: 'access_denied', error_description: '<script>' }, 'denied_by_user'],
    ['a suspended application', { state: 's', error: 'application_suspended' }, 'misconfigured'],
    ['another redirect URI', { state: 's', error: 'redirect_uri_mismatch' }, 'misconfigured'],
    ['trouble over there', { state: 's', error: 'temporarily_unavailable' }, 'unreachable'],
    ['an error named like a part of every object', { state: 's', error: '__proto__' }, 'denied_by_user'],
  ])('refuses a callback with %s without asking anybody', async (_what, answer, reason) => {
    const { kept } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    const params = new URLSearchParams(answer as Record<string, string>)
    const refused = provider.finish({ params, kept, redirectUri: REDIRECT_URI, state: 's' })
    await expect(refused).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
    expect(stub.calls).toEqual([])
  })
})

describe('GitHub, the address', () => {
  it.each([
    ['a primary one that is proven', EMAILS, 'octocat@github.example', true],
    ['a primary one that is not', [{ email: 'a@b.example', primary: true, verified: false }], 'a@b.example', false],
    ['a primary one without a word on it', [{ email: 'a@b.example', primary: true }], 'a@b.example', false],
    ['one with a text for a yes', [{ email: 'a@b.example', primary: true, verified: 'true' }], 'a@b.example', false],
    ['none in the list', [], 'public@github.example', false],
    ['only others in the list', EMAILS.slice(0, 1), 'public@github.example', false],
  ])('is taken of %s', async (_what, emails, ...[email, emailVerified]) => {
    stub.answer('/api/v3/user/emails', Response.json(emails))
    expect(await verify({ code: 'abc' })).toMatchObject({ email, emailVerified })
  })

  it('is what the profile shows, unproven, where the list was not granted', async () => {
    stub.answer('/api/v3/user/emails', Response.json({ message: 'Not Found' }, { status: 404 }))
    expect(await verify({ code: 'abc' })).toMatchObject({ email: 'public@github.example', emailVerified: false })
  })

  it('keeps nobody from coming in who has none', async () => {
    stub.answer('/api/v3/user/emails', Response.json([]))
    stub.answer('/api/v3/user', { ...OCTOCAT, email: null, name: null })
    expect(await verify({ code: 'abc' })).toMatchObject({
      email: null,
      emailVerified: false,
      firstName: '',
      lastName: '',
    })
  })
})

describe('GitHub, the API way', () => {
  it('takes an access token that was issued to us', async () => {
    expect(await verify({ accessToken: TOKEN })).toMatchObject({ subject: '583231' })
    const check = callOf('/api/v3/applications/Iv1.shop/token')
    expect(check).toMatchObject({ method: 'POST', body: JSON.stringify({ access_token: TOKEN }) })
    expect(check?.headers.get('authorization')).toBe(`Basic ${btoa('Iv1.shop:sesame')}`)
  })

  it.each([
    ['of another application', Response.json({ message: 'Not Found' }, { status: 404 }), 'wrong_audience'],
    ['that is none', Response.json({ message: 'Validation Failed' }, { status: 422 }), 'wrong_audience'],
    ['of an application that GitHub names otherwise', { app: { client_id: 'Iv1.other' } }, 'wrong_audience'],
    ['that nothing is said of', {}, 'wrong_audience'],
    ['while our own secret is wrong', Response.json({ message: 'Bad credentials' }, { status: 401 }), 'misconfigured'],
    ['while GitHub is down', new Response('<h1>Unicorn', { status: 502 }), 'unreachable'],
  ])('refuses an access token %s, without asking whose it is (attack 159)', async (_what, answer, reason) => {
    stub.answer('/api/v3/applications/Iv1.shop/token', answer)
    await expect(verify({ accessToken: TOKEN })).rejects.toMatchObject({ reason })
    expect(callOf('/api/v3/user')).toBeUndefined()
  })

  it('takes any access token where that is dangerously asked for', async () => {
    const options = { clientId: 'Iv1.shop', clientSecret: 'sesame', host: stub.origin }
    const lax = openProvider(github({ ...options, dangerouslyTakesAnyAccessToken: true }))
    stub.answer('/api/v3/applications/Iv1.shop/token', new Response(null, { status: 404 }))
    expect(await lax.verify({ accessToken: TOKEN, redirectUri: REDIRECT_URI })).toMatchObject({ subject: '583231' })
  })

  it('takes the access token where code and access token come together', async () => {
    await verify({ accessToken: TOKEN, code: 'abc' })
    expect(callOf('/login/oauth/access_token')).toBeUndefined()
  })

  it.each([
    ['bad_verification_code', 'invalid_grant'],
    ['incorrect_client_credentials', 'misconfigured'],
    ['redirect_uri_mismatch', 'misconfigured'],
    ['unverified_user_email', 'invalid_grant'],
  ])('reads the refusal %s out of an answer with 200', async (error, reason) => {
    stub.answer('/login/oauth/access_token', {
      error,
      error_description: 'words',
      error_uri: 'https://docs.github.com',
    })
    await expect(verify({ code: 'abc' })).rejects.toMatchObject({ reason, detail: error })
  })

  it('says that it was given nothing it takes', async () => {
    await expect(provider.verify({ idToken: 'e30.e30.e30', redirectUri: REDIRECT_URI })).rejects.toMatchObject({
      reason: 'missing_input',
    })
  })

  it.each([[undefined], [null], [''], [0], [-1], [1.5], [2 ** 53], ['null'], [['1']], [{}]])(
    'refuses a profile whose id is %j (attack 162)',
    async (id) => {
      stub.answer('/api/v3/user', { ...OCTOCAT, id })
      await expect(verify({ code: 'abc' })).rejects.toMatchObject({ reason: 'malformed_answer', detail: 'no_subject' })
    },
  )
})
