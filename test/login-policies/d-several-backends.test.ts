/** D7 to D9, D13 and D15 of the contract about login policies: several backends beside each other, and wrong ones. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend, BackendTools, Credentials } from '../../src/contracts/authentication-backend.ts'
import { field } from '../../src/model/declare-field.ts'
import type { User, UserId } from '../../src/model/user.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { sampleProvider } from '../support/sample-provider.ts'
import { addPerson, enter, evaluationsOf, REFUSED } from './support/people.ts'

afterEach(closeSites)

const byName = passwordBackend({ name: 'names', identifiers: ['username'] })
const byAddress = passwordBackend({ name: 'addresses', identifiers: ['email'] })

const patient = { maxFailures: 1000 } as const

function siteWith(backends: readonly AuthenticationBackend[], options: SiteOptions = {}): Promise<Site> {
  const { login, ...others } = options
  return openSite({ lockout: patient, ...others, login: { emailMustBeVerified: false, ...login, backends } })
}

/** What a backend was asked. */
type Call = Pick<Credentials, 'identifier' | 'password'>

/** A backend that notes what it is asked, and always judges alike. */
function judging(
  outcome: 'unproven' | 'refused',
  name = 'judge',
): AuthenticationBackend & { readonly calls: readonly Call[] } {
  const calls: Call[] = []
  return {
    name,
    calls,
    candidates: async () => [],
    async authenticate({ identifier, password }, _, { verifyPassword }) {
      calls.push({ identifier, password })
      await verifyPassword(password, null)
      return { outcome }
    },
  }
}

