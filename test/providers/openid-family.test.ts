/** In what Google, Microsoft, Apple, GitLab, LinkedIn and Slack differ from the standard, and from each other. */
import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProvider, IdentityProviderFactory } from '../../src/contracts/identity-provider.ts'
import { apple } from '../../src/providers/apple.ts'
import { gitlab } from '../../src/providers/gitlab.ts'
import { google } from '../../src/providers/google.ts'
import { linkedin } from '../../src/providers/linkedin.ts'
import { microsoft } from '../../src/providers/microsoft.ts'
import { slack } from '../../src/providers/slack.ts'
import { openProvider, providerTools } from '../support/provider-tools.ts'
import { type StubIssuer, stubIssuer } from '../support/stub-issuer.ts'

const REDIRECT_URI = 'https://shop.example/callback'
const CLIENT = { clientId: 'shop', clientSecret: 'sesame' }

let stub: StubIssuer
let issuer: string

beforeAll(async () => {
  stub = await stubIssuer()
  issuer = stub.server.origin
})

beforeEach(() => stub.serve())

afterAll(() => stub.server.close())

const verify = async (factory: IdentityProviderFactory, claims = {}) =>
  openProvider(factory).verify({ idToken: await stub.idToken(claims), redirectUri: REDIRECT_URI })

const bodyOf = (path: string) =>
  Object.fromEntries(new URLSearchParams(stub.server.calls.find((call) => call.path === path)?.body))

/** The whole redirect way, as a browser would go it. */
async function comeBack(provider: IdentityProvider, claims: object = {}, extra: Record<string, string> = {}) {
  const { url, kept } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
  const asked = new URL(url).searchParams
  const nonce = asked.get('nonce')
  stub.grant({ ...(nonce === null ? {} : { nonce }), ...claims })
  const params = new URLSearchParams({ code: 'abc', state: 's', ...extra })
  const proven = await provider.finish({ params, kept, redirectUri: REDIRECT_URI, state: 's' })
  return { asked, proven }
}

describe('Google', () => {
  const options = {
    ...CLIENT,
    get issuer() {
      return issuer
    },
    get tokenInfo() {
      return `${issuer}/tokeninfo`
    },
  }

  it.each([
    ['a mailbox of Google’s', { email: 'ada@gmail.com', email_verified: true }, true],
    ['a mailbox of a Workspace', { email: 'ada@acme.example', email_verified: true, hd: 'acme.example' }, true],
    ['a mailbox elsewhere', { email: 'ada@acme.example', email_verified: true }, false],
    ['a mailbox of Google’s that is not proven', { email: 'ada@gmail.com', email_verified: false }, false],
    ['a look-alike', { email: 'ada@gmail.com.evil.example', email_verified: true }, false],
    ['a yes in words', { email: 'ada@gmail.com', email_verified: 'true' }, false],
    ['an empty Workspace', { email: 'ada@acme.example', email_verified: true, hd: '' }, false],
  ])('has %s', async (_what, claims, emailVerified) => {
    expect(await verify(google(options), claims)).toMatchObject({ subject: '248289761001', emailVerified })
  })

  it('lets in one Workspace alone where that is asked for (attack 164)', async () => {
    const acme = openProvider(google({ ...options, hostedDomain: 'acme.example' }))
    expect((await comeBack(acme, { hd: 'acme.example' })).asked.get('hd')).toBe('acme.example')
    await expect(comeBack(acme, { hd: 'evil.example' })).rejects.toMatchObject({ reason: 'denied_by_user' })
    await expect(comeBack(acme)).rejects.toMatchObject({ reason: 'denied_by_user' })
  })

  it.each([
    ['ours', { aud: 'shop', azp: 'shop', sub: '1' }, null],
    ['another application’s', { aud: 'other', azp: 'shop', sub: '1' }, 'wrong_audience'],
    ['nobody’s', { sub: '1' }, 'wrong_audience'],
    ['none', Response.json({ error: 'invalid_token' }, { status: 400 }), 'invalid_grant'],
  ])('tells whether an access token is %s (attack 159)', async (_what, info, reason) => {
    stub.serve({ metadata: { userinfo_endpoint: `${issuer}/userinfo` } })
    stub.server.answer('/tokeninfo', info)
    stub.server.answer('/userinfo', { sub: '1', email: 'ada@gmail.com', email_verified: true })
    const proven = openProvider(google(options)).verify({ accessToken: 'access', redirectUri: REDIRECT_URI })
    if (reason === null) expect(await proven).toMatchObject({ subject: '1', emailVerified: true })
    else await expect(proven).rejects.toMatchObject({ reason })
  })

  it('refuses an access token whose owner is told in two ways', async () => {
    stub.serve({ metadata: { userinfo_endpoint: `${issuer}/userinfo` } })
    stub.server.answer('/tokeninfo', { aud: 'shop', sub: '1' })
    stub.server.answer('/userinfo', { sub: '2' })
    const proven = openProvider(google(options)).verify({ accessToken: 'access', redirectUri: REDIRECT_URI })
    await expect(proven).rejects.toMatchObject({ reason: 'malformed_answer' })
  })
})

