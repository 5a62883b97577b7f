import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RestAuthOptions, restAuth, restAuthSocialAccounts } from '../../../src/dialects/rest-auth/index.ts'
import { TEST_ORIGIN, testAuth } from '../../support/test-auth.ts'
import { readAnswer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { type PeerPerson, type SocialPeers, socialPeers } from './support/social-peers.ts'
import { DETAILS, nonField } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const ADA = { id: '500', email: 'ada@acme.example', isEmailProven: true, handle: 'ada' } as const satisfies PeerPerson

const LAST = nonField('Your account has no password set up.')
const NOT_FOUND = [404, DETAILS.notFound]

let peers: SocialPeers

beforeAll(async () => {
  peers = await socialPeers()
})
beforeEach(() => peers.reset())
afterAll(() => peers.server.close())

const newWorld = restAuthWorlds()

describe.each(GENERATIONS)('§8.2 list and disconnect in generation %s', (generation) => {
  const socialWorld = (...[options, engine]: Parameters<typeof newWorld>) =>
    newWorld({ generation, ...options }, peers.engine(engine))

  type World = ReturnType<typeof socialWorld>

  const connect = (world: World, token: string, { path = 'github', id = '500' }: { path?: string; id?: string } = {}) =>
    world.call(`POST ${path}/connect/`, { token, json: { access_token: peers.tokenFor({ ...ADA, id }) } })

  const idsOf = async (world: World, token: string): Promise<readonly number[]> => {
    const { body } = await world.call('GET socialaccounts/', { token })
    return (body as readonly { readonly id: number }[]).map(({ id }) => id)
  }

  const disconnect = (world: World, token: string, id: number | string | undefined) =>
    world.call(`POST socialaccounts/${id}/disconnect/`, { token })

  /** Somebody who has nothing but a provider to come in by. */
  const newcomer = async (world: World): Promise<string> => {
    const { body } = await world.call('POST github/', { json: { access_token: peers.tokenFor(ADA) } })
    return (body as { readonly key: string }).key
  }

  it('row list: own accounts alone, in linking order, each with these keys', async () => {
    const world = socialWorld()
    const [{ token }, other] = [await world.member('bob'), await world.member('eve')]
    expect(told(await world.call('GET socialaccounts/', { token }))).toEqual([200, []])
    await connect(world, token)
    await connect(world, other.token, { id: '7' })
    world.clock.advance({ minutes: 5 })
    await connect(world, token, { path: 'facebook' })
    const ids = await idsOf(world, token)
    const at = (time: string) => ({ last_login: time, date_joined: time })
    expect((await world.call('GET socialaccounts/', { token })).text).toBe(
      JSON.stringify([
        { id: ids[0], provider: 'github', uid: '500', ...at('2026-03-01T12:00:00Z') },
        { id: ids[1], provider: 'facebook', uid: '500', ...at('2026-03-01T12:05:00Z') },
      ]),
    )
    expect(await idsOf(world, other.token)).toHaveLength(1)
  })

  it('row list: `last_login` moves with each log-in by the account', async () => {
    const world = socialWorld()
    const token = await newcomer(world)
    world.clock.advance({ days: 1 })
    await newcomer(world)
    expect((await world.call('GET socialaccounts/', { token })).body).toMatchObject([
      { last_login: '2026-03-02T12:00:00Z', date_joined: '2026-03-01T12:00:00Z' },
    ])
  })

  it('row list: anonymous 403, or 401 by a scheme that challenges; other methods 405', async () => {
    const world = socialWorld()
    expect(told(await world.call('GET socialaccounts/'))).toEqual([403, DETAILS.anonymous])
    const { token } = await world.member('bob')
    expect((await world.call('POST socialaccounts/', { token, json: {} })).status).toBe(405)
    const challenging = socialWorld({ authentication: ['token'] })
    expect(told(await challenging.call('GET socialaccounts/'))).toEqual([401, DETAILS.anonymous])
    expect(told(await challenging.call('POST socialaccounts/1/disconnect/'))).toEqual([401, DETAILS.anonymous])
  })

  it('row list, with pagination: pages of it, and 404 for one out of range', async () => {
    const world = socialWorld({ pageSize: 2 })
    const { token } = await world.member('bob')
    for (const id of ['1', '2', '3']) await connect(world, token, { id })
    const here = `${TEST_ORIGIN}${world.mount}/socialaccounts/`
    const page = async (query: string) => (await world.call(`GET socialaccounts/${query}`, { token })).body
    const uids = (...names: string[]) => names.map((uid) => ({ uid }))
    const first = await page('')
    expect(Object.keys(Object(first))).toEqual(['count', 'next', 'previous', 'results'])
    expect(first).toMatchObject({ count: 3, next: `${here}?page=2`, previous: null, results: uids('1', '2') })
    expect(await page('?page=2')).toMatchObject({ count: 3, next: null, previous: here, results: uids('3') })
    expect(await page('?page=last')).toEqual(await page('?page=2'))
    for (const wrong of ['0', '3', '-1', 'x', '1.5', '', '9'.repeat(99)]) {
      expect(told(await world.call(`GET socialaccounts/?page=${wrong}`, { token }))).toEqual([
        404,
        { detail: 'Invalid page.' },
      ])
    }
  })

  it('row disconnect: 200 `{}`, and the list shrinks; the same id again 404 (rule 29)', async () => {
    const world = socialWorld()
    const { token } = await world.member('bob')
    await connect(world, token)
    await connect(world, token, { path: 'facebook' })
    const [first, second] = await idsOf(world, token)
    const done = await disconnect(world, token, first)
    expect([done.status, done.text]).toEqual([200, '{}'])
    expect(await idsOf(world, token)).toEqual([second])
    expect(told(await disconnect(world, token, first))).toEqual(NOT_FOUND)
  })

  it('row disconnect: other’s and unknown ids 404, and nothing is taken away', async () => {
    const world = socialWorld()
    const [owner, { token }] = [await world.member('bob'), await world.member('eve')]
    await connect(world, owner.token)
    const [theirs] = await idsOf(world, owner.token)
    for (const id of [theirs, 0, 4711, '9'.repeat(30)]) {
      expect(told(await disconnect(world, token, id))).toEqual(NOT_FOUND)
    }
    expect(await idsOf(world, owner.token)).toEqual([theirs])
  })

  it('row disconnect: GET and DELETE 405, for strangers 403; a non-numeric id is a page of 404', async () => {
    const world = socialWorld()
    const { token } = await world.member('bob')
    for (const method of ['GET', 'DELETE', 'PUT']) {
      expect((await world.call(`${method} socialaccounts/1/disconnect/`, { token })).status).toBe(405)
      expect((await world.call(`${method} socialaccounts/1/disconnect/`)).status).toBe(403)
    }
    for (const id of ['x', '-1', '1x', '1.5', '%31', '1/2', '१', '']) {
      const answer = await disconnect(world, token, id)
      expect([id, answer.status, answer.headers.get('content-type')]).toEqual([
        id,
        404,
        expect.stringMatching(/^text\/html/),
      ])
    }
  })

  it('row disconnect: its body is not read, and a session needs its CSRF token', async () => {
    const world = socialWorld()
    await world.addUser('bob')
    const browser = world.browser()
    await browser.login('bob')
    await browser.call('POST github/connect/', { json: { access_token: peers.tokenFor(ADA) } })
    const [{ id } = { id: 0 }] = (await browser.call('GET socialaccounts/')).body as readonly { readonly id: number }[]
    const row = `POST socialaccounts/${id}/disconnect/`
    expect((await browser.call(row, { csrf: false })).status).toBe(403)
    expect(told(await browser.call(row, { body: '{', headers: { 'content-type': 'text/plain' } }))).toEqual([200, {}])
  })

  it('row … last account, no usable password (F): 400 and not removed, however many are taken at once', async () => {
    const world = socialWorld()
    const token = await newcomer(world)
    const [only] = await idsOf(world, token)
    expect(told(await disconnect(world, token, only))).toEqual(LAST)
    await connect(world, token, { path: 'facebook' })
    const ids = await idsOf(world, token)
    const answers = await Promise.all(ids.map((id) => disconnect(world, token, id)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expect(await idsOf(world, token)).toHaveLength(1)
  })

  it('row disconnect: who is disconnected is somebody new the next time', async () => {
    const world = socialWorld()
    const { token } = await world.member('bob')
    await connect(world, token)
    const [id] = await idsOf(world, token)
    await disconnect(world, token, id)
    const key = await newcomer(world)
    expect((await world.call('GET user/', { token: key })).body).toMatchObject({ username: 'ada' })
  })

  it('option socialAccountsPath: elsewhere, or nowhere', async () => {
    const elsewhere = socialWorld({ socialAccountsPath: 'social/accounts' })
    const { token } = await elsewhere.member('bob')
    expect(told(await elsewhere.call('GET social/accounts/', { token }))).toEqual([200, []])
    expect((await elsewhere.call('GET socialaccounts/', { token })).status).toBe(404)
    expect((await socialWorld({ socialAccountsPath: null }).call('GET socialaccounts/')).status).toBe(404)
  })
})

describe.each(GENERATIONS)('§1.1 the list at the root, generation %s', (generation) => {
  async function site(options: RestAuthOptions = {}) {
    const all = { generation, ...options }
    const { auth } = testAuth({
      ...peers.engine(),
      login: { identifiers: ['username'] },
      mounts: {
        '/auth': restAuth({ ...all, socialAccountsPath: null }),
        '/socialaccounts': restAuthSocialAccounts(all),
      },
    })
    await auth.createUser({ username: 'bob', email: 'bob@example.org', password: PASSWORD, passwordCheck: 'bypassed' })
    const send = async (row: string, token: string | null, json?: object) => {
      const [method = '', path = ''] = row.split(' ')
      const headers = {
        ...(token === null ? {} : { authorization: `Token ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      }
      const body = json === undefined ? null : JSON.stringify(json)
      return readAnswer(await auth.fetch(new Request(TEST_ORIGIN + path, { method, headers, body })))
    }
    const { body } = await send('POST /auth/login/', null, { username: 'bob', password: PASSWORD })
    const { key: token } = body as { readonly key: string }
    await send('POST /auth/github/connect/', token, { access_token: peers.tokenFor(ADA) })
    return { auth, send, token }
  }

  it('lists and disconnects beside a door that has no list of its own', async () => {
    const { auth, send, token } = await site()
    const listed = await send('GET /socialaccounts/', token)
    expect(listed).toMatchObject({ status: 200, body: [{ provider: 'github', uid: '500' }] })
    expect((await send('GET /socialaccounts', token)).status).toBe(generation === '7' ? 200 : 301)
    expect(told(await send('GET /socialaccounts/', null))).toEqual([403, DETAILS.anonymous])
    expect((await send('GET /auth/socialaccounts/', token)).status).toBe(404)
    const [{ id } = { id: 0 }] = listed.body as readonly { readonly id: number }[]
    expect(told(await send(`POST /socialaccounts/${id}/disconnect/`, token))).toEqual([200, {}])
    expect(told(await send('GET /socialaccounts/', token))).toEqual([200, []])
    await auth.close()
  })

  it('has pages, languages and schemes as its options say, and a name of its own', async () => {
    const { auth, send, token } = await site({ pageSize: 1, languages: ['de', 'en'], authentication: ['token'] })
    expect(told(await send('GET /socialaccounts/?page=2', token))).toEqual([404, { detail: 'Ungültige Seite.' }])
    expect((await send('GET /socialaccounts/', null)).headers.get('www-authenticate')).toBe('Token')
    expect(auth.mounts.map(({ dialect }) => dialect)).toEqual(['rest-auth', 'rest-auth-socialaccounts'])
    await auth.close()
  })

  it('refuses options that there are not', () => {
    expect(() => restAuthSocialAccounts({ socialAccountPath: 'x' } as RestAuthOptions)).toThrow(TypeError)
  })
})
