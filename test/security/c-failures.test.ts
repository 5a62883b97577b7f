/** Section C of the attack table: parts that fail, and many callers at once. Each row comes with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import type { Store } from '../../src/contracts/store.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { cookieFrom } from './support/answer.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  requestFor,
  type Site,
  type SiteOptions,
} from './support/open-site.ts'

afterEach(closeSites)

const IDENTIFIERS = { identifiers: ['username', 'email'] } as const

const LOGIN = { identifier: 'ann', password: PASSWORD }

describe('row 62: a part that fails', () => {
  interface Breakable {
    readonly options: SiteOptions
    /** From now on the part fails. */
    readonly break: () => void
  }

  type Breaker = () => Breakable

  /** Runs the work while the part is whole. */
  type Guard = <R>(work: () => Promise<R>) => Promise<R>

  function breakable(optionsFor: (guard: Guard) => SiteOptions): Breakable {
    let isBroken = false
    const guard: Guard = (work) => (isBroken ? Promise.reject(new Error('the part is broken')) : work())
    return {
      options: optionsFor(guard),
      break() {
        isBroken = true
      },
    }
  }

  type StoreBreaker = (store: Store, guard: Guard) => Store

  const storeBreaker =
    (wrap: StoreBreaker): Breaker =>
    () =>
      breakable((guard) => ({ wrapStore: (store) => wrap(store, guard) }))

  const users = (change: (users: Store['users'], guard: Guard) => Partial<Store['users']>): Breaker =>
    storeBreaker((store, guard) => ({ ...store, users: { ...store.users, ...change(store.users, guard) } }))

  const sessions = (change: (sessions: Store['sessions'], guard: Guard) => Partial<Store['sessions']>): Breaker =>
    storeBreaker((store, guard) => ({ ...store, sessions: { ...store.sessions, ...change(store.sessions, guard) } }))

  const codes = (change: (codes: Store['codes'], guard: Guard) => Partial<Store['codes']>): Breaker =>
    storeBreaker((store, guard) => ({ ...store, codes: { ...store.codes, ...change(store.codes, guard) } }))

  const hashing: Breaker = () =>
    breakable((guard) => {
      const inner = quickHasher()
      const verify: typeof inner.verify = (...input) => guard(() => inner.verify(...input))
      return { passwords: { hasher: { ...inner, verify } } }
    })

  const drawing: Breaker = () => {
    let isBroken = false
    const bytes = (length: number): Uint8Array => {
      if (isBroken) throw new Error('the part is broken')
      return crypto.getRandomValues(new Uint8Array(length))
    }
    return {
      options: { random: { bytes } },
      break() {
        isBroken = true
      },
    }
  }

  /** Parts without which nobody may be let in at all. */
  const OF_THE_GATE: Readonly<Record<string, Breaker>> = {
    'finding users': users(({ findByIdentifier }, guard) => ({
      findByIdentifier: (...input) => guard(() => findByIdentifier(...input)),
    })),
    'counting guesses': storeBreaker((store, guard) => ({
      ...store,
      throttles: { ...store.throttles, update: (keys, step) => guard(() => store.throttles.update(keys, step)) },
    })),
    hashing,
    'beginning sessions': sessions(({ insert }, guard) => ({ insert: (...input) => guard(() => insert(...input)) })),
    'logging attempts': storeBreaker((store, guard) => ({
      ...store,
      attempts: { ...store.attempts, insert: (attempt) => guard(() => store.attempts.insert(attempt)) },
    })),
    'drawing bytes': drawing,
  }

  const OTHERS: Readonly<Record<string, Breaker>> = {
    'finding sessions': sessions(({ find }, guard) => ({ find: (key) => guard(() => find(key)) })),
    'listing sessions': sessions(({ listForUser }, guard) => ({
      listForUser: (...input) => guard(() => listForUser(...input)),
    })),
    'reading users': users(({ findById }, guard) => ({ findById: (id) => guard(() => findById(id)) })),
    'changing users': users(({ update }, guard) => ({ update: (...input) => guard(() => update(...input)) })),
    'queueing mails': storeBreaker((store, guard) => ({
      ...store,
      outbox: { ...store.outbox, insert: (row) => guard(() => store.outbox.insert(row)) },
    })),
    'finding codes': codes(({ find }, guard) => ({ find: (...input) => guard(() => find(...input)) })),
    'taking codes': codes(({ take }, guard) => ({ take: (...input) => guard(() => take(...input)) })),
  }

  /** What somebody gets who has no right to anything, and who has one, while the part fails. */
  async function faultsOfFailure(
    { options, break: breakIt }: Breakable,
    isOfTheGate: boolean,
  ): Promise<readonly string[]> {
    const site = await openSite(options)
    await site.addUser('ann')
    breakIt()
    const bogus = 'A'.repeat(43)
    const strangers: readonly (readonly [string, Parameters<Site['send']>[1]])[] = [
      ['POST /login', { body: { ...LOGIN, password: OTHER_PASSWORD } }],
      ['POST /login', { body: { ...LOGIN, identifier: 'nobody' } }],
      ['POST /login', { body: { ...LOGIN, carrier: 'cookie', password: OTHER_PASSWORD } }],
      ['GET /me', {}],
      ['GET /me', { token: bogus }],
      ['GET /me', { cookie: `__Host-portress-session=${bogus}` }],
      ['GET /me', { token: 'e30.e30.e30' }],
      ['POST /token/refresh', { body: { refreshToken: bogus } }],
      ['POST /email/verify', { body: { code: bogus } }],
      ['POST /password/reset/confirm', { body: { code: bogus, newPassword: OTHER_PASSWORD } }],
    ]
    const faults: string[] = []
    const judge = async (row: string, sent: Parameters<Site['send']>[1]): Promise<void> => {
      const { status, text, cookies } = await site.send(row, sent)
      const isIn = status < 400 || cookies.length > 0
      if (isIn || /ann@|broken|at \w+ \(|\.ts:/.test(text)) faults.push(`${row} is answered ${status} ${text}`)
    }
    for (const [row, sent] of strangers) await judge(row, sent)
    if (isOfTheGate) await judge('POST /login', { body: LOGIN })
    return faults
  }

  it.each(Object.entries(OF_THE_GATE))(
    'row 62: %s: nobody is let in, not even with the right password',
    async (_, breaker) => {
      expect(await faultsOfFailure(breaker(), true)).toEqual([])
    },
  )

  it.each(Object.entries(OTHERS))(
    'row 62: %s: no stranger is let in, and nothing of the fault is told',
    async (_, breaker) => {
      expect(await faultsOfFailure(breaker(), false)).toEqual([])
    },
  )

  it('row 62: mailing: no stranger is let in, and what was asked for is answered as always', async () => {
    const site = await openSite()
    await site.addUser('ann')
    site.mailer.failWith(new Error('the part is broken'))
    const known = await site.send('POST /password/reset', { body: { email: 'ann@example.org' } })
    expect(known.status).toBe(202)
    await site.mails()
    expect(await site.send('POST /login', { body: { ...LOGIN, password: OTHER_PASSWORD } })).toMatchObject({
      status: 401,
    })
  })

  it('row 62: listening: an event listener that throws changes no answer', async () => {
    const throws = (): never => {
      throw new Error('the part is broken')
    }
    const site = await openSite({ events: { loginFailed: throws, userLoggedIn: throws } })
    await site.addUser('ann')
    expect(await site.send('POST /login', { body: { ...LOGIN, password: OTHER_PASSWORD } })).toMatchObject({
      status: 401,
    })
    expect(await site.send('POST /login', { body: LOGIN })).toMatchObject({ status: 200 })
  })

  it('row 62: control: a backend that takes a failure for a yes is noticed', async () => {
    const inner = passwordBackend(IDENTIFIERS)
    const trusting: AuthenticationBackend = {
      ...inner,
      async authenticate(credentials, users, tools) {
        try {
          return await inner.authenticate(credentials, users, tools)
        } catch {
          const [user] = users
          return user === undefined ? { outcome: 'unproven' } : { outcome: 'proven', user }
        }
      },
    }
    const { options, break: breakIt } = hashing()
    const trustingSite: Breakable = { options: { ...options, login: { backends: [trusting] } }, break: breakIt }
    expect(await faultsOfFailure(trustingSite, true)).not.toEqual([])
  })
})