describe('Microsoft', () => {
  const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47'
  const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'
  const of = (tid: string, claims = {}) => ({ iss: `${issuer}/${tid}/v2.0`, tid, ...claims })
  const by = (options = {}) => microsoft({ ...CLIENT, authority: issuer, ...options })

  beforeEach(() => stub.serve({ path: '/common/v2.0', issuer: `${issuer}/{tenantid}/v2.0` }))

  it('takes people of all tenants, and tells them apart by tenant', async () => {
    expect(await verify(by(), of(TENANT))).toMatchObject({ subject: `${TENANT}:248289761001` })
    expect(await verify(by(), of(PERSONAL))).toMatchObject({ subject: `${PERSONAL}:248289761001` })
  })

  it('goes through the redirect way', async () => {
    const { proven, asked } = await comeBack(openProvider(by()), of(TENANT, { name: 'Ada Lovelace' }))
    expect(proven).toMatchObject({ subject: `${TENANT}:248289761001`, firstName: 'Ada', lastName: 'Lovelace' })
    expect(asked.get('code_challenge_method')).toBe('S256')
  })

  it('asks for the keys once for many tenants', async () => {
    const provider = openProvider(by())
    for (const tid of [TENANT, PERSONAL, TENANT]) {
      await provider.verify({ idToken: await stub.idToken(of(tid)), redirectUri: REDIRECT_URI })
    }
    expect(stub.server.calls.filter(({ path }) => path === '/keys')).toHaveLength(1)
  })

  it.each([
    [
      'of a tenant that is not the issuer',
      { iss: 'ISSUER/11111111-1111-4111-8111-111111111111/v2.0', tid: TENANT },
      'invalid_grant',
    ],
    ['of the issuer of no tenant', { iss: 'ISSUER/{tenantid}/v2.0', tid: TENANT }, 'invalid_grant'],
    ['without a tenant', { iss: 'ISSUER//v2.0' }, 'malformed_answer'],
    ['of a tenant that is a path', { iss: 'ISSUER/../v2.0', tid: '..' }, 'malformed_answer'],
    ['of a tenant that is a place', { iss: 'https://evil.example', tid: 'https://evil.example' }, 'malformed_answer'],
  ])('refuses an ID token %s', async (_what, { iss, ...claims }, reason) => {
    const refused = verify(by(), { ...claims, iss: iss.replace('ISSUER', issuer) })
    await expect(refused).rejects.toMatchObject({ reason })
  })

  it.each([
    [true, true],
    [undefined, false],
    [false, false],
    ['1', false],
    [1, false],
  ])(
    'never takes an address for proven but where xms_edov is true: %j (attack 160)',
    async (xms_edov, emailVerified) => {
      const claims = of(TENANT, { email: 'victim@acme.example', email_verified: true, xms_edov })
      expect(await verify(by(), claims)).toMatchObject({ email: 'victim@acme.example', emailVerified })
    },
  )

  it('lets in only the tenants that are listed', async () => {
    const factory = by({ allowedTenants: [TENANT.toUpperCase()] })
    expect(await verify(factory, of(TENANT))).toMatchObject({ subject: `${TENANT}:248289761001` })
    await expect(verify(factory, of(PERSONAL))).rejects.toMatchObject({ reason: 'denied_by_user' })
  })

  it('lets in organizations without personal accounts', async () => {
    stub.serve({ path: '/organizations/v2.0', issuer: `${issuer}/{tenantid}/v2.0` })
    const factory = by({ tenant: 'organizations' })
    expect(await verify(factory, of(TENANT))).toMatchObject({ subject: `${TENANT}:248289761001` })
    await expect(verify(factory, of(PERSONAL))).rejects.toMatchObject({ reason: 'denied_by_user' })
  })

  it('lets in one tenant, or personal accounts, alone', async () => {
    stub.serve({ path: `/${TENANT}/v2.0`, issuer: `${issuer}/${TENANT}/v2.0` })
    expect(await verify(by({ tenant: TENANT }), of(TENANT))).toMatchObject({ subject: `${TENANT}:248289761001` })
    await expect(verify(by({ tenant: TENANT }), of(PERSONAL))).rejects.toMatchObject({ reason: 'invalid_grant' })
    stub.serve({ path: '/consumers/v2.0', issuer: `${issuer}/${PERSONAL}/v2.0` })
    expect(await verify(by({ tenant: 'consumers' }), of(PERSONAL))).toMatchObject({
      subject: `${PERSONAL}:248289761001`,
    })
  })

  it('cannot be configured for a tenant that is none', () => {
    expect(() => by({ tenant: 'acme.example' })).toThrow(TypeError)
  })
})

