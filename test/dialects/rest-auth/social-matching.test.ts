import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { field } from '../../../src/model/declare-field.ts'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { type PeerPerson, type SocialPeers, socialPeers } from './support/social-peers.ts'
import { nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const EMAIL = 'ada@acme.example'

const CLAIMED = { id: '500', email: EMAIL, handle: 'ada' } as const satisfies PeerPerson

const PROVEN = { ...CLAIMED, isEmailProven: true } as const

const { email: _email, ...NAMELESS } = CLAIMED

const IN_USE = nonField('User is already registered with this e-mail address.')
const DISABLED = nonField('User account is disabled.')
const UNVERIFIED = nonField(WORDS.NOT_VERIFIED)

let peers: SocialPeers

beforeAll(async () => {
  peers = await socialPeers()
})
beforeEach(() => peers.reset())
afterAll(() => peers.server.close())

const newWorld = restAuthWorlds()

describe.each(GENERATIONS)('§8.3 account matching in generation %s', (generation) => {
  const socialWorld = (...[options, engine]: Parameters<typeof newWorld>) =>
    newWorld({ generation, ...options }, peers.engine(engine))

  type World = ReturnType<typeof socialWorld>

  const enter = (world: World, person: PeerPerson, path = 'github') =>
    path === 'twitter'
      ? world.call('POST twitter/', { json: peers.pairFor(person) })
      : world.call(`POST ${path}/`, { json: { access_token: peers.tokenFor(person) } })

  const usersOf = async ({ store }: World) =>
    (await store.users.list({ after: null, limit: 99 })).map(({ username }) => username)

  const nameOf = async (world: World, person: PeerPerson, path = 'github') => {
    const { body } = await enter(world, person, path)
    const { key } = body as { readonly key: string }
    const { username } = (await world.call('GET user/', { token: key })).body as { readonly username: string }
    return username
  }

  it('row uid known: that user, whatever else the provider tells by then', async () => {
    const world = socialWorld()
    const { text } = await enter(world, PROVEN)
    const moved = { ...PROVEN, email: 'new@acme.example', handle: 'eve' }
    expect((await enter(world, moved)).text).toBe(text)
    expect(await world.stored('ada')).toMatchObject({ email: EMAIL, username: 'ada' })
  })

  it('row new uid, free email: a new user without a usable password, and a mail only where it is unproven', async () => {
    for (const [person, recipients] of [
      [PROVEN, []],
      [CLAIMED, [EMAIL]],
      [NAMELESS, []],
    ] as const) {
      const world = socialWorld()
      expect((await enter(world, person)).status).toBe(200)
      expect(await world.stored('ada')).toMatchObject({ passwordHash: null, status: 'active' })
      expect((await world.mails()).map(({ to }) => to)).toEqual(recipients)
      for (const password of ['', '!', 'null', PASSWORD]) {
        expect((await world.call('POST login/', { json: { username: 'ada', password } })).status).toBe(400)
      }
    }
  })

  it('row new uid, verification `none`: no mail', async () => {
    const world = socialWorld({ emailVerification: 'none' })
    expect((await enter(world, CLAIMED)).status).toBe(200)
    expect(await world.mails()).toEqual([])
  })

  it.each([
    ['verified', true],
    ['unverified', false],
  ])('row email held by a user, %s: 400, never linked, and no 500 later', async (_what, isVerified) => {
    const world = socialWorld()
    if (isVerified) await world.addUser('olga', { email: EMAIL })
    else {
      const registered = { username: 'olga', email: EMAIL, password1: PASSWORD, password2: PASSWORD }
      expect(await world.call('POST registration/', { json: registered })).toMatchObject({ status: 201 })
    }
    for (const person of [PROVEN, CLAIMED, PROVEN]) {
      for (const path of ['github', 'facebook', 'twitter']) {
        expect([path, ...told(await enter(world, person, path))]).toEqual([path, ...IN_USE])
      }
    }
    const { id } = await world.stored('olga')
    expect([await world.store.identities.listForUser(id), await usersOf(world)]).toEqual([[], ['olga']])
  })

  it('row email in another case (F): matched without regard to it, on both sides', async () => {
    const world = socialWorld()
    await world.addUser('olga', { email: 'Ada@ACME.example' })
    for (const email of [EMAIL, 'ADA@acme.EXAMPLE', 'Ada@ACME.example']) {
      expect(told(await enter(world, { ...PROVEN, email }))).toEqual(IN_USE)
    }
    expect(await usersOf(world)).toEqual(['olga'])
  })

  it('row via Twitter (F): checked as well', async () => {
    const world = socialWorld()
    await world.addUser('olga', { email: EMAIL })
    expect(told(await enter(world, CLAIMED, 'twitter'))).toEqual(IN_USE)
  })

  it('row email required and absent (F): 400 each time, and nobody is made', async () => {
    const world = socialWorld({}, { user: { email: 'required' } })
    for (const path of ['github', 'twitter', 'facebook', 'github']) {
      expect(told(await enter(world, NAMELESS, path))).toEqual([400, { email: [WORDS.REQUIRED] }])
    }
    expect(await usersOf(world)).toEqual([])
  })

  it('row second user without email (F): a user like the first', async () => {
    const world = socialWorld()
    expect(await nameOf(world, NAMELESS)).toBe('ada')
    expect(await nameOf(world, { ...NAMELESS, id: '501' })).toMatch(/^ada\d+$/)
  })

  it('row SOCIALACCOUNT_EMAIL_AUTHENTICATION: signs in and links, where both sides have proven the address', async () => {
    const world = socialWorld({}, { social: { linkProvenAddresses: true } })
    await world.addUser('olga', { email: EMAIL })
    expect(told(await enter(world, CLAIMED))).toEqual(IN_USE)
    expect(await nameOf(world, PROVEN)).toBe('olga')
    expect(await nameOf(world, CLAIMED)).toBe('olga')
    expect(await usersOf(world)).toEqual(['olga'])
  })

  it('row mandatory, unverified (F): 400 and a mail each time, then let in; proven at the provider: 200', async () => {
    for (const [options, engine] of [
      [{}, { login: { emailMustBeVerified: true } }],
      [{ emailVerification: 'mandatory' }, {}],
    ] as const) {
      const world = socialWorld(options, engine)
      expect(told(await enter(world, CLAIMED))).toEqual(UNVERIFIED)
      expect((await enter(world, CLAIMED)).cookies).toEqual([])
      expect((await world.mails()).map(({ to }) => to)).toEqual([EMAIL, EMAIL])
      expect(await nameOf(world, PROVEN)).toBe('ada')
      expect((await enter(world, CLAIMED)).status).toBe(200)
    }
  })

  it('row mandatory, no email: let in where none is required, for there is nothing to prove', async () => {
    const world = socialWorld({}, { login: { emailMustBeVerified: true } })
    expect(await nameOf(world, NAMELESS)).toBe('ada')
    expect((await enter(world, NAMELESS)).status).toBe(200)
    expect(await world.mails()).toEqual([])
  })

  it('row existing-email conflict under mandatory: 400 and a mail to the holder; what is only claimed learns no more', async () => {
    const holder = { username: 'olga', email: EMAIL, password: PASSWORD } as const
    for (const [options, forClaimed] of [
      [{}, UNVERIFIED],
      [{ dangerouslyTellTakenAddresses: true }, IN_USE],
    ] as const) {
      const world = socialWorld(options, { login: { emailMustBeVerified: true } })
      await world.auth.createUser({ ...holder, passwordCheck: 'bypassed' })
      expect(told(await enter(world, PROVEN))).toEqual(IN_USE)
      expect(told(await enter(world, CLAIMED))).toEqual(forClaimed)
      expect((await world.mails()).map(({ to }) => to)).toEqual([EMAIL, EMAIL])
      // Where nothing is told a stand-in has the name that a new user would have had, and nobody's address.
      const isTold = forClaimed === IN_USE
      expect(await usersOf(world)).toEqual(isTold ? ['olga'] : ['olga', 'ada'])
      if (!isTold) expect(await world.stored('ada')).toMatchObject({ status: 'pending', passwordHash: null })
      expect((await world.stored(EMAIL)).username).toBe('olga')
    }
  })

  it('row inactive user (F): 400, no key, no cookie, in whatever way', async () => {
    for (const engine of [{}, { login: { revealStatus: true } }]) {
      const world = socialWorld({}, engine)
      await enter(world, PROVEN)
      await world.auth.setStatus({ userId: (await world.stored('ada')).id, status: 'disabled' })
      const refused = await enter(world, PROVEN)
      expect([...told(refused), refused.cookies]).toEqual([...DISABLED, []])
    }
  })

  it('row a hook of the application is asked, and its reason told', async () => {
    const hooks = { beforeLogin: () => ({ refuse: 'Not today.' }) }
    const world = socialWorld({}, { hooks })
    expect(told(await enter(world, PROVEN))).toEqual([403, { detail: 'Not today.' }])
  })

  it('where nobody can register nobody new comes in, and who is known does', async () => {
    const world = socialWorld({}, { registration: { open: false } })
    const closed = [403, { detail: 'You do not have permission to perform this action.' }]
    expect(told(await enter(world, PROVEN))).toEqual(closed)
    expect(await usersOf(world)).toEqual([])
  })

  it.each([
    ['github', { handle: 'octocat', firstName: 'Mona' }, 'octocat'],
    ['github', { handle: 'OctoCat' }, 'OctoCat'],
    ['twitter', { handle: 'theSeanCook', firstName: 'Sean' }, 'theSeanCook'],
    ['facebook', { handle: 'ignored', firstName: 'Ada', lastName: 'Lovelace' }, 'ada'],
    ['facebook', { lastName: 'Lovelace' }, 'lovelace'],
    ['facebook', { email: 'Grace.H@navy.example' }, 'grace.h'],
    // `user` itself is reserved here, so that nobody is taken for a part of the site.
    ['facebook', {}, /^user\d+$/],
  ])('row username chosen, %s: %j becomes %s; with digits on a clash', async (path, names, expected) => {
    const world = socialWorld()
    const first = await nameOf(world, { id: '1', ...names }, path)
    if (typeof expected === 'string') expect(first).toBe(expected)
    else expect(first).toMatch(expected)
    const clash = { id: '2', ...names, ...('email' in names ? { email: 'grace.h@other.example' } : {}) }
    const second = await nameOf(world, clash, path)
    expect(second).not.toBe(first)
    expect(second).toMatch(new RegExp(`^${first.toLowerCase().replace(/\d+$/, '')}\\d+$`))
  })

  it('row username chosen: keeps to the rules of the site, as one that is typed', async () => {
    const rules = { usernameBlacklist: ['ada'], usernameMinLength: 6, preserveUsernameCasing: false }
    const world = socialWorld({ ...rules, usernameValidators: [(name) => (name.endsWith('7') ? 'No seven.' : null)] })
    expect((await enter(world, { ...PROVEN, handle: 'ADA' })).status).toBe(200)
    const { username } = await world.stored(EMAIL)
    expect(username).toMatch(generation === '7' ? /^ada\d{2,}[^7]$/ : /^ada\d+[^7]$/)
    expect((await enter(world, { id: '501', handle: 'Grace-Hopper' })).status).toBe(200)
    expect((await world.stored('grace-hopper')).username).toBe('grace-hopper')
  })

  it('row username chosen: one at a time of two who come at the same moment', async () => {
    const world = socialWorld()
    const people = ['1', '2', '3', '4'].map((id) => ({ id, handle: 'ada' }))
    const names = await Promise.all(people.map((person) => nameOf(world, person)))
    expect(new Set(names).size).toBe(4)
    expect(names.filter((name) => name === 'ada')).toHaveLength(1)
  })

  it('row uid known: two first log-ins at the same moment make one user', async () => {
    const world = socialWorld()
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(world, PROVEN)))
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200))
    expect(await usersOf(world)).toEqual(['ada'])
  })

  it('row provider tokens stored: only where the site asks for it', async () => {
    for (const storeTokens of [true, false]) {
      const world = socialWorld({}, { social: { storeTokens } })
      await enter(world, PROVEN)
      const { id } = await world.stored('ada')
      const tokens = await world.auth.readProviderTokens({ userId: id, provider: 'github' })
      expect(tokens === null).toBe(!storeTokens)
    }
  })

  it('asks for the application’s own fields that are required, and takes them by a schema that has them', async () => {
    const fields = { companyName: field.text({ required: true }) }
    const world = socialWorld({}, { user: { fields } })
    expect(told(await enter(world, PROVEN))).toEqual([400, { company_name: [WORDS.REQUIRED] }])
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) => ({ value: value as Readonly<Record<string, unknown>> }),
      },
    } as const
    const own = socialWorld({ schemas: { socialLogin: schema } }, { user: { fields } })
    const json = { access_token: peers.tokenFor(PROVEN), company_name: 'Acme' }
    expect((await own.call('POST github/', { json })).status).toBe(200)
    expect((await own.stored('ada')).fields).toMatchObject({ companyName: 'Acme' })
    for (const hostile of [{ access_token: [] }, { access_token: 5 }, { code: {} }, {}]) {
      expect((await own.call('POST github/', { json: hostile })).status).toBe(400)
    }
  })

  it('a password that somebody sets later opens the account beside the provider', async () => {
    const world = socialWorld()
    const { key: token } = (await enter(world, PROVEN)).body as { readonly key: string }
    const json = { new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }
    expect((await world.call('POST password/change/', { token, json })).status).toBe(200)
    expect(await world.tokenOf('ada', OTHER_PASSWORD)).toMatch(/^[0-9a-f]{40}$/)
    expect((await enter(world, PROVEN)).status).toBe(200)
  })
})