describe('several backends', () => {
  /** Takes what stands before the `@`. */
  const mailbox: AuthenticationBackend = {
    ...byAddress,
    name: 'mailbox',
    candidates: (identifier, { users, canonical }) =>
      users.findByIdentifier(canonical(`${identifier}@example.org`), ['email'], 1),
  }

  it('D7: are asked in their order, and the session says which one knew', async () => {
    const site = await siteWith([byName, byAddress])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by names')
    expect(await enter(site, 'ann@example.org')).toBe('ann by addresses')
    const again = await siteWith([passwordBackend({ name: 'first', identifiers: ['email', 'username'] }), byName])
    await addPerson(again, { username: 'ann' })
    expect(await enter(again, 'ann')).toBe('ann by first')
  })

  it('D7: stop at the first that knows, and at one that refuses outright', async () => {
    const last = judging('unproven', 'last')
    const site = await siteWith([byName, last])
    await addPerson(site, { username: 'ann' })
    await enter(site, 'ann')
    expect(last.calls).toEqual([])
    await enter(site, 'ann', OTHER_PASSWORD)
    expect(last.calls).toEqual([{ identifier: 'ann', password: OTHER_PASSWORD }])
    const guarded = await siteWith([judging('refused'), byName])
    await addPerson(guarded, { username: 'ann' })
    expect(await enter(guarded, 'ann')).toBe(REFUSED)
  })

  it('D7: cost the same for every refusal, whichever of them ends it', async () => {
    const refusing: AuthenticationBackend = {
      ...judging('refused', 'guard'),
      authenticate: async ({ identifier }) => ({ outcome: identifier === 'barred' ? 'refused' : 'unproven' }),
    }
    const site = await siteWith([refusing, byName, byAddress])
    await addPerson(site, { username: 'ann' })
    await addPerson(site, { username: 'off', status: 'disabled' })
    await addPerson(site, { username: 'barred' })
    const wrong: readonly (readonly [string, string])[] = [
      ['ann', OTHER_PASSWORD],
      ['ann@example.org', OTHER_PASSWORD],
      ['nobody', PASSWORD],
      ['off', PASSWORD],
      ['off@example.org', PASSWORD],
      ['barred', PASSWORD],
    ]
    for (const [typed, password] of wrong) {
      expect(await evaluationsOf(site, () => enter(site, typed, password)), `${typed} ${password}`).toBe(3)
    }
  })

  it('D7: cost the same during a lock', async () => {
    const site = await siteWith([byName, byAddress], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann' })
    for (let guess = 0; guess < 4; guess += 1) {
      expect(await evaluationsOf(site, () => enter(site, 'ann', OTHER_PASSWORD)), `guess ${guess}`).toBe(2)
    }
    expect(await evaluationsOf(site, () => enter(site, 'ann'))).toBe(2)
  })

  it('D7: count a guess at two that a name means against both, and a right password forgives its owner alone', async () => {
    const site = await siteWith([byName, mailbox], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', email: 'other@example.org' })
    await addPerson(site, { username: 'lee', email: 'ann@example.org', password: OTHER_PASSWORD })
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    expect(await enter(site, 'ann', 'a guess')).toBe(REFUSED)
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    // Three wrong ones for ann by now, whoever came in; what is tried of ann is none of lee's business.
    expect(await enter(site, 'ann')).toBe(REFUSED)
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    site.clock.advance({ minutes: 20 })
    expect(await enter(site, 'ann')).toBe('ann by names')
  })

  it('D7: leave the count of whom nothing was tried as it is', async () => {
    const site = await siteWith([byName, mailbox], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', email: 'other@example.org' })
    await addPerson(site, { username: 'lee', email: 'ann@example.org', password: OTHER_PASSWORD })
    for (const guess of ['one', 'two']) await enter(site, 'ann', guess)
    // What ann types is right before lee is asked about, so it is neither a wrong guess at lee nor a reason to forget any.
    expect(await enter(site, 'ann')).toBe('ann by names')
    expect(await enter(site, 'lee', 'three')).toBe(REFUSED)
    expect(await enter(site, 'lee', OTHER_PASSWORD)).toBe(REFUSED)
    expect(await enter(site, 'ann')).toBe('ann by names')
  })

  it('D7: confirm the password of a session, too', async () => {
    const site = await siteWith([judging('unproven'), byName])
    await addPerson(site, { username: 'ann' })
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await site.auth.changePassword(change, { actor: issued })
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('ann by names')
  })

  it('D7: know where an attempt comes from', async () => {
    const fromHome: AuthenticationBackend = {
      ...byName,
      authenticate: async (credentials, candidates, tools) =>
        credentials.request.address === '198.51.100.1'
          ? { outcome: 'refused' }
          : byName.authenticate(credentials, candidates, tools),
    }
    const site = await siteWith([fromHome])
    await addPerson(site, { username: 'ann' })
    const body = { identifier: 'ann', password: PASSWORD }
    expect((await site.send('POST /login', { body, address: '198.51.100.1' })).status).toBe(401)
    expect((await site.send('POST /login', { body, address: '198.51.100.2' })).status).toBe(200)
  })
})

describe('a backend of a wrong shape', () => {
  const fine = { name: 'fine', candidates: async () => [], authenticate: async () => ({ outcome: 'unproven' }) }

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /login\.backends\[0\] must be a backend/],
    ['a path to a module', 'app.backends.EmailBackend', /login\.backends\[0\] must be a backend/],
    ['a factory that was not called', passwordBackend, /login\.backends\[0\] is a function or a class: call it/],
    ['no name', { ...fine, name: undefined }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['an empty name', { ...fine, name: '' }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['a name with a line break', { ...fine, name: 'a\nb' }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['the name of no backend', { ...fine, name: 'registration' }, /login\.backends\[0\]\.name is what sessions say/],
    ['no candidates', { ...fine, candidates: undefined }, /login\.backends\[0\]\.candidates must be a function/],
    ['candidates that are a list', { ...fine, candidates: [] }, /login\.backends\[0\]\.candidates must be a function/],
    ['no authenticate', { ...fine, authenticate: null }, /login\.backends\[0\]\.authenticate must be a function/],
    ['a getUser that is none', { ...fine, getUser: true }, /login\.backends\[0\]\.getUser must be a function, if any/],
    ['a hasPermission that is none', { ...fine, hasPermission: [] }, /hasPermission must be a function, if any/],
    ['a countedAs that is none', { ...fine, countedAs: 'x' }, /countedAs must be a function, if any/],
    ['a number of evaluations that is none', { ...fine, evaluations: '1' }, /evaluations must be a whole number/],
    ['identifiers that are none', { ...fine, identifiers: 'email' }, /identifiers must be a list of names/],
    [
      'a field that is not declared',
      { ...fine, identifiers: ['phone'] },
      /names "phone", which is no declared text field/,
    ],
    ['a field that is not unique', { ...fine, identifiers: ['nick'] }, /names "nick", which is no declared text field/],
    [
      'a field of Object',
      { ...fine, identifiers: ['__proto__', 'a.b'] },
      /names "__proto__", which is no declared text field/,
    ],
  ])('D8: is refused at the start: %s', async (_, backend, message) => {
    const user = { fields: { nick: field.text(), no: field.number({ unique: true }) } }
    await expect(siteWith([backend as AuthenticationBackend], { user })).rejects.toThrow(message)
    await expect(siteWith([backend as AuthenticationBackend], { user })).rejects.toThrow(TypeError)
  })

  it('D8: is refused at the start together with everything else that is wrong', async () => {
    const wrong = [{ ...fine, name: '' }, null, byName, byName] as readonly AuthenticationBackend[]
    const error: unknown = await siteWith(wrong).catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(/backends\[0\]\.name/)
    expect(String(error)).toMatch(/backends\[1\] must be a backend/)
    expect(String(error)).toMatch(/two called "names"/)
    await expect(siteWith([])).rejects.toThrow('login.backends must hold at least one backend')
  })

  it('D8: may be an instance of a class with state of its own', async () => {
    class CountingBackend implements AuthenticationBackend {
      readonly name = 'class'
      #asked = 0
      get asked(): number {
        return this.#asked
      }
      candidates(identifier: string, tools: BackendTools): Promise<readonly User[]> {
        this.#asked += 1
        return byName.candidates(identifier, tools)
      }
      authenticate(...call: Parameters<AuthenticationBackend['authenticate']>) {
        this.#asked += 1
        return byName.authenticate(...call)
      }
      getUser(id: UserId, { users }: BackendTools): Promise<User | null> {
        this.#asked += 1
        return users.findById(id)
      }
    }
    const backend = new CountingBackend()
    const site = await siteWith([backend])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by class')
    expect(backend.asked).toBe(2)
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    expect((await site.send('GET /me', { token: issued.token })).status).toBe(200)
    expect(backend.asked).toBe(5)
  })
})

describe('an answer of a backend that is no verdict', () => {
  const VERDICTS: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', undefined, /"odd" answered undefined; is there a path without a return\?/],
    ['null', null, /answered null; write \{ outcome: 'unproven' \} instead/],
    ['false', false, /answered false; write \{ outcome: 'unproven' \} instead/],
    ['true', true, /answered true; write \{ outcome: 'proven', user \}/],
    ['a user', 'the user', /answered a user; write \{ outcome: 'proven', user \} instead/],
    ['a text', 'proven', /answered a text; it must be/],
    ['another word', { outcome: 'ok' }, /answered an object with the keys outcome; it must be/],
    ['a proof without a user', { outcome: 'proven' }, /answered an object with the keys outcome; it must be/],
    ['a proof of an id', { outcome: 'proven', user: 1 }, /answered an object with the keys outcome, user; it must be/],
    ['a proof of nobody', { outcome: 'proven', user: null }, /it must be/],
    ['a list', [{ outcome: 'proven' }], /answered a list; it must be/],
    ['a function', () => ({ outcome: 'proven' }), /answered a function; it must be/],
  ]

  it.each(VERDICTS)('D8: is a fault that says what to write, and lets nobody in: %s', async (_, answer, message) => {
    const odd = {
      ...byName,
      name: 'odd',
      authenticate: async (_credentials: Credentials, [user]: readonly User[]) =>
        answer === 'the user' ? user : answer,
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd, byAddress])
    await addPerson(site, { username: 'ann' })
    const told = await enter(site, 'ann')
    expect(told).toMatch(/^TypeError: authenticate\(\) of the backend "odd"/)
    expect(told).toMatch(message)
    const { status, text } = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } })
    expect(status).toBe(500)
    expect(text).not.toContain('odd')
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /candidates\(\) of the backend "odd" answered undefined; answer with a list of users/],
    ['null', null, /answered null; answer with a list of users, \[\] for nobody/],
    ['a user', 'the user', /answered a user; put the user into a list: \[user\]/],
    ['a list of ids', [1], /answered a list; answer with a list of users/],
    ['a list with nothing in it', [undefined], /answered a list; answer with a list of users/],
  ])('D8: is a fault for candidates, too: %s', async (_, answer, message) => {
    const odd = {
      ...byName,
      name: 'odd',
      candidates: async (identifier: string, tools: BackendTools) =>
        answer === 'the user' ? (await byName.candidates(identifier, tools))[0] : answer,
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toMatch(message)
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /getUser\(\) of the backend "odd" answered undefined/],
    ['true', true, /answered true/],
    ['another user', 'the other', /answered another user/],
  ])('D8: is a fault for getUser, and shows nobody else: %s', async (_, answer, message) => {
    const problems: string[] = []
    const note = (fields: object, text: string): void => {
      problems.push(`${text} ${String((fields as { readonly err?: unknown }).err)}`)
    }
    const logger = { debug() {}, info() {}, warn: note, error: note }
    let other: User | null = null
    const odd = {
      ...byName,
      name: 'odd',
      getUser: async () => (answer === 'the other' ? other : answer),
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd], { logger })
    await addPerson(site, { username: 'ann' })
    other = await addPerson(site, { username: 'bob' })
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const { status, text } = await site.send('GET /me', { token: issued.token })
    expect(status).toBe(500)
    expect(text).not.toContain('bob')
    expect(problems.join('\n')).toMatch(message)
  })

  it('D8: counts like a wrong guess, so that a fault is no way to go on guessing', async () => {
    const odd = { ...byName, authenticate: () => undefined } as unknown as AuthenticationBackend
    const site = await siteWith([odd], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann' })
    for (let guess = 0; guess < 3; guess += 1) expect(await enter(site, 'ann')).toMatch(/^TypeError/)
    expect(await enter(site, 'ann')).toBe(REFUSED)
  })

  it('D8: may be given at once, without a promise, as long as it is one', async () => {
    const immediate = {
      ...byName,
      name: 'immediate',
      authenticate: (_credentials: Credentials, [user]: readonly User[]) => ({ outcome: 'proven', user }),
    } as unknown as AuthenticationBackend
    const site = await siteWith([immediate])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by immediate')
  })
})

