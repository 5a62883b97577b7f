import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { de } from '../../../src/messages/rest-auth/de.ts'
import { facebook } from '../../../src/providers/facebook.ts'
import { stubServer } from '../../support/stub-server.ts'
import { told } from '../drf/support/answer.ts'
import { facebookRefusal, PEER, type PeerPerson, type SocialPeers, socialPeers } from './support/social-peers.ts'
import { DETAILS, nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const ADA = {
  id: '500',
  email: 'ada@acme.example',
  isEmailProven: true,
  firstName: 'Ada',
  lastName: 'Lovelace',
  handle: 'ada',
} as const satisfies PeerPerson

const INPUT = nonField('Incorrect input. access_token or code is required.')
const INCORRECT = nonField('Incorrect value')
const EXCHANGE = nonField('Failed to exchange code for access token')
const PRIVATE = { '0.9': 'api.twitter.com', '7': 'api.x.com' } as const

let peers: SocialPeers

beforeAll(async () => {
  peers = await socialPeers()
})
beforeEach(() => peers.reset())
afterAll(() => peers.server.close())

const newWorld = restAuthWorlds()

describe.each(GENERATIONS)('§8.1 social log-in in generation %s', (generation) => {
  const socialWorld = (...[options, engine]: Parameters<typeof newWorld>) =>
    newWorld({ generation, ...options }, peers.engine(engine))
  const noPrivateAccess = nonField(`No access to private resources at "${PRIVATE[generation]}".`)

  it.each(['facebook', 'github'])('row body OAuth2, %s: takes an access token', async (path) => {
    const world = socialWorld()
    const answer = await world.call(`POST ${path}/`, { json: { access_token: peers.tokenFor(ADA) } })
    expect([answer.status, answer.text]).toEqual([200, expect.stringMatching(/^\{"key":"[0-9a-f]{40}"\}$/)])
  })

  it.each(['facebook', 'github'])('row body OAuth2, %s: takes a code, also from a form', async (path) => {
    const world = socialWorld()
    const answer = await world.call(`POST ${path}/`, { form: { code: peers.codeFor(ADA), access_token: '' } })
    expect(answer.status).toBe(200)
  })

  it('row body OAuth2: access_token wins, and the code is not even asked about', async () => {
    const world = socialWorld()
    const json = { access_token: peers.tokenFor(ADA), code: 'no such code' }
    expect((await world.call('POST facebook/', { json })).status).toBe(200)
    expect(told(await world.call('POST facebook/', { json: { ...json, access_token: 'no' } }))).toEqual(INCORRECT)
    expect(peers.server.calls.map(({ path }) => path)).not.toContain(PEER.facebookToken)
  })

  it.each([
    ['{}', {}],
    ['both blank', { access_token: '', code: ' ' }],
    ['only an ID token', { id_token: 'e30.e30.e30' }],
    ['only a verifier', { code_verifier: 'v'.repeat(43) }],
    ['foreign keys', { token: 'x', token_secret: 'y', user: 1 }],
  ])('row 400 neither: %s', async (_what, json) => {
    expect(told(await socialWorld().call('POST facebook/', { json }))).toEqual(INPUT)
    expect(peers.server.calls).toEqual([])
  })

  it.each([
    [null, WORDS.NULL],
    [true, WORDS.STRING],
    [['a'], WORDS.STRING],
    [{ a: 1 }, WORDS.STRING],
    ['a\0', WORDS.NUL],
    ['\ud800', WORDS.SURROGATE],
  ])('row body OAuth2: refuses %j for a token or a code', async (value, sentence) => {
    const json = { access_token: value, code: value }
    const expected = [400, { access_token: [sentence], code: [sentence] }]
    expect(told(await socialWorld().call('POST facebook/', { json }))).toEqual(expected)
  })

  it('row 400 `Incorrect value`: a token is no number and no novel, but nothing falls over it', async () => {
    const world = socialWorld()
    for (const value of [0, 12_345, 'x'.repeat(8193), 'a\r\nX-Evil: 1', '%00', 'ä']) {
      for (const path of ['facebook', 'github']) {
        const answer = await world.call(`POST ${path}/`, { json: { access_token: value } })
        expect([path, ...told(answer)]).toEqual([path, ...INCORRECT])
      }
    }
  })

  it('row body OAuth1: access_token and token_secret are both required, and nothing else helps', async () => {
    const world = socialWorld()
    const required = (...names: string[]) => [400, Object.fromEntries(names.map((name) => [name, [WORDS.REQUIRED]]))]
    const twitter = async (json: object) => told(await world.call('POST twitter/', { json }))
    expect(await twitter({})).toEqual(required('access_token', 'token_secret'))
    expect(await twitter({ access_token: 'a', code: 'b' })).toEqual(required('token_secret'))
    expect(await twitter({ token_secret: 'a' })).toEqual(required('access_token'))
    expect(await twitter({ access_token: '', token_secret: null })).toEqual([
      400,
      { access_token: [WORDS.BLANK], token_secret: [WORDS.NULL] },
    ])
  })

  it('row Twitter call: the request is signed with the token’s secret', async () => {
    const world = socialWorld()
    const pair = peers.pairFor(ADA)
    expect((await world.call('POST twitter/', { json: pair })).status).toBe(200)
    const wrong = await world.call('POST twitter/', { json: { ...pair, token_secret: 'other' } })
    expect(told(wrong)).toEqual(noPrivateAccess)
    expect(peers.server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill(`GET ${PEER.twitterUser}`),
    )
  })

  it.each([
    ['401', new Response('{}', { status: 401 })],
    ['403', new Response('{}', { status: 403 })],
    ['404', new Response('{}', { status: 404 })],
    ['429', new Response('{}', { status: 429 })],
    ['500', new Response('{}', { status: 500 })],
    ['(F) no JSON', new Response('<html>')],
    ['(F) no id', { screen_name: 'ada' }],
  ])('row 400 Twitter answers %s: no access, and no cookie (F)', async (_what, answer) => {
    peers.answer(PEER.twitterUser, answer)
    const refused = await socialWorld().call('POST twitter/', { json: peers.pairFor(ADA) })
    expect([...told(refused), refused.cookies]).toEqual([...noPrivateAccess, []])
  })

  it.each([
    ['facebook', PEER.facebookMe],
    ['facebook', PEER.facebookDebug],
    ['github', PEER.githubUser],
  ])('row 400 `Incorrect value`: %s answers an error at %s; (F) no JSON, or without an id', async (path, address) => {
    const world = socialWorld()
    const answers = [
      ...[400, 401, 403, 404, 429, 500, 503].map((status) => new Response('{"error":"no"}', { status })),
      facebookRefusal(190),
      new Response('<html>'),
      new Response(''),
      new Response('[]'),
      { id: null, login: 'ada', data: {} },
      { login: 'ada' },
      Response.redirect('https://evil.example/'),
    ]
    for (const answer of answers) {
      peers.answer(address, answer)
      const refused = await world.call(`POST ${path}/`, { json: { access_token: peers.tokenFor(ADA) } })
      expect([...told(refused), refused.cookies]).toEqual([...INCORRECT, []])
    }
    expect(await world.auth.findUser('ada')).toBeNull()
  })

  it('row 400 a code that the provider refuses: told as such in generation 7; (F) in 0.9', async () => {
    const world = socialWorld()
    const expected = generation === '7' ? EXCHANGE : INCORRECT
    const used = peers.codeFor(ADA)
    expect((await world.call('POST facebook/', { json: { code: used } })).status).toBe(200)
    for (const [path, code] of [
      ['facebook', used],
      ['github', 'unknown'],
      ['github', '\ud83d\ude00'],
    ]) {
      expect(told(await world.call(`POST ${path}/`, { json: { code } }))).toEqual(expected)
    }
    peers.answer(PEER.facebookMe, new Response('<html>'))
    expect(told(await world.call('POST facebook/', { json: { code: peers.codeFor(ADA) } }))).toEqual(INCORRECT)
  })

  it('row (F) a network error: `Incorrect value`', async () => {
    const gone = await stubServer()
    await gone.close()
    const far = facebook({ name: 'far', clientId: '1', clientSecret: 's', graph: gone.origin, dialog: gone.origin })
    const world = newWorld({ generation }, { environment: 'development', social: { providers: [far] } })
    for (const json of [{ access_token: 'a' }, { code: 'a' }]) {
      expect(told(await world.call('POST far/', { json }))).toEqual(INCORRECT)
    }
  })

  it('(F) a provider token that was issued to another application is refused', async () => {
    const world = socialWorld()
    const json = { access_token: peers.foreignTokenFor(ADA) }
    expect(told(await world.call('POST facebook/', { json }))).toEqual(INCORRECT)
    expect(told(await world.call('POST github/', { json }))).toEqual(INCORRECT)
    expect((await world.store.users.list({ after: null, limit: 9 })).length).toBe(0)
  })

  it('row code flow: the redirect URI is the path’s callbackUrl, or the site’s own callback, never the request’s', async () => {
    const callbackUrl = 'https://shop.example/callback'
    const socialLogin = { facebook: 'facebook', 'facebook/app': { provider: 'facebook', callbackUrl } }
    const world = socialWorld({ socialLogin })
    const sent = { callback_url: 'https://evil.example/', redirect_uri: 'https://evil.example/' }
    for (const path of ['facebook', 'facebook/app']) {
      const json = { ...sent, code: peers.codeFor(ADA), code_verifier: 'verifier' }
      expect((await world.call(`POST ${path}/`, { json })).status).toBe(200)
    }
    const exchanges = peers.server.calls.filter(({ path }) => path === PEER.facebookToken)
    const forms = exchanges.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    expect(forms.map(({ redirect_uri: uri }) => uri)).toEqual([
      'https://acme.test/account/social/facebook/callback',
      callbackUrl,
    ])
    expect(forms[0]).toMatchObject({
      grant_type: 'authorization_code',
      client_id: '4242',
      client_secret: 'sesame',
      code_verifier: 'verifier',
    })
  })

  it('row caller: an authenticated caller is ignored, and a different user is signed in', async () => {
    const world = socialWorld()
    const browser = world.browser()
    await world.addUser('bob')
    await browser.login('bob')
    const before = browser.jar.get('sessionid')
    expect((await browser.call('POST github/', { json: { access_token: peers.tokenFor(ADA) } })).status).toBe(200)
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'ada' })
    expect(browser.jar.get('sessionid')).not.toBe(before)
    expect(await world.auth.listIdentities(await callerOf(world, 'bob'))).toEqual([])
  })

  it('row caller: a session needs its CSRF token, and a bad credential fails, unless stale ones are ignored', async () => {
    const json = { access_token: peers.tokenFor(ADA) }
    const world = socialWorld()
    const browser = world.browser()
    await world.addUser('bob')
    await browser.login('bob')
    expect((await browser.call('POST github/', { json, csrf: false })).status).toBe(403)
    expect(told(await world.call('POST github/', { json, token: 'f'.repeat(40) }))).toEqual([403, DETAILS.invalidToken])
    const lenient = socialWorld({ ignoreStaleCredentials: true })
    expect((await lenient.call('POST github/', { json, token: 'f'.repeat(40) })).status).toBe(200)
  })

  it('is POST alone, described by OPTIONS', async () => {
    const world = socialWorld()
    expect((await world.call('GET facebook/')).status).toBe(405)
    const described = (await world.call('OPTIONS facebook/')).body as { name: string; actions: { POST: object } }
    expect(described.name).toBe('Facebook Login')
    expect(Object.keys(described.actions.POST)).toEqual(
      generation === '7'
        ? ['access_token', 'code', 'id_token', 'accessToken', 'code_verifier']
        : ['access_token', 'code', 'code_verifier'],
    )
    const twitter = (await world.call('OPTIONS twitter/')).body as { actions: { POST: object } }
    expect(Object.keys(twitter.actions.POST)).toEqual(['access_token', 'token_secret'])
  })

  it('§1.1 without the final slash: a redirect in 0.9, the same in 7', async () => {
    const json = { access_token: peers.tokenFor(ADA) }
    expect((await socialWorld().call('POST facebook', { json })).status).toBe(generation === '7' ? 200 : 301)
  })

  it('§11: its sentences are translated, what Twitter’s refusal becomes among them', async () => {
    const world = socialWorld({ languages: ['en', 'de'] })
    const headers = { 'accept-language': 'de' }
    const say = async (path: string, json: object) => (await world.call(`POST ${path}/`, { json, headers })).body
    const { social } = de
    expect(await say('facebook', {})).toEqual({ non_field_errors: [social.inputMissing] })
    expect(await say('facebook', { access_token: 'x' })).toEqual({ non_field_errors: [social.valueIncorrect] })
    expect(await say('twitter', { access_token: 'x', token_secret: 'y' })).toEqual({
      non_field_errors: [social.noPrivateAccess(PRIVATE[generation])],
    })
  })

  it('the engine’s own limit is a 429 that says when to come back', async () => {
    const world = socialWorld({}, { rateLimits: { socialLoginsPerAddress: { count: 1, perSeconds: 60 } } })
    const call = () => world.call('POST github/', { json: { access_token: peers.tokenFor(ADA) } })
    expect((await call()).status).toBe(200)
    const limited = await call()
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  })
})

type World = ReturnType<typeof newWorld>

async function callerOf(world: World, username: string) {
  const { id } = await world.stored(username)
  const [session] = await world.store.sessions.listForUser(id, world.clock.now())
  return { actor: { session: { id: session?.id ?? '' } } }
}
