/** The whole of the redirect way and of the API way, against a real OpenID provider. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IdentityProvider } from '../../src/contracts/identity-provider.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { type OpenIdProvider, openIdProvider } from '../support/openid-provider.ts'
import { pageVisitor } from '../support/page-visitor.ts'
import { openProvider } from '../support/provider-tools.ts'

const REDIRECT_URI = 'https://shop.example/callback/acme'
const SHOP = { client_id: 'shop', client_secret: 'the-secret-of-the-shop', redirect_uris: [REDIRECT_URI] }
const OTHER = { client_id: 'other', client_secret: 'the-secret-of-another', redirect_uris: [REDIRECT_URI] }

let peer: OpenIdProvider
let provider: IdentityProvider
let other: IdentityProvider

beforeAll(async () => {
  peer = await openIdProvider({
    clients: [SHOP, OTHER],
    claimsOf: (login) => ({
      name: 'Ada Lovelace',
      preferred_username: login,
      email: `${login}@acme.example`,
      email_verified: login !== 'bob',
      is_staff: true,
    }),
  })
  provider = openProvider(relyingParty(SHOP))
  other = openProvider(relyingParty(OTHER))
})

afterAll(() => peer.close())

function relyingParty({ client_id: clientId, client_secret: clientSecret }: typeof SHOP) {
  return openIdConnect({
    name: 'acme',
    title: 'Acme',
    issuer: peer.issuer,
    clientId,
    clientSecret,
    trustsEmailVerified: true,
  })
}

/** Goes there as somebody, and comes back. */
async function comeBack(as: string, by = provider) {
  const begun = await by.begin({ redirectUri: REDIRECT_URI, state: 'state-of-this-log-in' })
  const callback = await pageVisitor({ login: as }).walk(begun.url, REDIRECT_URI)
  return { params: callback.searchParams, kept: begun.kept, redirectUri: REDIRECT_URI, state: 'state-of-this-log-in' }
}