describe('a session that no backend began', () => {
  const provider = sampleProvider()

  interface Watched {
    readonly site: Site
    readonly asked: string[]
    readonly gone: Set<UserId>
  }

  /** A directory that knows who has left, behind the password. */
  async function watchedSite(options: SiteOptions = {}): Promise<Watched> {
    const asked: string[] = []
    const gone = new Set<UserId>()
    const watching = (backend: AuthenticationBackend): AuthenticationBackend => ({
      ...backend,
      async getUser(id, { users }) {
        asked.push(backend.name)
        return gone.has(id) ? null : users.findById(id)
      },
    })
    const social = { providers: [provider.factory] }
    const site = await siteWith([watching(byName), watching(byAddress)], { social, ...options })
    return { site, asked, gone }
  }

  const account = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

  const sessionOf = async (site: Site, token: string): Promise<string> => {
    const found = await site.auth.authenticate(
      new Request('https://accounts.example/', { headers: { authorization: `Bearer ${token}` } }),
    )
    return found?.session.backend ?? 'none'
  }

  it('D9: says how it began, and is the first backend’s to look after', async () => {
    const { site, asked, gone } = await watchedSite()
    const { user, issued } = await site.auth.register({ ...account, carrier: 'token' })
    const token = issued?.token ?? ''
    expect(await sessionOf(site, token)).toBe('registration')
    expect(asked).toEqual(['names'])
    gone.add(user.id)
    expect((await site.send('GET /me', { token })).status).toBe(401)
  })

  it('D9: is looked after by another one where the site says so', async () => {
    const { site, asked } = await watchedSite({ login: { defaultBackend: 'addresses' } })
    const { issued } = await site.auth.register({ ...account, carrier: 'token' })
    expect(await sessionOf(site, issued?.token ?? '')).toBe('registration')
    expect(asked).toEqual(['addresses'])
  })

  it('D9: says so after an activation and after a social log-in, too', async () => {
    const { site, asked } = await watchedSite({ login: { emailMustBeVerified: true } })
    await site.auth.register(account)
    const activated = await site.auth.activate({ code: await site.codeFor(account.email), carrier: 'token' })
    expect(await sessionOf(site, activated.issued?.token ?? '')).toBe('activation')
    const accessToken = provider.tokenFor({
      subject: 'c',
      email: 'c@example.org',
      emailVerified: true,
      usernameHint: 'cyd',
    })
    const social = await site.auth.socialLogin({ provider: 'sample', accessToken })
    expect(await sessionOf(site, social.issued.token)).toBe('sample')
    expect(asked).toEqual(['names', 'names'])
  })

  it('D9: is also one of a backend that is configured no more', async () => {
    const { site, asked } = await watchedSite()
    const { user } = await site.auth.register(account)
    if (user === undefined) throw new Error('nobody was registered')
    const authenticator = { name: 'retired', authenticate: async () => ({ id: user.id }) }
    const { issued } = await site.auth.login({ identifier: 'ann', authenticator })
    expect(await sessionOf(site, issued.token)).toBe('retired')
    expect(asked).toEqual(['names'])
  })

  it('D9: needs a default that there is', async () => {
    await expect(watchedSite({ login: { defaultBackend: 'nobody' } })).rejects.toThrow(
      'login.defaultBackend must be the name of one of login.backends: names, addresses',
    )
  })
})

