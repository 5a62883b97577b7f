/** Every check of OpenID Connect Core §3.1.3.7, each by a token with that one fault (attack 158). */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { IdentityProvider } from '../../src/contracts/identity-provider.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { openProvider, providerTools } from '../support/provider-tools.ts'
import { type StubServer, stubServer } from '../support/stub-server.ts'

const REDIRECT_URI = 'https://shop.example/callback'
const ACCESS_TOKEN = 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y'
// OpenID Connect Core 1.0, appendix A.3: the hash of the access token above.
const AT_HASH = '77QmUPtjPfzWtF2AnpK9RQ'

let issuer: StubServer
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let otherKeys: Awaited<ReturnType<typeof generateKeyPair>>
let provider: IdentityProvider

beforeAll(async () => {
  issuer = await stubServer()
  keys = await generateKeyPair('RS256')
  otherKeys = await generateKeyPair('RS256')
})

beforeEach(async () => {
  issuer.reset()
  issuer.answer('/.well-known/openid-configuration', metadata())
  issuer.answer('/keys', { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] })
  provider = openProvider(openIdConnect(options()))
})

afterAll(() => issuer.close())

function options() {
  return { name: 'acme', title: 'Acme', issuer: issuer.origin, clientId: 'shop', clientSecret: 'sesame' }
}