describe('Apple', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let provider: IdentityProvider

  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true })
  })

  beforeEach(async () => {
    const privateKey = await exportPKCS8(keys.privateKey)
    const options = {
      clientId: 'shop',
      teamId: 'TEAM',
      keyId: 'KEY',
      privateKey,
      issuer,
      otherClientIds: ['com.acme.app'],
    }
    provider = openProvider(apple(options))
  })

  it('has the callback posted', async () => {
    expect(provider.responseMode).toBe('form_post')
    const { asked } = await comeBack(provider)
    expect(asked.get('response_mode')).toBe('form_post')
    expect(asked.get('scope')).toBe('openid name email')
    expect(asked.get('code_challenge_method')).toBe('S256')
  })

  it('proves the application by a JWT of five minutes', async () => {
    await comeBack(provider)
    const { client_secret: secret = '', client_id: clientId } = bodyOf('/token')
    const currentDate = new Date('2026-03-01T12:01:00Z')
    const { payload, protectedHeader } = await jwtVerify(secret, keys.publicKey, { currentDate, audience: issuer })
    expect(clientId).toBe('shop')
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'KEY' })
    const iat = Date.parse('2026-03-01T12:00:00Z') / 1000
    expect(payload).toEqual({ iss: 'TEAM', sub: 'shop', aud: issuer, iat, exp: iat + 300 })
  })

  it('takes the name that is posted beside the first log-in, and not the address beside it', async () => {
    const user = { name: { firstName: 'Ada', lastName: 'Lovelace' }, email: 'victim@acme.example' }
    const claims = { email: 'ada@privaterelay.appleid.com', email_verified: 'true', is_private_email: 'true' }
    const { proven } = await comeBack(provider, claims, { user: JSON.stringify(user) })
    expect(proven).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@privaterelay.appleid.com',
      emailVerified: true,
      extraData: { is_private_email: 'true' },
    })
  })

  it('knows no address where Apple signed none, whatever is posted (attack 160)', async () => {
    const user = { name: { firstName: 'Eve' }, email: 'victim@acme.example', email_verified: true, sub: 'victim' }
    const { proven } = await comeBack(provider, {}, { user: JSON.stringify(user) })
    expect(proven).toMatchObject({ subject: '248289761001', firstName: 'Eve', email: null, emailVerified: false })
  })

  it.each([['{'], ['null'], ['[]'], ['{"name":[]}'], ['{"name":{"firstName":17}}'], ['x'.repeat(10_000)]])(
    'does without the name when what is posted is %j',
    async (user) => {
      const { proven } = await comeBack(provider, {}, { user })
      expect(proven).toMatchObject({ subject: '248289761001', firstName: '', lastName: '', email: null })
    },
  )

  it('takes ID tokens of the application’s other platforms on the API way alone', async () => {
    const idToken = await stub.idToken({ aud: 'com.acme.app' })
    expect(await provider.verify({ idToken, redirectUri: REDIRECT_URI })).toMatchObject({ subject: '248289761001' })
    await expect(comeBack(provider, { aud: 'com.acme.app' })).rejects.toMatchObject({ reason: 'wrong_audience' })
  })

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [1, false],
    [undefined, false],
  ])('writes whether the address is proven as a text or a boolean: %j', async (email_verified, emailVerified) => {
    const idToken = await stub.idToken({ email: 'ada@acme.example', email_verified })
    expect(await provider.verify({ idToken, redirectUri: REDIRECT_URI })).toMatchObject({ emailVerified })
  })
})