describe('the user of a session', () => {
  /** Carriers whose sessions the Portress API can begin. */
  const CARRIERS = ['token', 'cookie', 'jwt'] as const

  async function present(site: Site, carrier: (typeof CARRIERS)[number]) {
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier })
    const sent = carrier === 'cookie' ? { cookie: `__Host-portress-session=${issued.token}` } : { token: issued.token }
    return { me: () => site.send('GET /me', sent), issued }
  }

  it.each(CARRIERS)('D13: is asked for on every request with a %s', async (carrier) => {
    let asked = 0
    const gone = new Set<UserId>()
    const watching: AuthenticationBackend = {
      ...byName,
      async getUser(id, { users }) {
        asked += 1
        return gone.has(id) ? null : users.findById(id)
      },
    }
    const site = await siteWith([watching])
    const { id } = await addPerson(site, { username: 'ann' })
    const { me } = await present(site, carrier)
    for (const expected of [1, 2, 3]) {
      expect((await me()).status).toBe(200)
      expect(asked).toBe(expected)
    }
    gone.add(id)
    expect((await me()).status).toBe(401)
  })

  it.each(CARRIERS)('D13: who is disabled or deleted has no session with a %s', async (carrier) => {
    const site = await siteWith([byName])
    const { id } = await addPerson(site, { username: 'ann' })
    const first = await present(site, carrier)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect((await first.me()).status).toBe(401)
    await site.auth.setStatus({ userId: id, status: 'active' })
    const second = await present(site, carrier)
    expect((await second.me()).status).toBe(200)
    await site.store.users.delete(id)
    expect((await second.me()).status).toBe(401)
  })

  it('D13: whom the backend no longer knows gets no new token either', async () => {
    const gone = new Set<UserId>()
    const watching: AuthenticationBackend = {
      ...byName,
      getUser: (id, { users }) => (gone.has(id) ? Promise.resolve(null) : users.findById(id)),
    }
    const site = await siteWith([watching])
    const { id } = await addPerson(site, { username: 'ann' })
    const { issued } = await present(site, 'jwt')
    gone.add(id)
    const refresh = await site.send('POST /token/refresh', { body: { refreshToken: issued.refreshToken } })
    expect(refresh.status).toBe(401)
  })

  it('D13: is nobody for an id that nobody has', async () => {
    const site = await siteWith([byName])
    for (const id of [4_711, 0, -1, 1.5, Number.NaN, '1', '', 'x'.repeat(10_000)]) {
      expect(await site.store.users.findById(id), String(id)).toBeNull()
    }
  })
})