function metadata(changes: object = {}) {
  return {
    issuer: issuer.origin,
    authorization_endpoint: `${issuer.origin}/authorize`,
    token_endpoint: `${issuer.origin}/token`,
    jwks_uri: `${issuer.origin}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    ...changes,
  }
}

interface Signing {
  readonly key?: CryptoKey
  readonly kid?: string
  readonly alg?: string
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

function sign(changes: JWTPayload = {}, { key = keys.privateKey, kid = 'one', alg = 'RS256' }: Signing = {}) {
  const claims = { iss: issuer.origin, aud: 'shop', sub: 'ada', iat: inSeconds(-5), exp: inSeconds(300), ...changes }
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key)
}

function unsigned(header: object, claims: object = {}): string {
  const all = { iss: issuer.origin, aud: 'shop', sub: 'ada', iat: inSeconds(-5), exp: inSeconds(300), ...claims }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  return `${encode(header)}.${encode(all)}.`
}

const verify = (idToken: string, accessToken?: string) =>
  provider.verify({ idToken, redirectUri: REDIRECT_URI, ...(accessToken === undefined ? {} : { accessToken }) })

describe('an ID token that a client brings', () => {
  it('is taken when nothing is wrong with it', async () => {
    expect(await verify(await sign())).toMatchObject({ subject: 'ada', emailVerified: false })
  })

  it.each([
    ['for another application', { aud: 'other' }, 'wrong_audience'],
    ['for nobody', { aud: [] }, 'wrong_audience'],
    ['for a list that is not of texts', { aud: [['shop']] }, 'wrong_audience'],
    ['for several, without naming the one it was issued to', { aud: ['shop', 'other'] }, 'wrong_audience'],
    ['for several, issued to another', { aud: ['shop', 'other'], azp: 'other' }, 'wrong_audience'],
    ['for us, issued to another', { azp: 'other' }, 'wrong_audience'],
    ['of another issuer', { iss: 'https://evil.example' }, 'invalid_grant'],
    ['of the issuer with a slash more', { iss: 'ISSUER/' }, 'invalid_grant'],
    ['without an issuer', { iss: undefined }, 'invalid_grant'],
    ['that is expired', { exp: inSeconds(-120) }, 'invalid_grant'],
    ['without an expiry', { exp: undefined }, 'invalid_grant'],
    ['with an expiry that is a text', { exp: '9999999999' }, 'invalid_grant'],
    ['without a moment of issue', { iat: undefined }, 'invalid_grant'],
    ['that is not good yet', { nbf: inSeconds(600) }, 'invalid_grant'],
    ['without an audience', { aud: undefined }, 'invalid_grant'],
    ['without a subject', { sub: undefined }, 'invalid_grant'],
    ['with a subject that is a number', { sub: 17 }, 'invalid_grant'],
    ['with an empty subject', { sub: '' }, 'malformed_answer'],
    ['with a subject that a program made of nothing', { sub: 'undefined' }, 'malformed_answer'],
    ['with a subject too long to be kept', { sub: 'a'.repeat(256) }, 'malformed_answer'],
    ['with a NUL in the subject', { sub: 'ada\0' }, 'malformed_answer'],
  ])('is refused %s', async (_what, changes, reason) => {
    const claims = Object.fromEntries(
      Object.entries(changes).map(([name, value]) => [name, value === 'ISSUER/' ? `${issuer.origin}/` : value]),
    )
    await expect(verify(await sign(claims))).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
  })

  it.each([
    ['by another key of the same name', () => sign({}, { key: otherKeys.privateKey })],
    ['by a key that the issuer does not have', () => sign({}, { key: otherKeys.privateKey, kid: 'two' })],
    ['by nobody', () => unsigned({ alg: 'none' })],
    ['by nobody, in other letters', () => unsigned({ alg: 'NONE' })],
    ['with the public key as a shared secret', () => `${unsigned({ alg: 'HS256', kid: 'one' })}AAAA`],
    ['by a key that it brings along', () => unsigned({ alg: 'RS256', jwk: { kty: 'oct', k: 'AAAA' } })],
    ['with an extension that nobody knows', () => unsigned({ alg: 'RS256', kid: 'one', crit: ['b64'], b64: false })],
  ])('is refused when it is signed %s', async (_what, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ reason: 'invalid_grant' })
  })

  it('is refused when a byte of it is changed', async () => {
    const [header, claims = '', signature] = (await sign({ sub: 'bob' })).split('.')
    const edited = Buffer.from(claims, 'base64url').toString().replace('"bob"', '"ada"')
    const token = [header, Buffer.from(edited).toString('base64url'), signature].join('.')
    await expect(verify(token)).rejects.toMatchObject({ reason: 'invalid_grant' })
  })

  it.each([
    ['nothing', ''],
    ['words', 'not a token'],
    ['dots', '.'.repeat(8_000)],
    ['a megabyte of dots', '.'.repeat(1_000_000)],
    ['an encrypted token', 'e30.e30.e30.e30.e30'],
    ['lists', 'W10.W10.W10'],
    ['bytes that are no text', '_w._w._w'],
    ['a lone surrogate', '\ud800.\ud800.\ud800'],
  ])('is refused when it is %s', async (_what, token) => {
    await expect(verify(token)).rejects.toMatchObject({ name: 'IdentityProviderError', reason: 'invalid_grant' })
  })

  it('is refused beside an access token that it does not belong to', async () => {
    const idToken = await sign({ at_hash: AT_HASH })
    expect(await verify(idToken, ACCESS_TOKEN)).toMatchObject({ subject: 'ada' })
    await expect(verify(idToken, 'another')).rejects.toMatchObject({ reason: 'invalid_grant', detail: 'at_hash' })
  })

  it('tells two people apart whose subjects differ in case alone (attack 161)', async () => {
    const [lower, upper] = [await verify(await sign({ sub: 'abc' })), await verify(await sign({ sub: 'ABC' }))]
    expect([lower.subject, upper.subject]).toEqual(['abc', 'ABC'])
  })
})

describe('the address in an ID token', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
    ['true', false],
    [1, false],
    [['true'], false],
  ])('counts, when email_verified is %j, as proven: %j (attack 38)', async (email_verified, emailVerified) => {
    const trusting = openProvider(openIdConnect({ ...options(), trustsEmailVerified: true }))
    const idToken = await sign({ email: 'ada@acme.example', email_verified })
    const proven = await trusting.verify({ idToken, redirectUri: REDIRECT_URI })
    expect(proven).toMatchObject({ email: 'ada@acme.example', emailVerified })
  })

  it('never counts as proven by an issuer that is not trusted with it', async () => {
    const idToken = await sign({ email: 'ada@acme.example', email_verified: true })
    expect(await verify(idToken)).toMatchObject({ email: 'ada@acme.example', emailVerified: false })
  })

  it.each([[null], [17], [''], [['a@b.example']], ['a'.repeat(400)], ['a\0@b.example'], ['\ud800@b.example']])(
    'is none when it is %j',
    async (email) => {
      const trusting = openProvider(openIdConnect({ ...options(), trustsEmailVerified: true }))
      const idToken = await sign({ email, email_verified: true })
      const proven = await trusting.verify({ idToken, redirectUri: REDIRECT_URI })
      expect(proven).toMatchObject({ email: null, emailVerified: false })
    },
  )
})

describe('the claims of an ID token', () => {
  it('become names only where they are texts of a reasonable length (attack 167)', async () => {
    const claims = { given_name: 'a'.repeat(10_000), family_name: { toString: 'x' }, preferred_username: ['ada'] }
    const proven = await verify(await sign({ ...claims, picture: 'x'.repeat(10_000) }))
    expect(proven).toMatchObject({ firstName: '', lastName: '', usernameHint: null })
    expect(proven.extraData).toEqual({ iss: issuer.origin })
  })

  it('are kept by a list of names', async () => {
    const idToken = await sign({ name: 'Ada', is_staff: true, groups: ['admin'], __proto__: { polluted: true } })
    const { extraData } = await verify(idToken)
    expect(extraData).toEqual({ iss: issuer.origin, name: 'Ada' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('the keys of the issuer', () => {
  it('are asked for once for many tokens', async () => {
    for (let count = 0; count < 5; count += 1) await verify(await sign())
    expect(issuer.calls.map(({ path }) => path)).toEqual(['/.well-known/openid-configuration', '/keys'])
  })

  it('are not asked for again and again for keys that nobody has', async () => {
    await verify(await sign())
    for (let count = 0; count < 10; count += 1) {
      await expect(verify(await sign({}, { kid: `invented-${count}` }))).rejects.toMatchObject({
        reason: 'invalid_grant',
      })
    }
    expect(issuer.calls.filter(({ path }) => path === '/keys')).toHaveLength(1)
  })

  it('are taken anew, after a while, for a key that is not among them', async () => {
    const now = Date.now()
    await verify(await sign())
    const fresh = { ...(await exportJWK(otherKeys.publicKey)), kid: 'two', alg: 'RS256', use: 'sig' }
    issuer.answer('/keys', { keys: [fresh] })
    const idToken = await sign({}, { key: otherKeys.privateKey, kid: 'two' })
    await expect(verify(idToken)).rejects.toMatchObject({ reason: 'invalid_grant' })
    vi.spyOn(Date, 'now').mockReturnValue(now + 61_000)
    expect(await verify(idToken)).toMatchObject({ subject: 'ada' })
  })
})

describe('the metadata of the issuer', () => {
  it('are asked for again after an hour', async () => {
    const tools = providerTools()
    const opened = openProvider(openIdConnect(options()), tools)
    const begin = () => opened.begin({ redirectUri: REDIRECT_URI, state: 's' })
    await Promise.all([begin(), begin(), begin()])
    tools.clock.advance({ minutes: 59 })
    await begin()
    expect(issuer.calls).toHaveLength(1)
    tools.clock.advance({ minutes: 2 })
    await begin()
    expect(issuer.calls).toHaveLength(2)
  })

  it('are asked for again at once after they could not be had', async () => {
    issuer.answer('/.well-known/openid-configuration', new Response(null, { status: 503 }))
    const begin = () => provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    await expect(begin()).rejects.toMatchObject({ reason: 'unreachable' })
    issuer.answer('/.well-known/openid-configuration', metadata())
    expect((await begin()).url).toContain('/authorize?')
  })

  it.each([
    ['of another issuer', () => metadata({ issuer: 'https://evil.example' })],
    ['that are no JSON', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['that are a list', () => Response.json([])],
    ['that redirect', () => Response.redirect('https://evil.example/')],
    ['with an address of our own machine', () => metadata({ token_endpoint: 'https://localhost/admin' })],
    ['with our own machine’s name in full', () => metadata({ jwks_uri: 'https://localhost./admin' })],
    ['with an address of our own network', () => metadata({ jwks_uri: 'https://169.254.169.254/latest' })],
    ['with such an address in other figures', () => metadata({ jwks_uri: 'https://2852039166/' })],
    ['with such an address in IPv6', () => metadata({ userinfo_endpoint: 'https://[::ffff:169.254.169.254]/' })],
    ['with an address without TLS', () => metadata({ token_endpoint: 'http://id.example/token' })],
    ['with an address that is none', () => metadata({ authorization_endpoint: 17 })],
    ['with an address with a password', () => metadata({ token_endpoint: 'https://a:b@id.example/token' })],
    ['without an address to go to', () => metadata({ authorization_endpoint: undefined })],
  ])('are refused %s (attack 168)', async (_what, answer) => {
    issuer.answer('/.well-known/openid-configuration', answer)
    const refused = provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    await expect(refused).rejects.toMatchObject({ name: 'IdentityProviderError', reason: 'malformed_answer' })
    expect(issuer.calls).toHaveLength(1)
  })
})