describe('the redirect way', () => {
  it('proves who logged in over there', async () => {
    const proven = await provider.finish(await comeBack('ada'))
    expect(proven).toMatchObject({
      subject: 'ada',
      email: 'ada@acme.example',
      emailVerified: true,
      firstName: 'Ada',
      lastName: 'Lovelace',
      usernameHint: 'ada',
      tokens: { accessToken: expect.any(String), refreshToken: null, tokenSecret: null },
    })
    expect(proven.tokens?.expiresAt?.toISOString()).toBe('2026-03-01T13:00:00.000Z')
  })

  it('keeps of the profile what it knows, and nothing that looks like a right', async () => {
    const { extraData } = await provider.finish(await comeBack('ada'))
    expect(extraData).toEqual({ iss: peer.issuer, name: 'Ada Lovelace', preferred_username: 'ada' })
  })

  it('tells an address that was not proven over there', async () => {
    const proven = await provider.finish(await comeBack('bob'))
    expect(proven).toMatchObject({ email: 'bob@acme.example', emailVerified: false })
  })

  it('asks with PKCE S256, state and nonce, new for each log-in (attack 157)', async () => {
    const input = { redirectUri: REDIRECT_URI, state: 'a-state' }
    const [first, second] = await Promise.all([provider.begin(input), provider.begin(input)])
    const params = new URL(first.url).searchParams
    expect(Object.fromEntries(params)).toEqual({
      response_type: 'code',
      client_id: 'shop',
      redirect_uri: REDIRECT_URI,
      scope: 'openid profile email',
      state: 'a-state',
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const { verifier, nonce } = first.kept as { verifier: string; nonce: string }
    expect(verifier).toMatch(/^[\w-]{43}$/)
    expect(first.url).not.toContain(verifier)
    expect(params.get('nonce')).toBe(nonce)
    expect(second.kept).not.toEqual(first.kept)
    expect(new URL(second.url).searchParams.get('nonce')).not.toBe(nonce)
  })

  it('refuses the same callback a second time (attack 155)', async () => {
    const input = await comeBack('ada')
    await provider.finish(input)
    await expect(provider.finish(input)).rejects.toMatchObject({ reason: 'invalid_grant', detail: 'invalid_grant' })
  })

  it('refuses a code that was issued for another log-in of the same browser', async () => {
    const [mine, stolen] = [await comeBack('ada'), await comeBack('mallory')]
    const params = new URLSearchParams(mine.params)
    params.set('code', stolen.params.get('code') ?? '')
    await expect(provider.finish({ ...mine, params })).rejects.toMatchObject({ reason: 'invalid_grant' })
  })

  it.each([
    ['an edited state', 'state_mismatch', (params: URLSearchParams) => params.set('state', 'edited')],
    ['no state', 'state_mismatch', (params: URLSearchParams) => params.delete('state')],
    ['two states', 'state_mismatch', (params: URLSearchParams) => params.append('state', 'another')],
    [
      'the issuer of somebody else (attack 156)',
      'state_mismatch',
      (params: URLSearchParams) => params.set('iss', 'https://evil.example'),
    ],
    [
      'no issuer although the metadata promise one',
      'state_mismatch',
      (params: URLSearchParams) => params.delete('iss'),
    ],
    ['two issuers', 'state_mismatch', (params: URLSearchParams) => params.append('iss', 'https://evil.example')],
    ['two codes', 'malformed_answer', (params: URLSearchParams) => params.append('code', 'another')],
  ])('refuses a callback with %s before the code is sent anywhere', async (_what, reason, change) => {
    const input = await comeBack('ada')
    change(input.params)
    const before = tokenRequests()
    await expect(provider.finish(input)).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
    expect(tokenRequests()).toBe(before)
  })

  it.each([
    ['nothing', null],
    ['another provider’s', { state: 'x' }],
    ['no verifier', { nonce: 'n' }],
    ['numbers', { nonce: 1, verifier: 2 }],
  ])('refuses a callback where %s was kept (attack 157)', async (_what, kept) => {
    const input = await comeBack('ada')
    await expect(provider.finish({ ...input, kept })).rejects.toMatchObject({ reason: 'state_mismatch' })
  })

  it('refuses an ID token with the nonce of another log-in', async () => {
    const input = await comeBack('ada')
    const kept = { ...(input.kept as object), nonce: 'of-another-log-in' }
    await expect(provider.finish({ ...input, kept })).rejects.toMatchObject({
      reason: 'state_mismatch',
      detail: 'nonce',
    })
  })

  it('tells that the person said no', async () => {
    const begun = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    const callback = await pageVisitor({ login: 'ada', consents: false }).walk(begun.url, REDIRECT_URI)
    const input = { params: callback.searchParams, kept: begun.kept, redirectUri: REDIRECT_URI, state: 's' }
    await expect(provider.finish(input)).rejects.toMatchObject({ reason: 'denied_by_user', detail: 'access_denied' })
  })

  it('tells a wrong secret as the application’s own fault', async () => {
    const misconfigured = openProvider(relyingParty({ ...SHOP, client_secret: 'not-the-secret' }))
    const input = await comeBack('ada', misconfigured)
    await expect(misconfigured.finish(input)).rejects.toMatchObject({
      reason: 'misconfigured',
      detail: 'invalid_client',
    })
  })
})

describe('the API way', () => {
  it('takes the ID token that another client of ours was given, with and without its nonce', async () => {
    const { idToken, nonce } = await tokensOf('ada', provider, SHOP)
    const proof = { idToken, redirectUri: REDIRECT_URI }
    expect(await provider.verify(proof)).toMatchObject({ subject: 'ada' })
    expect(await provider.verify({ ...proof, nonce })).toMatchObject({ subject: 'ada' })
    await expect(provider.verify({ ...proof, nonce: 'other' })).rejects.toMatchObject({ reason: 'state_mismatch' })
  })

  it('refuses an ID token that was issued to another application (attack 159)', async () => {
    const { idToken } = await tokensOf('ada', other, OTHER)
    await expect(provider.verify({ idToken, redirectUri: REDIRECT_URI })).rejects.toMatchObject({
      reason: 'wrong_audience',
    })
  })

  it('takes that ID token where the other application is known to be the same one', async () => {
    const { idToken } = await tokensOf('ada', other, OTHER)
    const { issuer } = peer
    const both = openProvider(
      openIdConnect({ name: 'a', title: 'A', issuer, clientId: 'shop', clientSecret: 's', otherClientIds: ['other'] }),
    )
    expect(await both.verify({ idToken, redirectUri: REDIRECT_URI })).toMatchObject({ subject: 'ada' })
  })

  it('takes an access token that the issuer says is ours, and refuses one of another application', async () => {
    const mine = await tokensOf('ada', provider, SHOP)
    const theirs = await tokensOf('ada', other, OTHER)
    const proven = await provider.verify({ accessToken: mine.accessToken, redirectUri: REDIRECT_URI })
    expect(proven).toMatchObject({ subject: 'ada', email: 'ada@acme.example', emailVerified: true })
    const refused = provider.verify({ accessToken: theirs.accessToken, redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'wrong_audience' })
  })

  it('refuses an access token that the issuer does not know', async () => {
    const refused = provider.verify({ accessToken: 'invented', redirectUri: REDIRECT_URI })
    await expect(refused).rejects.toMatchObject({ reason: 'invalid_grant', detail: 'inactive' })
  })

  it('takes a code with the verifier of the client that asked for it, once', async () => {
    const { params, kept } = await comeBack('ada')
    const { verifier } = kept as { verifier: string }
    const proof = { code: params.get('code') ?? '', codeVerifier: verifier, redirectUri: REDIRECT_URI }
    expect(await provider.verify(proof)).toMatchObject({ subject: 'ada', emailVerified: true })
    await expect(provider.verify(proof)).rejects.toMatchObject({ reason: 'invalid_grant' })
  })

  it('refuses a code that was issued for another redirect URI', async () => {
    const { params, kept } = await comeBack('ada')
    const { verifier } = kept as { verifier: string }
    const proof = { code: params.get('code') ?? '', codeVerifier: verifier, redirectUri: 'https://shop.example/other' }
    await expect(provider.verify(proof)).rejects.toMatchObject({ reason: 'invalid_grant' })
  })

  it('says that it was given nothing', async () => {
    await expect(provider.verify({ redirectUri: REDIRECT_URI })).rejects.toMatchObject({ reason: 'missing_input' })
  })
})

function tokenRequests(): number {
  return peer.requests.filter((request) => request === 'POST /token').length
}

/** What a native client of ours would hold after it had talked to the provider itself. */
async function tokensOf(as: string, by: IdentityProvider, client: typeof SHOP) {
  const { params, kept } = await comeBack(as, by)
  const { verifier, nonce } = kept as { verifier: string; nonce: string }
  const response = await fetch(`${peer.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: params.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    }),
  })
  const { id_token: idToken, access_token: accessToken } = (await response.json()) as {
    readonly id_token: string
    readonly access_token: string
  }
  return { idToken, accessToken, nonce }
}
