/** §8.1 with OpenID Connect: a real provider for codes and tokens, a local issuer for what no honest one signs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { microsoft } from '../../../src/providers/microsoft.ts'
import { openIdConnect } from '../../../src/providers/oidc.ts'
import { type OpenIdProvider, openIdProvider } from '../../support/openid-provider.ts'
import { pageVisitor } from '../../support/page-visitor.ts'
import { type StubIssuer, stubIssuer } from '../../support/stub-issuer.ts'
import { told } from '../drf/support/answer.ts'
import { nonField } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const CALLBACK = 'https://shop.example/callback/acme'
const SHOP = { client_id: 'shop', client_secret: 'the-secret-of-the-shop', redirect_uris: [CALLBACK] }
const OTHER = { client_id: 'other', client_secret: 'the-secret-of-another', redirect_uris: [CALLBACK] }

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
/** RFC 7636, appendix B. */
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

const INCORRECT = nonField('Incorrect value')
const INPUT = nonField('Incorrect input. access_token or code is required.')

const newWorld = restAuthWorlds()

describe.each(GENERATIONS)('§8.1 at a real OpenID provider, generation %s', (generation) => {
  let peer: OpenIdProvider

  beforeAll(async () => {
    peer = await openIdProvider({
      clients: [SHOP, OTHER],
      claimsOf: (login) => ({ email: `${login}@acme.example`, email_verified: true, preferred_username: login }),
    })
  })
  afterAll(() => peer.close())

  const world = (callbackUrl: string = CALLBACK) => {
    const { client_id: clientId, client_secret: clientSecret } = SHOP
    const options = { name: 'acme', title: 'Acme', issuer: peer.issuer, clientId, clientSecret }
    const providers = [openIdConnect({ ...options, trustsEmailVerified: true })]
    const socialLogin = { acme: { provider: 'acme', callbackUrl } }
    return newWorld({ generation, socialLogin }, { environment: 'development', social: { providers } })
  }

  /** What an application on a telephone does: it begins by itself, and sends the code that it comes back with. */
  async function codeOf(login: string, client: typeof SHOP = SHOP): Promise<string> {
    const url = new URL(`${peer.issuer}/auth`)
    const asked = {
      client_id: client.client_id,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid email profile',
      state: 'state',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    const callback = await pageVisitor({ login }).walk(url.href, CALLBACK)
    return callback.searchParams.get('code') ?? ''
  }

  async function tokenOf(login: string, client: typeof SHOP): Promise<string> {
    const { client_id, client_secret } = client
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: VERIFIER }
    const form = new URLSearchParams({ ...grant, client_id, client_secret, code: await codeOf(login, client) })
    const basic = btoa(`${client_id}:${client_secret}`)
    form.delete('client_secret')
    const response = await fetch(`${peer.issuer}/token`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Basic ${basic}` },
    })
    const { access_token: token } = (await response.json()) as { readonly access_token: string }
    return token
  }

  it('row body OAuth2: a code with the verifier that goes with it, once', async () => {
    const { call } = world()
    const json = { code: await codeOf('ada'), code_verifier: VERIFIER }
    const first = await call('POST acme/', { json })
    expect(first).toMatchObject({ status: 200, body: { key: expect.any(String) } })
    const again = await call('POST acme/', { json })
    expect(told(again)).toEqual(generation === '7' ? nonField('Failed to exchange code for access token') : INCORRECT)
  })

  it('row code flow: neither another verifier nor another callback gets anything for a code', async () => {
    const wrong = world('https://shop.example/callback/other')
    const refused = generation === '7' ? nonField('Failed to exchange code for access token') : INCORRECT
    const good = { code: await codeOf('ada'), code_verifier: VERIFIER }
    expect(told(await wrong.call('POST acme/', { json: good }))).toEqual(refused)
    const stolen = { code: await codeOf('ada'), code_verifier: 'x'.repeat(43) }
    expect(told(await world().call('POST acme/', { json: stolen }))).toEqual(refused)
  })

  it('row body OAuth2: an access token of this application, and (F) none of another', async () => {
    const { call, auth } = world()
    const theirs = await call('POST acme/', { json: { access_token: await tokenOf('eve', OTHER) } })
    expect(told(theirs)).toEqual(INCORRECT)
    expect(await auth.findUser('eve')).toBeNull()
    const ours = await call('POST acme/', { json: { access_token: await tokenOf('eve', SHOP) } })
    expect(ours.status).toBe(200)
    expect(await auth.findUser('eve')).toMatchObject({ email: 'eve@acme.example' })
  })
})

describe('§8.1 row body, id_token in generation 7', () => {
  let issuer: StubIssuer

  beforeAll(async () => {
    issuer = await stubIssuer()
    issuer.serve()
  })
  afterAll(() => issuer.server.close())

  const world = (generation: '0.9' | '7' = '7') => {
    const options = { name: 'acme', title: 'Acme', issuer: issuer.server.origin, clientId: 'shop' }
    const providers = [
      openIdConnect({ ...options, clientSecret: 'sesame', trustsEmailVerified: true }),
      microsoft({ clientId: 'shop', clientSecret: 'sesame', authority: issuer.server.origin }),
    ]
    return newWorld({ generation }, { environment: 'development', social: { providers } })
  }

  const ADA = { sub: 'ada', email: 'ada@acme.example', email_verified: true, preferred_username: 'ada' }

  it('goes with an access token, and says who it is', async () => {
    const { call } = world()
    const json = { access_token: 'opaque', id_token: await issuer.idToken(ADA) }
    const { key: token } = (await call('POST acme/', { json })).body as { readonly key: string }
    expect((await call('GET user/', { token })).body).toMatchObject({ username: 'ada', email: 'ada@acme.example' })
  })

  it('alone is no input, and 0.9 does not read it', async () => {
    const json = { id_token: await issuer.idToken(ADA) }
    expect(told(await world().call('POST acme/', { json }))).toEqual(INPUT)
    const beside = { ...json, access_token: 'opaque' }
    expect(told(await world('0.9').call('POST acme/', { json: beside }))).toEqual(INCORRECT)
  })

  it.each([
    ['for another application', { aud: 'other' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that is over', { exp: 1_600_000_000 }],
    ['for another access token', { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['of nobody', { sub: '' }],
  ])('is refused %s', async (_what, claims) => {
    const { call, auth } = world()
    const json = { access_token: 'opaque', id_token: await issuer.idToken({ ...ADA, ...claims }) }
    expect(told(await call('POST acme/', { json }))).toEqual(INCORRECT)
    expect(await auth.findUser('ada')).toBeNull()
  })

  it.each(['', 'e30.e30.', 'x', 'a.b.c', `${'e30.'.repeat(2000)}e30`])('is refused as %j', async (token) => {
    const json = { access_token: 'opaque', id_token: token }
    expect(told(await world().call('POST acme/', { json }))).toEqual(INCORRECT)
  })

  it('row body Microsoft helper: `accessToken` is read as well; what says not for whom it is lets nobody in', async () => {
    const { call } = world()
    for (const json of [{ accessToken: 'opaque' }, { access_token: 'opaque' }]) {
      expect(told(await call('POST microsoft/', { json }))).toEqual(INCORRECT)
    }
    const accessToken = { accessToken: 'opaque', id_token: await issuer.idToken(ADA) }
    expect((await call('POST acme/', { json: accessToken })).status).toBe(200)
    expect(told(await call('POST acme/', { json: { accessToken: ['a'] } }))).toEqual([
      400,
      { accessToken: ['Not a valid string.'] },
    ])
  })
})
