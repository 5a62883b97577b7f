/** Section J of the attack table: tokens that a client brings along by itself. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProviderFactory } from '../../src/contracts/identity-provider.ts'
import { discord } from '../../src/providers/discord.ts'
import { facebook } from '../../src/providers/facebook.ts'
import { github } from '../../src/providers/github.ts'
import { google } from '../../src/providers/google.ts'
import { oAuth2 } from '../../src/providers/oauth2.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { twitter } from '../../src/providers/twitter.ts'
import { refusalOf } from '../support/accounts.ts'
import { type OpenIdProvider, openIdProvider } from '../support/openid-provider.ts'
import { pageVisitor } from '../support/page-visitor.ts'
import { openProvider } from '../support/provider-tools.ts'
import { type StubServer, stubServer } from '../support/stub-server.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { closeSites, openSite, type Site } from './support/open-site.ts'
import { takingTokensAtTheirWord } from './support/provider-stand-ins.ts'

let stub: StubServer

beforeAll(async () => {
  stub = await stubServer()
})
beforeEach(() => stub.reset())
afterEach(closeSites)
afterAll(() => stub.close())

async function siteWith(...providers: readonly IdentityProviderFactory[]): Promise<Site> {
  const site = await openSite({ environment: 'development', social: { providers } })
  await site.auth.migrate()
  return site
}

const countUsers = async ({ store }: Site): Promise<number> =>
  (await store.users.list({ after: null, limit: 100 })).length

describe('row 158: an ID token with one fault', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let others: Awaited<ReturnType<typeof generateKeyPair>>

  beforeAll(async () => {
    keys = await generateKeyPair('RS256')
    others = await generateKeyPair('RS256')
  })

  const now = () => Math.floor(Date.now() / 1000)

  /** Each with an address of its own, so that who comes in is seen. */
  const claimsFor = (name: string, changes: JWTPayload): JWTPayload => ({
    iss: stub.origin,
    aud: 'shop',
    sub: `sub-of-${name}`,
    jti: name,
    email: `${name}@example.org`,
    email_verified: true,
    iat: now() - 5,
    exp: now() + 300,
    ...changes,
  })

  type Header = { readonly alg: string; readonly [name: string]: unknown }

  const HEADER: Header = { alg: 'RS256', kid: 'one' }

  const signed = (claims: JWTPayload, header: Header = HEADER, key = keys.privateKey) =>
    new SignJWT(claims).setProtectedHeader(header).sign(key)

  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

  async function serveIssuer(): Promise<void> {
    const { origin } = stub
    const key = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
    stub.answer('/keys', { keys: [key] })
    stub.answer('/.well-known/openid-configuration', {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      // A provider may offer much more than it should be asked for.
      id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256'],
    })
  }

  /** One fault each: claims, or a whole token. */
  const faults: Readonly<Record<string, JWTPayload | ((claims: JWTPayload) => string | Promise<string>)>> = {
    'another-audience': { aud: 'other' },
    'no-audience': { aud: undefined as never },
    'audiences-without-party': { aud: ['shop', 'other'] },
    'audiences-of-another-party': { aud: ['shop', 'other'], azp: 'other' },
    'another-party': { azp: 'other' },
    'audience-that-begins-alike': { aud: 'shop2' },
    'audience-in-other-letters': { aud: 'SHOP' },
    'another-issuer': { iss: 'https://evil.example' },
    'no-issuer': { iss: undefined as never },
    'issuer-with-a-path': { iss: 'https://accounts.example/acme' },
    expired: { exp: 1 },
    'expires-as-text': { exp: '9999999999' as never },
    'no-expiry': { exp: undefined as never },
    'no-issue': { iat: undefined as never },
    'not-yet': { nbf: 9_999_999_999 },
    'no-subject': { sub: undefined as never },
    'another-nonce': { nonce: 'of-another-log-in' },
    'no-nonce': { nonce: undefined as never },
    'wrong-hash': { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' },
    unsigned: (claims) => `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'unsigned-in-other-letters': (claims) => `${encode({ alg: 'nOnE' })}.${encode(claims)}.`,
    'public-key-as-secret': async (claims) => {
      const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
    },
    'another-key': (claims) => signed(claims, HEADER, others.privateKey),
    'another-key-by-address': (claims) =>
      signed(claims, { ...HEADER, jku: `${stub.origin}/evil-keys` }, others.privateKey),
    'key-of-its-own': async (claims) =>
      signed(claims, { alg: 'RS256', jwk: await exportJWK(others.publicKey) }, others.privateKey),
    'unknown-key': (claims) => signed(claims, { alg: 'RS256', kid: 'two' }, others.privateKey),
    'another-algorithm': async (claims) => {
      const { privateKey } = await generateKeyPair('ES256')
      return signed(claims, { alg: 'ES256', kid: 'one' }, privateKey)
    },
    'changed-after-signing': async (claims) => {
      const [header, , signature] = (await signed({ ...claims, sub: 'somebody' })).split('.')
      return [header, encode(claims), signature].join('.')
    },
    'signature-left-out': async (claims) => (await signed(claims)).replace(/[^.]+$/, ''),
    'an-access-token': (claims) => signed(claims, { ...HEADER, typ: 'at+jwt' }),
    'a-log-out-token': (claims) => signed(claims, { ...HEADER, typ: 'logout+jwt' }),
    'another-type-by-its-long-name': (claims) => signed(claims, { ...HEADER, typ: 'application/secevent+JWT' }),
    'an-extension': (claims) => `${encode({ ...HEADER, crit: ['b64'], b64: false })}.${encode(claims)}.AAAA`,
  }

  const options = () => ({
    name: 'acme',
    title: 'Acme',
    issuer: stub.origin,
    clientId: 'shop',
    clientSecret: 'sesame',
    trustsEmailVerified: true,
  })

  async function faultsOfTokens(
    wrap: (factory: IdentityProviderFactory) => IdentityProviderFactory = (factory) => factory,
  ): Promise<Complaints> {
    const { must, complaints } = judgement()
    await serveIssuer()
    stub.answer('/evil-keys', { keys: [{ ...(await exportJWK(others.publicKey)), kid: 'one', alg: 'RS256' }] })
    const site = await siteWith(wrap(openIdConnect(options())))
    for (const [name, fault] of Object.entries(faults)) {
      const claims = claimsFor(name, { nonce: 'ours', ...(typeof fault === 'function' ? {} : fault) })
      const idToken = typeof fault === 'function' ? await fault(claims) : await signed(claims)
      // The hash is only looked at where there is something to compare it with.
      const beside = name === 'wrong-hash' ? { accessToken: 'access' } : {}
      const input = { provider: 'acme', idToken, nonce: 'ours', ...beside }
      const code = await refusalOf(site.auth.socialLogin(input))
      must(code === 'provider_refused' || code === 'social_state_invalid', `${name} ends with ${code}`)
    }
    must((await countUsers(site)) === 0, `${await countUsers(site)} users are made`)
    must(!stub.calls.some(({ path }) => path === '/evil-keys'), 'the token says where its key is')
    return complaints
  }

  it('row 158: lets nobody in, whichever fault it is', async () => {
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(20)
    expect(await faultsOfTokens()).toEqual(HOLDS)
  })

  it('row 158: lets in where there is no fault', async () => {
    await serveIssuer()
    const site = await siteWith(openIdConnect(options()))
    for (const header of [HEADER, { ...HEADER, typ: 'JWT' }]) {
      const idToken = await signed(claimsFor('ann', { nonce: 'ours' }), header)
      const { user } = await site.auth.socialLogin({ provider: 'acme', idToken, nonce: 'ours' })
      expect(user.email).toBe('ann@example.org')
    }
  })

  it('row 158: control: a provider that takes tokens at their word is noticed, for every fault', async () => {
    const found = await faultsOfTokens(takingTokensAtTheirWord)
    for (const name of Object.keys(faults)) expect(found).toEqual(saying(`${name} ends with null`))
  })

  it('row 158: takes the word on an address from where the address is', async () => {
    await serveIssuer()
    const { origin } = stub
    const userinfo_endpoint = `${origin}/me`
    stub.answer('/.well-known/openid-configuration', {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      userinfo_endpoint,
    })
    stub.answer('/me', { sub: 'sub-of-ann', email: 'ann@example.org', email_verified: false })
    const site = await siteWith(openIdConnect(options()))
    const idToken = await signed(claimsFor('ann', { email: undefined as never }))
    const input = { provider: 'acme', idToken, accessToken: 'access' }
    expect(await refusalOf(site.auth.socialLogin(input))).toBe('email_not_verified')
  })
})

describe('row 159: a token that was issued to another application', () => {
  const REDIRECT = 'https://other.example/callback'
  const SHOP = { client_id: 'shop', client_secret: 'the-secret-of-the-shop', redirect_uris: [REDIRECT] }
  const OTHER = { client_id: 'other', client_secret: 'the-secret-of-another', redirect_uris: [REDIRECT] }
  let peer: OpenIdProvider

  beforeAll(async () => {
    peer = await openIdProvider({
      clients: [SHOP, OTHER],
      claimsOf: (login) => ({ email: `${login}@example.org`, email_verified: true }),
    })
  })
  afterAll(() => peer.close())

  function relyingParty({ client_id: clientId, client_secret: clientSecret }: typeof SHOP, more: object = {}) {
    const place = { name: 'acme', title: 'Acme', issuer: peer.issuer, trustsEmailVerified: true }
    return openIdConnect({ ...place, clientId, clientSecret, ...more })
  }

  /** What the other application holds once the victim has logged in there. */
  async function tokenOf(client: typeof SHOP): Promise<string> {
    const provider = openProvider(relyingParty(client))
    const begun = await provider.begin({ redirectUri: REDIRECT, state: 's' })
    const callback = await pageVisitor({ login: 'vic' }).walk(begun.url, REDIRECT)
    const { kept } = begun
    const proven = await provider.finish({ params: callback.searchParams, kept, redirectUri: REDIRECT, state: 's' })
    return proven.tokens?.accessToken ?? ''
  }

  async function faultsOfAudience(more: object = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await siteWith(relyingParty(SHOP, more))
    const ours = await refusalOf(site.auth.socialLogin({ provider: 'acme', accessToken: await tokenOf(SHOP) }))
    must(ours === null, `our own token ends with ${ours}`)
    const theirs = await refusalOf(site.auth.socialLogin({ provider: 'acme', accessToken: await tokenOf(OTHER) }))
    must(theirs === 'provider_refused', `theirs ends with ${theirs}`)
    return complaints
  }

  it('row 159: lets nobody in at a real OpenID provider, while our own does', async () => {
    expect(await faultsOfAudience()).toEqual(HOLDS)
  })

  it('row 159: control: taking any access token is noticed', async () => {
    expect(await faultsOfAudience({ dangerouslyTakesAnyAccessToken: true })).toEqual(saying('theirs ends with null'))
  })

  const VICTIM = { id: 4711, sub: '4711', email: 'vic@example.org', login: 'vic', username: 'vic', name: 'Vic' }

  /** What each service answers about a good token of the victim that was issued to the application `other`. */
  const services: Readonly<
    Record<string, { readonly serve: () => void; readonly factory: () => IdentityProviderFactory }>
  > = {
    facebook: {
      serve() {
        stub.answer('/debug_token', { data: { app_id: 'other', type: 'USER', is_valid: true, user_id: '4711' } })
        stub.answer('/me', { ...VICTIM, id: '4711' })
      },
      factory: () => facebook({ clientId: 'shop', clientSecret: 'sesame', graph: stub.origin, dialog: stub.origin }),
    },
    github: {
      serve() {
        stub.answer('/api/v3/applications/shop/token', { app: { client_id: 'other' }, user: VICTIM })
        stub.answer('/api/v3/user', VICTIM)
        stub.answer('/api/v3/user/emails', [{ email: VICTIM.email, primary: true, verified: true }])
      },
      factory: () => github({ clientId: 'shop', clientSecret: 'sesame', host: stub.origin }),
    },
    google: {
      serve() {
        const { origin } = stub
        stub.answer('/tokeninfo', { aud: 'other', sub: '4711', expires_in: '3000' })
        stub.answer('/me', { ...VICTIM, hd: 'example.org', email_verified: true })
        stub.answer('/.well-known/openid-configuration', {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          jwks_uri: `${origin}/keys`,
          userinfo_endpoint: `${origin}/me`,
        })
      },
      factory: () =>
        google({
          clientId: 'shop',
          clientSecret: 'sesame',
          issuer: stub.origin,
          tokenInfo: `${stub.origin}/tokeninfo`,
        }),
    },
    discord: {
      serve() {
        stub.answer('/api/v10/oauth2/@me', { application: { id: 'other' }, user: VICTIM })
        stub.answer('/api/v10/users/@me', { ...VICTIM, id: '4711', verified: true })
      },
      factory: () => discord({ clientId: 'shop', clientSecret: 'sesame', host: stub.origin }),
    },
    twitter: {
      serve: () => stub.answer('/2/users/me', { data: { ...VICTIM, id: '4711', confirmed_email: VICTIM.email } }),
      factory: () =>
        twitter({
          oauth2: { clientId: 'shop', clientSecret: 'sesame' },
          api: stub.origin,
          host: stub.origin,
        }),
    },
  }

  async function faultsAt(service: string, factory = services[service]?.factory()): Promise<Complaints> {
    const { must, complaints } = judgement()
    services[service]?.serve()
    if (factory === undefined) throw new Error(`no service ${service}`)
    const site = await siteWith(factory)
    const code = await refusalOf(site.auth.socialLogin({ provider: service, accessToken: 'theirs' }))
    must(code === 'provider_refused' || code === 'validation_failed', `ends with ${code}`)
    must((await countUsers(site)) === 0, 'a user is made')
    return complaints
  }

  it.each(Object.keys(services))('row 159: lets nobody in at %s', async (service) => {
    expect(await faultsAt(service)).toEqual(HOLDS)
  })

  const PROFILES: Readonly<Record<string, string>> = {
    facebook: '/me',
    github: '/api/v3/user',
    google: '/me',
    discord: '/api/v10/users/@me',
  }

  it.each(Object.keys(PROFILES))('row 159: control: asking %s for the profile alone is noticed', async (service) => {
    const { origin } = stub
    const naive = oAuth2({
      name: service,
      title: service,
      clientId: 'shop',
      clientSecret: 'sesame',
      scopes: [],
      endpoints: { authorization: origin, token: origin, profile: `${origin}${PROFILES[service]}` },
      readProfile: ({ id, email }) => ({ subject: id, email, emailVerified: true, extra: {} }),
      dangerouslyTakesAnyAccessToken: true,
    })
    expect(await faultsAt(service, naive)).toEqual(['ends with null', 'a user is made'])
  })
})

describe('what is no token at all', () => {
  const TOKENS = ['a\r\nx-evil: 1', 'a\nb', '中文', '\u{1f600}', 'é', ' ', '\t', 'a b', '\u007f', 'x'.repeat(8192)]

  it.each(['openid', 'openid-beside', 'discord', 'github', 'twitter', 'oauth2'])(
    'row 159: is refused as any other bad token, without a request of its own, at %s',
    async (name) => {
      const { origin } = stub
      const keys = await generateKeyPair('RS256')
      stub.answer('/keys', { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' }] })
      stub.answer('/.well-known/openid-configuration', {
        issuer: origin,
        authorization_endpoint: origin,
        token_endpoint: origin,
        userinfo_endpoint: `${origin}/me`,
        jwks_uri: `${origin}/keys`,
      })
      const client = { clientId: 'shop', clientSecret: 'sesame' }
      const any = { dangerouslyTakesAnyAccessToken: true } as const
      const issuer = { name, title: name, issuer: origin, ...client }
      const endpoints = { authorization: origin, token: origin, profile: `${origin}/me` }
      const readProfile = () => ({ subject: 'x', email: null, emailVerified: false, extra: {} })
      const factories: Readonly<Record<string, IdentityProviderFactory>> = {
        openid: openIdConnect({ ...issuer, ...any }),
        'openid-beside': openIdConnect(issuer),
        discord: discord({ ...client, host: origin }),
        github: github({ ...client, host: origin, ...any }),
        twitter: twitter({ oauth1: { consumerKey: 'a', consumerSecret: 'b' }, api: origin }),
        oauth2: oAuth2({ name, title: name, ...client, scopes: [], endpoints, readProfile, ...any }),
      }
      const site = await siteWith(factories[name] as IdentityProviderFactory)
      const seconds = Math.floor(Date.now() / 1000)
      const idToken =
        name === 'openid-beside'
          ? await new SignJWT({ iss: origin, aud: 'shop', sub: 'ann', iat: seconds, exp: seconds + 60 })
              .setProtectedHeader({ alg: 'RS256', kid: 'one' })
              .sign(keys.privateKey)
          : ''
      for (const accessToken of TOKENS) {
        const more = name === 'twitter' ? { tokenSecret: accessToken } : {}
        const code = await refusalOf(site.auth.socialLogin({ provider: name, accessToken, idToken, ...more }))
        const isRefused = ['provider_refused', 'validation_failed'].includes(String(code))
        expect([accessToken.slice(0, 20), isRefused ? 'refused' : code]).toEqual([accessToken.slice(0, 20), 'refused'])
      }
    },
  )
})