describe('row 63: many callers at the same moment', () => {
  const USERS = 50
  const PARALLEL = 200
  const ROUNDS = 20

  interface Caller {
    readonly username: string
    readonly credential: Readonly<Record<string, string>>
  }

  /** Users who come with a token, a cookie, or a signed access token. */
  async function callersOf(site: Site): Promise<readonly Caller[]> {
    const callers: Caller[] = []
    for (let index = 0; index < USERS; index += 1) {
      const { username } = await site.addUser(`caller${index}`)
      const carrier = ['token', 'cookie', 'jwt'][index % 3] ?? 'token'
      const answer = await site.send('POST /login', { body: { identifier: username, password: PASSWORD, carrier } })
      const bearer = String(answer.json['token'] ?? answer.json['accessToken'])
      const credential =
        carrier === 'cookie'
          ? { cookie: cookieFrom(answer, 'portress-session') }
          : { authorization: `Bearer ${bearer}` }
      callers.push({ username, credential })
    }
    return callers
  }

  async function faultsOfMixing(site: Site, fetch = site.auth.fetch): Promise<readonly string[]> {
    const callers = await callersOf(site)
    const faults: string[] = []
    const ask = async ({ username, credential }: Caller): Promise<void> => {
      const response = await fetch(requestFor('GET /me', { headers: credential }), { address: '192.0.2.10' })
      const { user } = (await response.json()) as { readonly user?: { readonly username: string } }
      if (user?.username !== username) faults.push(`${username} is told of ${user?.username}`)
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = Array.from({ length: PARALLEL }, (_, index) => callers[(index * 7 + round) % USERS])
      await Promise.all(asked.map((caller) => (caller === undefined ? undefined : ask(caller))))
    }
    return faults
  }

  it('row 63: each get what is theirs', async () => {
    expect(await faultsOfMixing(await openSite())).toEqual([])
  })

  it('row 63: log in as themselves, in between', async () => {
    const site = await openSite()
    const callers = await callersOf(site)
    const answers = await Promise.all(
      callers.map(({ username }) => site.send('POST /login', { body: { identifier: username, password: PASSWORD } })),
    )
    const names = answers.map(({ json }) => (json['user'] as { readonly username: string } | undefined)?.username)
    expect(names).toEqual(callers.map(({ username }) => username))
    const tokens = new Set(answers.map(({ json }) => json['token']))
    expect(tokens.size).toBe(USERS)
  })

  it('row 63: control: a server that keeps the present caller in one place is noticed', async () => {
    const site = await openSite()
    let present = new Headers()
    const sharing: Site['auth']['fetch'] = async (request, peer) => {
      present = request.headers
      await Promise.resolve()
      return site.auth.fetch(new Request(request.url, { headers: present }), peer)
    }
    expect(await faultsOfMixing(site, sharing)).not.toEqual([])
  })
})
