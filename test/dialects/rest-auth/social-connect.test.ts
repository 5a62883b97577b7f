import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Hooks } from '../../../src/contracts/hooks.ts'
import { IdentityProviderError } from '../../../src/contracts/identity-provider-error.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { PEER, type PeerPerson, type SocialPeers, socialPeers } from './support/social-peers.ts'
import { DETAILS, nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const ADA = { id: '500', email: 'ada@acme.example', isEmailProven: true, handle: 'ada' } as const satisfies PeerPerson

const INPUT = nonField('Incorrect input. access_token or code is required.')
const INCORRECT = nonField('Incorrect value')
const TAKEN = nonField('social account with this uid already exists.')

let peers: SocialPeers

beforeAll(async () => {
  peers = await socialPeers()
})
beforeEach(() => peers.reset())
afterAll(() => peers.server.close())

const newWorld = restAuthWorlds()

describe.each(GENERATIONS)('§8.2 connect in generation %s', (generation) => {
  const socialWorld = (...[options, engine]: Parameters<typeof newWorld>) =>
    newWorld({ generation, ...options }, peers.engine(engine))

  type World = ReturnType<typeof socialWorld>

  const connect = (world: World, token?: string, person: PeerPerson = ADA) =>
    world.call('POST github/connect/', { token, json: { access_token: peers.tokenFor(person) } })

  const identitiesOf = async (world: World, username: string) =>
    world.store.identities.listForUser((await world.stored(username)).id)

  it('row connect: anonymous 403, or 401 where a scheme that challenges is first; nothing is asked of the provider', async () => {
    expect(told(await connect(socialWorld()))).toEqual([403, DETAILS.anonymous])
    const challenging = socialWorld({ authentication: ['token'] })
    const answer = await connect(challenging)
    expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([401, DETAILS.anonymous, 'Token'])
    expect(told(await challenging.call('GET github/connect/'))).toEqual([401, DETAILS.anonymous])
    expect(peers.server.calls).toEqual([])
  })

  it('row connect: 200 with the caller’s normal answer, by which the caller can then log in (rule 29)', async () => {
    const world = socialWorld()
    const { token, id } = await world.member('bob')
    const answer = await connect(world, token)
    expect(told(answer)).toEqual([200, { key: token }])
    expect(answer.cookies.map((text) => text.split('=', 1)[0])).toEqual(['sessionid', 'csrftoken'])
    const entered = await world.call('POST github/', { json: { access_token: peers.tokenFor(ADA) } })
    expect(told(entered)).toEqual([200, { key: token }])
    expect(await identitiesOf(world, 'bob')).toMatchObject([{ provider: 'github', subject: '500', userId: id }])
  })

  it('row connect: by code, at Twitter, and with the same complaints as a log-in', async () => {
    const world = socialWorld()
    const { token } = await world.member('bob')
    const post = async (path: string, json: object) => told(await world.call(`POST ${path}/connect/`, { token, json }))
    expect(await post('facebook', { code: peers.codeFor(ADA) })).toEqual([200, { key: token }])
    expect(await post('twitter', peers.pairFor(ADA))).toEqual([200, { key: token }])
    expect(await post('facebook', {})).toEqual(INPUT)
    expect(await post('twitter', {})).toEqual([400, { access_token: [WORDS.REQUIRED], token_secret: [WORDS.REQUIRED] }])
    expect(await post('facebook', { access_token: 'unknown' })).toEqual(INCORRECT)
    const exchange = generation === '7' ? nonField('Failed to exchange code for access token') : INCORRECT
    expect(await post('github', { code: 'unknown' })).toEqual(exchange)
    expect(await post('github', { access_token: peers.foreignTokenFor(ADA) })).toEqual(INCORRECT)
    peers.answer(PEER.facebookMe, new Response('<html>'))
    expect(await post('facebook', { access_token: peers.tokenFor(ADA) })).toEqual(INCORRECT)
    expect(await identitiesOf(world, 'bob')).toHaveLength(2)
  })

  it('row connect: a fresh session takes the place of the browser’s own, and other sessions go on', async () => {
    const world = socialWorld()
    await world.addUser('bob')
    const [browser, other] = [world.browser(), world.browser()]
    await browser.login('bob')
    await other.login('bob')
    const before = browser.jar.get('sessionid')
    const json = { access_token: peers.tokenFor(ADA) }
    expect((await browser.call('POST github/connect/', { json })).status).toBe(200)
    expect(browser.jar.get('sessionid')).not.toBe(before)
    expect((await browser.call('GET user/')).status).toBe(200)
    expect((await other.call('GET user/')).status).toBe(200)
    const stale = await world.call('GET user/', { headers: { cookie: `sessionid=${before}` } })
    expect(stale.status).toBe(403)
  })

  it('row connect: a session caller without the CSRF token connects nothing', async () => {
    const world = socialWorld()
    await world.addUser('bob')
    const browser = world.browser()
    await browser.login('bob')
    const json = { access_token: peers.tokenFor(ADA) }
    expect((await browser.call('POST github/connect/', { json, csrf: false })).status).toBe(403)
    expect(peers.server.calls).toEqual([])
  })

  it('row connect: begins a session by the provider, which the attempt log and the list of accounts know of', async () => {
    const world = socialWorld({ sessionLogin: false })
    const { token } = await world.member('bob')
    for (const minutes of [1, 5]) {
      world.clock.advance({ minutes })
      expect((await connect(world, token)).status).toBe(200)
      expect(await identitiesOf(world, 'bob')).toMatchObject([{ lastLoginAt: world.clock.now() }])
    }
    const [attempt] = await world.auth.listAttempts({ scope: 'all', filter: { limit: 1 } })
    expect(attempt).toMatchObject({
      action: 'social-connect',
      outcome: 'success',
      userId: (await world.stored('bob')).id,
    })
    const whole = socialWorld()
    const browser = whole.browser()
    await whole.addUser('bob')
    await browser.login('bob')
    await browser.call('POST github/connect/', { json: { access_token: peers.tokenFor(ADA) } })
    const { id } = await whole.stored('bob')
    const sessions = await whole.store.sessions.listForUser(id, whole.clock.now())
    expect(sessions.filter(({ carrier }) => carrier === 'cookie')).toMatchObject([
      { assurance: 'identity-provider', backend: 'github' },
    ])
  })

  it('row connect: idempotent for the owner, one after the other and at once', async () => {
    const world = socialWorld()
    const { token } = await world.member('bob')
    await connect(world, token)
    const answers = await Promise.all(Array.from({ length: 5 }, () => connect(world, token)))
    for (const answer of answers) expect(told(answer)).toEqual([200, { key: token }])
    expect(await identitiesOf(world, 'bob')).toHaveLength(1)
  })

  it('row … account linked to another user (F): 400, not moved, never the owner’s credentials', async () => {
    const world = socialWorld()
    const owner = await world.member('bob')
    await connect(world, owner.token)
    const { token } = await world.member('eve')
    const answer = await connect(world, token)
    expect([...told(answer), answer.cookies]).toEqual([...TAKEN, []])
    expect(answer.text).not.toContain(owner.token)
    expect([await identitiesOf(world, 'bob'), await identitiesOf(world, 'eve')]).toMatchObject([[{}], []])
    expect((await world.call('GET user/', { token })).body).toMatchObject({ username: 'eve' })
  })

  it('row … account linked to another user (F): of two who ask at the same moment one gets it, and each only their own', async () => {
    const world = socialWorld()
    const members = [await world.member('bob'), await world.member('eve')]
    const answers = await Promise.all(members.map(({ token }) => connect(world, token)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    for (const [index, answer] of answers.entries()) {
      expect(told(answer)).toEqual(answer.status === 200 ? [200, { key: members[index]?.token }] : TAKEN)
    }
    const owned = [...(await identitiesOf(world, 'bob')), ...(await identitiesOf(world, 'eve'))]
    expect(owned).toHaveLength(1)
  })

  it('row … a connect beside a first log-in by the same account: one of the two has it', async () => {
    const world = socialWorld()
    const { token, id } = await world.member('bob')
    const [connected, entered] = await Promise.all([
      connect(world, token),
      world.call('POST github/', { json: { access_token: peers.tokenFor(ADA) } }),
    ])
    const owner = await world.store.identities.find({ provider: 'github', subject: '500' })
    expect(entered.status).toBe(200)
    expect(told(connected)).toEqual(owner?.user.id === id ? [200, { key: token }] : TAKEN)
  })

  it('row … provider email belongs to another user: linked anyway; email not copied, and the owner gets a mail', async () => {
    const world = socialWorld()
    await world.addUser('eve', { email: 'ada@acme.example' })
    const { token } = await world.member('bob')
    expect((await connect(world, token)).status).toBe(200)
    expect(await world.stored('bob')).toMatchObject({ email: 'bob@example.org', username: 'bob' })
    expect((await world.mails()).map(({ to }) => to)).toContain('bob@example.org')
  })

  it('row connect in JWT mode: a pair, or a token, that opens the caller’s account', async () => {
    const world = socialWorld({ useJwt: true })
    await world.addUser('bob')
    const jwt = await world.tokenOf('bob')
    const { status, body } = await world.call('POST github/connect/', {
      jwt,
      json: { access_token: peers.tokenFor(ADA) },
    })
    expect([status, body]).toMatchObject([200, { user: { username: 'bob' } }])
    const { access, token = access } = body as { readonly access?: string; readonly token?: string }
    expect((await world.call('GET user/', { jwt: token })).body).toMatchObject({ username: 'bob' })
    expect((await world.call('GET user/', { jwt })).status).toBe(200)
  })

  it('row connect: whoever may not log in any more connects nothing', async () => {
    const barred = new Set<string | null>()
    const hooks: Hooks = {
      beforeLogin: ({ username }) => (barred.has(username) ? { refuse: 'Not today.' } : undefined),
    }
    const world = socialWorld({}, { hooks })
    const { token } = await world.member('bob')
    barred.add('bob')
    expect(told(await connect(world, token))).toEqual([403, { detail: 'Not today.' }])
    expect(await identitiesOf(world, 'bob')).toEqual([])
  })

  it('row connect: whose address must be proven first connects nothing', async () => {
    const world = socialWorld({}, { login: { emailMustBeVerified: true } })
    const { token, id } = await world.member('bob')
    await world.store.users.update(id, { emailVerifiedAt: null })
    expect(told(await connect(world, token))).toEqual(nonField(WORDS.NOT_VERIFIED))
    expect(await identitiesOf(world, 'bob')).toEqual([])
  })

  it('row connect: a user who is disabled, or a password that is replaced, while the provider is asked', async () => {
    for (const change of [
      (world: World, userId: number) => world.auth.setStatus({ userId, status: 'disabled' }),
      (world: World, userId: number) =>
        world.auth.setPassword({ userId, newPassword: PASSWORD, passwordCheck: 'bypassed' }),
    ]) {
      peers.reset()
      const world = socialWorld()
      const { token, id } = await world.member('bob')
      peers.answer(PEER.githubEmails, async () => {
        await change(world, id)
        return Response.json([])
      })
      const answer = await connect(world, token)
      expect([...told(answer), answer.cookies]).toEqual([403, DETAILS.invalidToken, []])
      expect(await identitiesOf(world, 'bob')).toEqual([])
    }
  })

  it('row (F) network error or timeout: `Incorrect value`, whatever the provider failed with', async () => {
    const sample = sampleProvider()
    const world = newWorld({ generation }, { social: { providers: [sample.factory] } })
    const { token } = await world.member('bob')
    for (const reason of [
      'unreachable',
      'misconfigured',
      'malformed_answer',
      'state_mismatch',
      'missing_input',
    ] as const) {
      sample.breakDown(new IdentityProviderError(reason, 'timeout'))
      for (const path of ['sample', 'sample/connect']) {
        const answer = await world.call(`POST ${path}/`, { token, json: { access_token: 'a' } })
        expect([reason, path, ...told(answer)]).toEqual([reason, path, ...INCORRECT])
      }
    }
  })

  it('is told apart by OPTIONS, and asks for a log-in before it tells anything', async () => {
    const world = socialWorld()
    expect((await world.call('OPTIONS github/connect/')).status).toBe(403)
    const { token } = await world.member('bob')
    expect((await world.call('OPTIONS github/connect/', { token })).body).toMatchObject({ name: 'Github Connect' })
  })
})

describe('§8.2 connect in generation 7 without tokens', () => {
  it('204 and a fresh session cookie', async () => {
    const world = newWorld({ tokenModel: null }, peers.engine())
    await world.addUser('bob')
    const browser = world.browser()
    await browser.login('bob')
    const before = browser.jar.get('sessionid')
    const json = { access_token: peers.tokenFor(ADA) }
    expect((await browser.call('POST github/connect/', { json })).status).toBe(204)
    expect(browser.jar.get('sessionid')).not.toBe(before)
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'bob' })
  })
})