describe('GitLab', () => {
  it('can be one of one’s own, and tells whether an address is proven', async () => {
    const factory = gitlab({ ...CLIENT, issuer, name: 'forge', title: 'The Forge' })
    expect(openProvider(factory)).toMatchObject({ name: 'forge', title: 'The Forge' })
    const claims = { email: 'ada@acme.example', email_verified: true, nickname: 'ada' }
    expect(await verify(factory, claims)).toMatchObject({ emailVerified: true, usernameHint: 'ada' })
  })
})

describe('LinkedIn', () => {
  it('is asked without PKCE and nonce, which it does not know, and proves who it was', async () => {
    const { asked, proven } = await comeBack(openProvider(linkedin({ ...CLIENT, issuer })))
    expect(new Set(asked.keys())).toEqual(new Set(['response_type', 'client_id', 'redirect_uri', 'scope', 'state']))
    expect(proven).toMatchObject({ subject: '248289761001' })
    expect(bodyOf('/token')).not.toHaveProperty('code_verifier')
  })

  it('takes no bare access token', async () => {
    const refused = openProvider(linkedin({ ...CLIENT, issuer })).verify({
      accessToken: 'a',
      redirectUri: REDIRECT_URI,
    })
    await expect(refused).rejects.toMatchObject({ reason: 'missing_input' })
  })
})

describe('Slack', () => {
  it('names the workspace in the subject', async () => {
    const claims = { 'https://slack.com/team_id': 'T0R7', sub: 'U0R7' }
    expect(await verify(slack({ ...CLIENT, issuer }), claims)).toMatchObject({ subject: 'T0R7:U0R7' })
    await expect(verify(slack({ ...CLIENT, issuer }))).rejects.toMatchObject({ reason: 'malformed_answer' })
  })

  it.each([
    ['invalid_code', 'invalid_grant'],
    ['bad_client_secret', 'misconfigured'],
  ])('says %s with 200', async (error, reason) => {
    stub.server.answer('/token', { ok: false, error })
    const refused = openProvider(slack({ ...CLIENT, issuer })).verify({ code: 'abc', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason, detail: error })
  })
})

describe('the token endpoint of an issuer', () => {
  const begin = () => openProvider(gitlab({ ...CLIENT, issuer }), providerTools())

  it.each([
    ['a page', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'malformed_answer'],
    ['a list', Response.json([]), 'malformed_answer'],
    ['no ID token', { access_token: 'a', token_type: 'bearer' }, 'malformed_answer'],
    ['an ID token that is none', { access_token: 'a', token_type: 'bearer', id_token: 'x' }, 'malformed_answer'],
    ['a number for an ID token', { access_token: 'a', token_type: 'bearer', id_token: 1 }, 'malformed_answer'],
    ['a refusal', Response.json({ error: 'invalid_grant' }, { status: 400 }), 'invalid_grant'],
    ['a refusal of ourselves', Response.json({ error: 'invalid_client' }, { status: 401 }), 'misconfigured'],
    ['a refusal without a word', Response.json({}, { status: 403 }), 'invalid_grant'],
    ['a redirect', Response.redirect('https://evil.example/'), 'malformed_answer'],
    ['trouble', Response.json({ error: 'invalid_grant' }, { status: 500 }), 'unreachable'],
  ])('that answers with %s proves nobody', async (_what, answer, reason) => {
    stub.server.answer('/token', answer)
    const refused = begin().verify({ code: 'abc', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
  })

  it('proves nobody by an ID token with the nonce of another log-in', async () => {
    await expect(comeBack(begin(), { nonce: 'other' })).rejects.toMatchObject({ reason: 'state_mismatch' })
    await expect(comeBack(begin(), { nonce: undefined })).rejects.toMatchObject({ name: 'IdentityProviderError' })
  })

  it('proves nobody by a user info of somebody else', async () => {
    stub.serve({ metadata: { userinfo_endpoint: `${issuer}/userinfo` } })
    stub.server.answer('/userinfo', { sub: 'somebody else', email: 'victim@acme.example', email_verified: true })
    await expect(comeBack(begin())).rejects.toMatchObject({ reason: 'malformed_answer' })
  })

  it.each([
    ['refuses the token', new Response('{}', { status: 401 }), 'invalid_grant'],
    ['is down', new Response('{}', { status: 500 }), 'unreachable'],
    ['answers with a page', new Response('<html>'), 'malformed_answer'],
  ])('proves nobody while the user info %s', async (_what, answer, reason) => {
    stub.serve({ metadata: { userinfo_endpoint: `${issuer}/userinfo` } })
    stub.server.answer('/userinfo', answer)
    await expect(comeBack(begin())).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
  })
})
