import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/index.ts'
import { facebookRefusal, PEER, type PeerPerson, type SocialPeers, socialPeers } from './support/social-peers.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const ADA = { id: '500', email: 'ada@acme.example', handle: 'ada' } as const satisfies PeerPerson

const PROVEN = { ...ADA, isEmailProven: true } as const

let peers: SocialPeers

beforeAll(async () => {
  peers = await socialPeers()
})
beforeEach(() => peers.reset())
afterAll(() => peers.server.close())

const newWorld = restAuthWorlds()

const socialWorld = (...[options, engine]: Parameters<typeof newWorld>) => newWorld(options, peers.engine(engine))

type World = ReturnType<typeof socialWorld>

const enter = (world: World, person: PeerPerson = PROVEN) =>
  world.call('POST github/', { json: { access_token: peers.tokenFor(person) } })

const namesOf = (cookies: readonly string[]): readonly string[] => cookies.map((text) => text.split('=', 1)[0] ?? '')

const countOf = async ({ store }: World): Promise<number> => (await store.users.list({ after: null, limit: 9 })).length

const userObject = { pk: expect.any(Number), username: 'ada', email: 'ada@acme.example', first_name: '', last_name: '' }

const JWT = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)

describe.each(GENERATIONS)('§8.1 row 200 / 204, as a log-in, for new and known users, generation %s', (generation) => {
  it('token mode: the key, never 201, and the session with its CSRF token', async () => {
    const world = socialWorld({ generation })
    const [first, again] = [await enter(world), await enter(world)]
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text])
    expect(namesOf(again.cookies)).toEqual(['sessionid', 'csrftoken'])
    expect(await countOf(world)).toBe(1)
    const { key } = first.body as { key: string }
    expect((await world.call('GET user/', { token: key })).body).toEqual(userObject)
  })

  it('token mode without sessions: no cookie (F)', async () => {
    const world = socialWorld({ generation, sessionLogin: false })
    expect([(await enter(world)).cookies, (await enter(world)).cookies]).toEqual([[], []])
  })

  it('JWT mode: token keys and `user`, in their order (rule 25)', async () => {
    const world = socialWorld({ generation, useJwt: true })
    const [first, again] = [await enter(world), await enter(world)]
    const body = generation === '7' ? { access: JWT, refresh: '', user: userObject } : { token: JWT, user: userObject }
    for (const { status, body: sent } of [first, again]) {
      expect([status, sent, Object.keys(Object(sent))]).toEqual([200, body, Object.keys(body)])
    }
    const { access, token = access } = again.body as { access?: string; token?: string }
    expect((await world.call('GET user/', { jwt: token })).status).toBe(200)
  })

  it('JWT mode with cookies: they are set, and the access cookie alone opens `user/`', async () => {
    const cookies = generation === '7' ? { jwtAuthRefreshCookie: 'ref' } : {}
    const options: RestAuthOptions = { generation, useJwt: true, sessionLogin: false, jwtAuthCookie: 'acc', ...cookies }
    const world = socialWorld(options)
    for (const _ of ['new', 'known']) {
      const browser = world.browser()
      const answer = await browser.call('POST github/', { json: { access_token: peers.tokenFor(PROVEN) } })
      expect(namesOf(answer.cookies)).toEqual(generation === '7' ? ['acc', 'ref'] : ['acc'])
      expect((await browser.call('GET user/')).body).toEqual(userObject)
    }
  })

  it('`last_login` moves only when a session is made (§2)', async () => {
    for (const sessionLogin of [true, false]) {
      const world = socialWorld({ generation, sessionLogin })
      await enter(world)
      expect((await world.stored('ada')).lastLoginAt === null).toBe(!sessionLogin)
    }
  })
})

describe('§8.1 row 200 / 204 in generation 7 alone', () => {
  it('without tokens: 204, an empty body, and the session cookie', async () => {
    const world = socialWorld({ tokenModel: null })
    for (const _ of ['new', 'known']) {
      const browser = world.browser()
      const answer = await browser.call('POST github/', { json: { access_token: peers.tokenFor(PROVEN) } })
      expect([answer.status, answer.text, namesOf(answer.cookies)]).toEqual([204, '', ['sessionid', 'csrftoken']])
      expect((await browser.call('GET user/')).body).toEqual(userObject)
    }
  })

  it('expirations, and refresh tokens in bodies that scripts may read', async () => {
    const world = socialWorld({ useJwt: true, jwtAuthReturnExpiration: true, jwtAuthHttpOnly: false })
    const { body } = await enter(world)
    expect(Object.keys(Object(body))).toEqual(['access', 'refresh', 'user', 'access_expiration', 'refresh_expiration'])
    expect(body).toMatchObject({ access: JWT, refresh: JWT })
  })

  it('§1.7: counts towards the scope, and connecting does, too', async () => {
    const world = socialWorld({ throttleRate: { requests: 2, windowSeconds: 60 } })
    const { token } = await world.member('bob')
    expect((await enter(world)).status).toBe(200)
    expect((await enter(world)).body).toEqual({ detail: 'Request was throttled. Expected available in 60 seconds.' })
    const connect = async () => (await world.call('POST github/connect/', { token, json: {} })).status
    expect([await connect(), await connect(), await connect()]).toEqual([400, 400, 429])
  })
})

describe.each(GENERATIONS)('§13 in generation %s', (generation) => {
  it('rule 25: Facebook: provider 400 → 400; valid → 200 key and one new user; the second call makes none', async () => {
    const world = socialWorld({ generation })
    peers.answer(PEER.facebookMe, facebookRefusal(190))
    const call = () => world.call('POST facebook/', { json: { access_token: peers.tokenFor(ADA) } })
    expect(await call()).toMatchObject({ status: 400, body: { non_field_errors: ['Incorrect value'] } })
    expect(await countOf(world)).toBe(0)
    peers.reset()
    expect([(await call()).status, await countOf(world)]).toEqual([200, 1])
    expect([(await call()).status, await countOf(world)]).toEqual([200, 1])
  })

  it('rule 26: Twitter: the same, and a provider 400 makes no user', async () => {
    const world = socialWorld({ generation })
    const call = () => world.call('POST twitter/', { json: peers.pairFor(ADA) })
    peers.answer(PEER.twitterUser, Response.json({ errors: [{ code: 89, message: 'no' }] }, { status: 400 }))
    expect([(await call()).status, await countOf(world)]).toEqual([400, 0])
    peers.reset()
    expect([(await call()).status, (await call()).status, await countOf(world)]).toEqual([200, 200, 1])
  })

  it('rule 27: a path whose provider there is not stops the program at its start', () => {
    expect(() => socialWorld({ generation, socialLogin: { facebook: 'fakebook' } })).toThrow(
      /socialLogin\["facebook"\]/,
    )
  })

  it('rule 28: social log-in with the address of a verified local account → 400', async () => {
    const world = socialWorld({ generation })
    await world.addUser('olga', { email: 'ada@acme.example' })
    for (const person of [PROVEN, ADA]) {
      const { status, body } = await enter(world, person)
      expect([status, body]).toEqual([
        400,
        { non_field_errors: ['User is already registered with this e-mail address.'] },
      ])
    }
    expect(await countOf(world)).toBe(1)
  })
})
