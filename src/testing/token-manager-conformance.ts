import { describe, expect, it } from 'vitest'
import type { Store } from '../contracts/store.ts'
import type { IssueInput, TokenManager, TokenManagerFactory, TokenUse } from '../contracts/token-manager.ts'
import type { ActiveSession, Carrier, IssuedToken } from '../model/session.ts'
import type { User } from '../model/user.ts'
import { sqlite } from '../stores/sqlite/index.ts'
import { deriveKey } from '../util/secrets.ts'
import { systemRandom } from '../util/system-random.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'

export interface TokenManagerConformanceOptions {
  /** The factory that `createAuth` would be given; each test makes a fresh manager with it. */
  readonly factory: TokenManagerFactory
  /** In what the manager differs from most, where the contract leaves it the choice. */
  readonly traits?: TokenManagerTraits
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: TokenManagerTest; readonly reason: string }[]
}

/** What a manager may do one way or the other. */
export interface TokenManagerTraits {
  /** `never`: a value that nobody uses stays good. @default 'when unused' */
  readonly expires?: 'when unused' | 'never'
  /** `the same`: a user has one value until it is revoked, and each log-in gives it. @default 'a new one' */
  readonly secondLogin?: 'a new one' | 'the same'
  /** `stays good`: a refresh token may be exchanged again until it expires. @default 'is spent' */
  readonly exchangedToken?: 'is spent' | 'stays good'
}

/** The names of the tests. */
export type TokenManagerTest =
  | 'finds the session and its user behind what it has issued'
  | 'gives every session a value of its own'
  | 'gives a user who logs in again a value of the same or another session, as it says'
  | 'gives another value after the session was revoked'
  | 'finds nothing behind what it has not issued'
  | 'leaves no value in the store'
  | 'issues nothing to a user who was disabled, or whose sessions were ended since'
  | 'refuses a value once its session was revoked'
  | 'refuses a value that was unused too long'
  | 'refuses a value at the absolute end of its session'
  | 'ends a session no later than its log-in wished'
  | 'exchanges a refresh token for one child, and tells a copy'
  | 'tells why it refuses, if it tells anything'
  | 'shows nothing private among its public keys'

/**
 * Checks that a token manager keeps the promises of `TokenManager`, for each of its carriers. Call it inside a
 * `describe` of Vitest.
 *
 * @example
 * describe('myTokens', () => tokenManagerConformance({ factory: myTokens() }))
 */
export function tokenManagerConformance(options: TokenManagerConformanceOptions): void {
  const { factory, traits = {}, skip = [] } = options
  describe('keeps the contract of a token manager', () => {
    for (const [name, check] of Object.entries(TESTS)) {
      const skipped = skip.find(({ test }) => test === name)
      it(name, async (context) => {
        if (skipped) context.skip(skipped.reason)
        const bench = await openBench(factory, traits)
        try {
          expect(bench.manager.carriers).not.toEqual([])
          for (const carrier of bench.manager.carriers) await check(bench, carrier)
        } finally {
          await bench.store.close()
        }
      })
    }
  })
}

interface Bench {
  readonly manager: TokenManager
  readonly traits: Required<TokenManagerTraits>
  readonly store: Store
  readonly clock: FakeClock
  /** A new user with a session. */
  begin(carrier: Carrier): Promise<Begun>
}

interface Begun {
  readonly user: User
  readonly input: IssueInput
  readonly issued: IssuedToken
}

const DAY_MILLISECONDS = 86_400_000

const LIFETIMES = { idleMilliseconds: 14 * DAY_MILLISECONDS, absoluteMilliseconds: 30 * DAY_MILLISECONDS }

const KEY_SOURCE = 'k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'

