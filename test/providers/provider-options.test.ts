/** What is told at the start and not at somebody's log-in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProviderFactory } from '../../src/contracts/identity-provider.ts'
import { apple } from '../../src/providers/apple.ts'
import { development } from '../../src/providers/development.ts'
import { discord } from '../../src/providers/discord.ts'
import { facebook } from '../../src/providers/facebook.ts'
import { github } from '../../src/providers/github.ts'
import { gitlab } from '../../src/providers/gitlab.ts'
import { google } from '../../src/providers/google.ts'
import { linkedin } from '../../src/providers/linkedin.ts'
import { microsoft } from '../../src/providers/microsoft.ts'
import { oAuth2 } from '../../src/providers/oauth2.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { slack } from '../../src/providers/slack.ts'
import { twitter } from '../../src/providers/twitter.ts'
import { openProvider, providerTools } from '../support/provider-tools.ts'
import { type StubServer, stubServer } from '../support/stub-server.ts'

const CLIENT = { clientId: 'shop', clientSecret: 'sesame' }
const production = providerTools({ environment: 'production' })
const REDIRECT_URI = 'https://shop.example/callback'

const BUILT_IN: Readonly<Record<string, IdentityProviderFactory>> = {
  google: google(CLIENT),
  microsoft: microsoft(CLIENT),
  apple: apple({ clientId: 'shop', teamId: 'TEAM', keyId: 'KEY', privateKey: 'p8' }),
  gitlab: gitlab(CLIENT),
  linkedin: linkedin(CLIENT),
  slack: slack(CLIENT),
  discord: discord(CLIENT),
  github: github(CLIENT),
  facebook: facebook(CLIENT),
  twitter: twitter({ oauth2: CLIENT }),
}

describe('every built-in provider', () => {
  it.each(Object.entries(BUILT_IN))('%s is opened in production with its own addresses', (name, factory) => {
    const provider = openProvider(factory, production)
    expect(provider.name).toBe(name)
    expect(provider.title).toMatch(/^\w+$/)
  })

  it.each([
    ['google', google({ clientId: '', clientSecret: 'x' })],
    ['apple', apple({ clientId: 'shop', teamId: '', keyId: 'KEY', privateKey: 'p8' })],
    ['github', github({ clientId: 'shop', clientSecret: '' })],
    ['twitter', twitter({ oauth1: { consumerKey: 'a', consumerSecret: '' } })],
  ])('%s is not opened without its keys', (_name, factory) => {
    expect(() => openProvider(factory, production)).toThrow(/is missing/)
  })

  it.each([
    ['google', google({ ...CLIENT, issuer: 'http://127.0.0.1:1' })],
    ['google', google({ ...CLIENT, tokenInfo: 'http://127.0.0.1:1' })],
    ['gitlab', gitlab({ ...CLIENT, issuer: 'http://git.acme.example' })],
    ['microsoft', microsoft({ ...CLIENT, authority: 'http://127.0.0.1:1' })],
    ['github', github({ ...CLIENT, host: 'http://127.0.0.1:1' })],
    ['facebook', facebook({ ...CLIENT, graph: 'http://127.0.0.1:1' })],
    ['discord', discord({ ...CLIENT, host: 'not an address' })],
    ['twitter', twitter({ oauth2: CLIENT, api: 'http://127.0.0.1:1' })],
  ])('%s is not opened in production at an address without TLS', (_name, factory) => {
    expect(() => openProvider(factory, production)).toThrow(/must be like https:/)
  })
})

describe('openIdConnect', () => {
  const options = { name: 'acme', title: 'Acme', issuer: 'https://id.acme.example', clientId: 'shop' }

  it.each([[''], ['Acme'], ['1acme'], ['a'.repeat(33)], ['a b'], ['../a'], ['a\n']])(
    'is not opened under the name %j',
    (name) => {
      expect(() => openProvider(openIdConnect({ ...options, name }))).toThrow(/name must be/)
    },
  )

  it.each([
    ['redirect_uri'],
    ['client_id'],
    ['state'],
    ['nonce'],
    ['response_type'],
    ['scope'],
    ['code_challenge'],
    ['request_uri'],
  ])('does not let the parameter %s be set (attack 166)', (name) => {
    expect(() => openProvider(openIdConnect({ ...options, parameters: { [name]: 'x' } }))).toThrow(`parameters.${name}`)
  })

  it('tells all mistakes at once, and no secret', () => {
    const wrong = { ...options, name: 'A', issuer: 'ftp://x', clientSecret: 'sesame', clientId: '' }
    const open = () => openProvider(openIdConnect(wrong))
    expect(open).toThrow(TypeError)
    expect(open).toThrow(/name must be[\s\S]*clientId is missing[\s\S]*issuer must be/)
    expect(open).not.toThrow(/sesame/)
  })
})

describe('development', () => {
  it('is not opened in production', () => {
    expect(() => openProvider(development(), production)).toThrow(/only in development/)
  })

  it('comes back at once as the first of its people', async () => {
    const provider = openProvider(development())
    const { url, kept } = await provider.begin({ redirectUri: `${REDIRECT_URI}?a=b`, state: 's' })
    const callback = new URL(url)
    expect(`${callback.origin}${callback.pathname}`).toBe(REDIRECT_URI)
    const input = { params: callback.searchParams, kept, redirectUri: REDIRECT_URI, state: 's' }
    expect(await provider.finish(input)).toMatchObject({ subject: 'ada', emailVerified: true })
    await expect(provider.finish({ ...input, state: 'other' })).rejects.toMatchObject({ reason: 'state_mismatch' })
    await expect(provider.finish({ ...input, kept: null })).rejects.toMatchObject({ reason: 'state_mismatch' })
  })

  it('takes the name of one of its people for a proof', async () => {
    const provider = openProvider(development({ people: [{ login: 'eve', email: 'eve@acme.example' }] }))
    const redirectUri = REDIRECT_URI
    expect(await provider.verify({ code: 'eve', redirectUri })).toMatchObject({ subject: 'eve', emailVerified: false })
    expect(await provider.verify({ accessToken: 'eve', redirectUri })).toMatchObject({ email: 'eve@acme.example' })
    await expect(provider.verify({ code: 'ada', redirectUri })).rejects.toMatchObject({ reason: 'invalid_grant' })
    await expect(provider.verify({ redirectUri })).rejects.toMatchObject({ reason: 'missing_input' })
  })
})

describe('providers with OAuth 2 alone', () => {
  let stub: StubServer

  beforeAll(async () => {
    stub = await stubServer()
  })

  beforeEach(() => {
    stub.reset()
    stub.answer('/token', { access_token: 'a', token_type: 'bearer', refresh_token: 'r', expires_in: '60' })
    stub.answer('/api/oauth2/token', { access_token: 'a', token_type: 'Bearer' })
    stub.answer('/api/v10/users/@me', {
      id: '80351110224678912',
      username: 'nelly',
      global_name: 'Nelly Kim',
      verified: true,
      email: 'nelly@discord.example',
    })
  })

  afterAll(() => stub.close())

  const forge = (changes = {}) =>
    openProvider(
      oAuth2({
        ...CLIENT,
        name: 'forge',
        title: 'The Forge',
        scopes: ['profile'],
        endpoints: {
          authorization: `${stub.origin}/authorize`,
          token: `${stub.origin}/token`,
          profile: `${stub.origin}/me`,
        },
        readProfile: (me) => ({
          subject: me['id'],
          email: me['mail'],
          emailVerified: me['confirmed'],
          extra: { id: me['id'] },
        }),
        ...changes,
      }),
    )

  it('prove who somebody is by the profile', async () => {
    stub.answer('/me', { id: 7, mail: 'ada@acme.example', confirmed: true })
    expect(await forge().verify({ code: 'abc', redirectUri: REDIRECT_URI })).toMatchObject({
      subject: '7',
      email: 'ada@acme.example',
      emailVerified: true,
      tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: new Date('2026-03-01T12:01:00Z') },
      extraData: { id: 7 },
    })
  })

  it('take no bare access token unless that is dangerously asked for', async () => {
    stub.answer('/me', { id: 7 })
    const proof = { accessToken: 'a', redirectUri: REDIRECT_URI }
    await expect(forge().verify(proof)).rejects.toMatchObject({ reason: 'missing_input' })
    expect(await forge({ dangerouslyTakesAnyAccessToken: true }).verify(proof)).toMatchObject({ subject: '7' })
  })

  it('can do without PKCE and can have the secret in a header', async () => {
    stub.answer('/me', { id: 7 })
    const provider = forge({ usesPkce: false, secretIn: 'header' })
    const { url, kept } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    expect(url).not.toContain('code_challenge')
    const params = new URLSearchParams({ code: 'abc', state: 's', iss: 'https://anybody.example' })
    expect(await provider.finish({ params, kept, redirectUri: REDIRECT_URI, state: 's' })).toMatchObject({
      subject: '7',
    })
    expect(stub.calls[0]?.headers.get('authorization')).toBe(`Basic ${btoa('shop:sesame')}`)
    expect(stub.calls[0]?.body).toBe(
      'redirect_uri=https%3A%2F%2Fshop.example%2Fcallback&code=abc&grant_type=authorization_code',
    )
  })

  it.each([
    ['a refused token', new Response('{}', { status: 401 }), 'invalid_grant'],
    ['a missing page', new Response('{}', { status: 404 }), 'malformed_answer'],
    ['a page', new Response('<html>'), 'malformed_answer'],
    ['nothing', new Response(null, { status: 204 }), 'malformed_answer'],
    ['trouble', new Response('{}', { status: 502 }), 'unreachable'],
    ['no id', {}, 'malformed_answer'],
  ])('prove nobody by a profile that is %s', async (_what, answer, reason) => {
    stub.answer('/me', answer)
    const refused = forge().verify({ code: 'abc', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
  })

  it('include Discord, which tells for whom a token is (attack 159)', async () => {
    const provider = openProvider(discord({ ...CLIENT, host: stub.origin }))
    const expected = {
      subject: '80351110224678912',
      email: 'nelly@discord.example',
      emailVerified: true,
      firstName: 'Nelly',
      lastName: 'Kim',
      usernameHint: 'nelly',
    }
    expect(await provider.verify({ code: 'abc', redirectUri: REDIRECT_URI })).toMatchObject(expected)
    stub.answer('/api/v10/oauth2/@me', { application: { id: 'shop' } })
    expect(await provider.verify({ accessToken: 'a', redirectUri: REDIRECT_URI })).toMatchObject(expected)
    stub.answer('/api/v10/oauth2/@me', { application: { id: 'other' } })
    const refused = provider.verify({ accessToken: 'a', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'wrong_audience' })
  })
})