describe('log-ins at the same time', () => {
  it('D15: by name and by address have nothing to do with each other', async () => {
    const site = await siteWith([passwordBackend({ identifiers: ['username', 'email'] })], {
      lockout: { ...patient, maxWaitMilliseconds: 60_000 },
    })
    const names = ['ann', 'bob', 'cyd']
    for (const username of names) {
      await addPerson(site, { username, email: `${username}@example.org`, password: `${PASSWORD} ${username}` })
    }
    const tries = Array.from({ length: 60 }, (_, index) => {
      const name = names[index % 3] ?? ''
      return { name, typed: index % 2 === 0 ? name : `${name}@example.org`, isRight: index % 5 !== 0 }
    })
    const came = await Promise.all(
      tries.map(({ name, typed, isRight }) => enter(site, typed, isRight ? `${PASSWORD} ${name}` : OTHER_PASSWORD)),
    )
    expect(came).toEqual(tries.map(({ name, isRight }) => (isRight ? `${name} by password` : REFUSED)))
  })

  it('D15: by two backends with other rules leave each other’s rules alone', async () => {
    const strict = passwordBackend({
      name: 'strict',
      identifiers: ['email'],
      provenEmailOnly: true,
      exactCase: ['email'],
    })
    const site = await siteWith([byName, strict], { lockout: { ...patient, maxWaitMilliseconds: 60_000 } })
    await addPerson(site, { username: 'ann', email: 'Ann@example.org' })
    await addPerson(site, { username: 'bob', isProven: false })
    const expected: readonly (readonly [string, string])[] = [
      ['ANN', 'ann by names'],
      ['Ann@example.org', 'ann by strict'],
      ['ann@example.org', REFUSED],
      ['bob', 'bob by names'],
      ['bob@example.org', REFUSED],
    ]
    const rounds = Array.from({ length: 8 }, () => expected).flat()
    const came = await Promise.all(rounds.map(([typed]) => enter(site, typed)))
    expect(came).toEqual(rounds.map(([, outcome]) => outcome))
  })

  it('D15: find options that nobody can change any more', () => {
    const identifiers: ('username' | 'email')[] = ['username']
    const backend = passwordBackend({ identifiers })
    identifiers.push('email')
    expect(backend.identifiers).toEqual(['username'])
  })
})