async function openBench(factory: TokenManagerFactory, traits: TokenManagerTraits): Promise<Bench> {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const store = sqlite(':memory:').open({
    ids: 'integer',
    fields: {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  const manager = factory({
    sessions: store.sessions,
    clock,
    random: systemRandom,
    keysFor: (purpose) => [deriveKey(KEY_SOURCE, purpose)],
    issuer: 'https://acme.test',
    lifetimes: LIFETIMES,
  })
  let count = 0
  return {
    manager,
    traits: { expires: 'when unused', secondLogin: 'a new one', exchangedToken: 'is spent', ...traits },
    store,
    clock,
    async begin(carrier) {
      count += 1
      const user = await addUser(store, `user${count}`, clock.now())
      const input = inputFor(user, carrier, `session-${count}`)
      const issued = await manager.issue(input)
      if (issued === null) throw new TypeError('the manager issues nothing to an active user')
      return { user, input, issued }
    },
  }
}

async function addUser(store: Store, username: string, dateJoined: Date): Promise<User> {
  const added = await store.users.insert(
    {
      id: null,
      username,
      email: null,
      passwordHash: null,
      firstName: '',
      lastName: '',
      status: 'active',
      isStaff: false,
      isSuperuser: false,
      emailVerifiedAt: null,
      dateJoined,
      fields: {},
      profiles: {},
    },
    { replacePendingBefore: new Date(0) },
  )
  if (added.outcome !== 'inserted') throw new TypeError(`the user name ${username} is taken`)
  return added.user
}

const inputFor = (user: User, carrier: Carrier, sessionId: string): IssueInput => ({
  sessionId,
  user,
  carrier,
  assurance: 'password',
  backend: 'password',
  address: '192.0.2.1',
  userAgent: 'curl/8',
})

/** As the engine asks: a manager is never handed what it does not recognize. */
async function find(manager: TokenManager, text: string): Promise<ActiveSession | null> {
  return manager.recognizes(text) ? manager.authenticate(text) : null
}

type Check = (bench: Bench, carrier: Carrier) => Promise<void>

const TESTS: Readonly<Record<TokenManagerTest, Check>> = {
  'finds the session and its user behind what it has issued': async ({ manager, begin }, carrier) => {
    const { user, input, issued } = await begin(carrier)
    expect(manager.recognizes(issued.token)).toBe(true)
    const active = await manager.authenticate(issued.token)
    expect(active?.user.id).toBe(user.id)
    expect(active?.session).toMatchObject({ id: issued.session.id, carrier, address: input.address })
  },
  'gives every session a value of its own': async ({ begin }, carrier) => {
    const tokens = [await begin(carrier), await begin(carrier), await begin(carrier)].map(({ issued }) => issued.token)
    expect(new Set(tokens).size).toBe(tokens.length)
  },
  'gives a user who logs in again a value of the same or another session, as it says': async (bench, carrier) => {
    const { manager, traits, begin } = bench
    const { input, issued } = await begin(carrier)
    const second = await manager.issue({ ...input, sessionId: `${input.sessionId}-again` })
    expect(second?.token === issued.token).toBe(traits.secondLogin === 'the same')
    expect(second?.session.id === issued.session.id).toBe(traits.secondLogin === 'the same')
    for (const token of [issued.token, second?.token ?? '']) expect(await manager.authenticate(token)).not.toBeNull()
  },
  'gives another value after the session was revoked': async ({ manager, begin }, carrier) => {
    const { input, issued } = await begin(carrier)
    await manager.revoke(issued.session)
    const second = await manager.issue({ ...input, sessionId: `${input.sessionId}-again` })
    expect(second?.token).not.toBe(issued.token)
    expect(await manager.authenticate(second?.token ?? '')).not.toBeNull()
    expect(await manager.authenticate(issued.token)).toBeNull()
  },
  'finds nothing behind what it has not issued': async ({ manager, begin }, carrier) => {
    const { token } = (await begin(carrier)).issued
    for (const text of ['', ' ', '.', 'null', `${token} `, `${token}A`, 'A'.repeat(10_000)]) {
      expect(await find(manager, text), JSON.stringify(text)).toBeNull()
    }
    // The last character may carry bits that mean nothing, so another one is changed.
    for (const index of [0, Math.floor(token.length / 2), token.length - 5]) {
      const changed = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1)
      expect(await find(manager, changed), `changed at ${index}`).toBeNull()
    }
  },
  'leaves no value in the store': async ({ store, begin, clock }, carrier) => {
    const { user, issued } = await begin(carrier)
    const [session] = await store.sessions.listForUser(user.id, clock.now())
    const kept = JSON.stringify(session) + Buffer.from(session?.digest ?? []).toString('latin1')
    for (const secret of [issued.token, issued.refreshToken]) if (secret !== null) expect(kept).not.toContain(secret)
  },
  'issues nothing to a user who was disabled, or whose sessions were ended since': async (bench, carrier) => {
    const { manager, store } = bench
    const disabled = await bench.begin(carrier)
    await store.users.update(disabled.user.id, { status: 'disabled' })
    expect(await manager.issue({ ...disabled.input, sessionId: 'late-1' })).toBeNull()
    const ended = await bench.begin(carrier)
    await store.users.update(ended.user.id, {}, { endSessions: 'all' })
    expect(await manager.issue({ ...ended.input, sessionId: 'late-2' })).toBeNull()
  },
  'refuses a value once its session was revoked': async ({ manager, begin }, carrier) => {
    const { issued } = await begin(carrier)
    expect(await manager.revoke(issued.session)).toBe(true)
    expect(await manager.authenticate(issued.token)).toBeNull()
    expect(await manager.revoke(issued.session)).toBe(false)
  },
  'refuses a value that was unused too long': async ({ manager, traits, clock, begin }, carrier) => {
    const { issued } = await begin(carrier)
    clock.advance({ milliseconds: LIFETIMES.idleMilliseconds })
    expect((await manager.authenticate(issued.token)) === null).toBe(traits.expires === 'when unused')
  },
  'refuses a value at the absolute end of its session': async ({ manager, store, clock, begin }, carrier) => {
    const { issued } = await begin(carrier)
    const { id, expiresAt } = issued.session
    clock.set(expiresAt)
    await store.sessions.touch([{ id, lastUsedAt: clock.now(), idleExpiresAt: new Date(expiresAt.getTime() + 1000) }])
    expect(await manager.authenticate(issued.token)).toBeNull()
  },
  'ends a session no later than its log-in wished': async ({ manager, clock, begin }, carrier) => {
    const { input } = await begin(carrier)
    const short = await manager.issue({ ...input, sessionId: `${input.sessionId}-short`, lifetimeSeconds: 60 })
    expect(short?.session.expiresAt.getTime()).toBe(clock.now().getTime() + 60_000)
    expect(await manager.authenticate(short?.token ?? '')).not.toBeNull()
    clock.advance({ seconds: 60 })
    expect(await manager.authenticate(short?.token ?? '')).toBeNull()
  },
  'exchanges a refresh token for one child, and tells a copy': async ({ manager, traits, clock, begin }, carrier) => {
    const { refreshToken } = (await begin(carrier)).issued
    expect(await manager.rotate('no refresh token')).toEqual({ outcome: 'invalid' })
    if (refreshToken === null) return
    const rotated = await manager.rotate(refreshToken)
    if (rotated.outcome !== 'rotated') throw new TypeError(`a fresh refresh token is ${rotated.outcome}`)
    expect(await manager.authenticate(rotated.issued.token)).not.toBeNull()
    // Without a child the token is still the one to exchange.
    const again = await manager.rotate(rotated.issued.refreshToken ?? refreshToken)
    expect(again.outcome).toBe('rotated')
    clock.advance({ hours: 1 })
    expect((await manager.rotate(refreshToken)).outcome).toBe(
      traits.exchangedToken === 'is spent' ? 'reused' : 'rotated',
    )
  },
  'tells why it refuses, if it tells anything': async ({ manager, begin }, carrier) => {
    const { user, issued } = await begin(carrier)
    if (manager.inspect === undefined) return
    const inspect = async (token: string, use: TokenUse): Promise<unknown> => {
      const findings = await manager.inspect?.(token, use)
      return findings?.outcome === 'refused' ? findings.reason : findings?.active.user.id
    }
    expect(await inspect(issued.token, 'access')).toBe(user.id)
    expect(await inspect(issued.token, 'any')).toBe(user.id)
    expect(await inspect(issued.token, 'refresh')).toBe('wrong_type')
    for (const text of ['', 'a.b.c', `${issued.token}A`, '\0']) expect(await inspect(text, 'any')).toBe('malformed')
    if (issued.refreshToken !== null) {
      expect(await inspect(issued.refreshToken, 'refresh')).toBe(user.id)
      expect(await inspect(issued.refreshToken, 'access')).toBe('wrong_type')
    }
    await manager.revoke(issued.session)
    expect(await inspect(issued.token, 'access')).toBe('ended')
  },
  'shows nothing private among its public keys': async ({ manager }) => {
    for (const key of await manager.publicKeys()) {
      // RFC 7518 §6: the private members of every kind of key.
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) expect(key).not.toHaveProperty(name)
    }
  },
}
