import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityProvider } from '../../src/contracts/identity-provider.ts'
import { facebook } from '../../src/providers/facebook.ts'
import { openProvider } from '../support/provider-tools.ts'
import { type StubServer, stubServer } from '../support/stub-server.ts'

const REDIRECT_URI = 'https://shop.example/callback/facebook'
const TOKEN = 'EAAGm0PX4ZCpsBAN'
const ME = { id: '10158', name: 'Ada Lovelace', first_name: 'Ada', last_name: 'Lovelace', email: 'ada@acme.example' }

/** As "Debugging access tokens" shows it. */
const DEBUG = {
  app_id: '4242',
  type: 'USER',
  application: 'Shop',
  expires_at: 1352419328,
  is_valid: true,
  issued_at: 1347235328,
  scopes: ['email'],
  user_id: '10158',
}

let stub: StubServer
let provider: IdentityProvider

beforeAll(async () => {
  stub = await stubServer()
  const graph = `${stub.origin}/v19.0`
  provider = openProvider(
    facebook({ clientId: '4242', clientSecret: 'sesame', graph, dialog: `${stub.origin}/dialog` }),
  )
})

beforeEach(() => {
  stub.reset()
  stub.answer('/v19.0/oauth/access_token', { access_token: TOKEN, token_type: 'bearer', expires_in: 5183944 })
  stub.answer('/v19.0/me', ME)
  stub.answer('/v19.0/debug_token', { data: DEBUG })
})

afterAll(() => stub.close())

const verify = (proof: object) => provider.verify({ ...proof, redirectUri: REDIRECT_URI })
const callOf = (path: string) => stub.calls.find((call) => call.path === path)

describe('Facebook', () => {
  it('proves who sent a code, and asks with appsecret_proof', async () => {
    expect(await verify({ code: 'abc' })).toEqual({
      subject: '10158',
      email: 'ada@acme.example',
      emailVerified: false,
      firstName: 'Ada',
      lastName: 'Lovelace',
      usernameHint: null,
      extraData: ME,
      tokens: {
        accessToken: TOKEN,
        refreshToken: null,
        tokenSecret: null,
        expiresAt: new Date(Date.parse('2026-03-01T12:00:00Z') + 5_183_944_000),
      },
    })
    expect(callOf('/v19.0/me')?.query).toEqual({
      fields: 'id,name,first_name,last_name,email',
      access_token: TOKEN,
      appsecret_proof: createHmac('sha256', 'sesame').update(TOKEN).digest('hex'),
    })
    expect(callOf('/v19.0/debug_token')).toBeUndefined()
  })

  it('goes through the redirect way', async () => {
    const { url, kept } = await provider.begin({ redirectUri: REDIRECT_URI, state: 's' })
    expect(url.startsWith(`${stub.origin}/dialog?`)).toBe(true)
    const params = new URLSearchParams({ code: 'abc', state: 's' })
    const proven = await provider.finish({ params, kept, redirectUri: REDIRECT_URI, state: 's' })
    expect(proven).toMatchObject({ subject: '10158' })
    const { verifier } = kept as { verifier: string }
    expect(new URLSearchParams(callOf('/v19.0/oauth/access_token')?.body).get('code_verifier')).toBe(verifier)
  })

  it('takes an access token that was issued to this application', async () => {
    expect(await verify({ accessToken: TOKEN })).toMatchObject({ subject: '10158' })
    expect(callOf('/v19.0/debug_token')?.query).toEqual({ input_token: TOKEN, access_token: '4242|sesame' })
  })

  it('never takes an address for proven, whatever is said beside it', async () => {
    stub.answer('/v19.0/me', { ...ME, verified: true, email_verified: true })
    expect(await verify({ code: 'abc' })).toMatchObject({ email: 'ada@acme.example', emailVerified: false })
  })

  it('takes people without an address', async () => {
    const { email: _email, ...rest } = ME
    stub.answer('/v19.0/me', rest)
    expect(await verify({ code: 'abc' })).toMatchObject({ email: null })
  })

  it.each([
    ['of another application', { data: { ...DEBUG, app_id: '666' } }, 'wrong_audience'],
    ['of an application whose number begins like ours', { data: { ...DEBUG, app_id: '42420' } }, 'wrong_audience'],
    ['of an application without a number', { data: { ...DEBUG, app_id: undefined } }, 'wrong_audience'],
    ['of a page', { data: { ...DEBUG, type: 'PAGE' } }, 'wrong_audience'],
    ['of the application itself', { data: { ...DEBUG, type: 'APP', user_id: undefined } }, 'wrong_audience'],
    ['that is no longer good', { data: { ...DEBUG, is_valid: false } }, 'invalid_grant'],
    ['that is good in other words', { data: { ...DEBUG, is_valid: 'true' } }, 'invalid_grant'],
    ['that nothing is said of', {}, 'malformed_answer'],
    ['that a list is said of', { data: [DEBUG] }, 'malformed_answer'],
    [
      'that is none',
      { data: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] } },
      'invalid_grant',
    ],
    [
      'that Facebook shows only to the other application',
      Response.json({ error: { message: 'did not match', type: 'OAuthException', code: 100 } }, { status: 400 }),
      'wrong_audience',
    ],
    [
      'while our own secret is wrong',
      Response.json(
        { error: { message: 'Invalid OAuth access token', type: 'OAuthException', code: 190 } },
        { status: 400 },
      ),
      'misconfigured',
    ],
    ['while Facebook is down', new Response('', { status: 503 }), 'unreachable'],
    ['while a proxy answers', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'malformed_answer'],
  ])('refuses an access token %s, without asking whose it is (attack 159)', async (_what, answer, reason) => {
    stub.answer('/v19.0/debug_token', answer)
    await expect(verify({ accessToken: TOKEN })).rejects.toMatchObject({ name: 'IdentityProviderError', reason })
    expect(callOf('/v19.0/me')).toBeUndefined()
  })

  it.each([
    ['a code that was used', 100, 'invalid_grant'],
    ['a wrong secret', 101, 'misconfigured'],
  ])('reads the refusal of %s', async (_what, code, reason) => {
    const error = { message: 'This authorization code has been used.', type: 'OAuthException', code }
    stub.answer('/v19.0/oauth/access_token', Response.json({ error }, { status: 400 }))
    await expect(verify({ code: 'abc' })).rejects.toMatchObject({ reason, detail: String(code) })
  })

  it('puts neither secret nor token into what it throws', async () => {
    stub.answer('/v19.0/me', Response.json({ error: { message: `bad ${TOKEN}`, code: 190 } }, { status: 400 }))
    const error: unknown = await verify({ code: 'abc' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ reason: 'invalid_grant' })
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toMatch(
      /sesame|4242\||EAAG/,
    )
  })
})
