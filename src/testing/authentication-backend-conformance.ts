import { describe, expect, it } from 'vitest'
import type { AuthenticationBackend, BackendTools, BackendVerdict } from '../contracts/authentication-backend.ts'
import type { Store } from '../contracts/store.ts'
import { canonicalIdentifier } from '../model/identifier.ts'
import type { User } from '../model/user.ts'
import { sqlite } from '../stores/sqlite/index.ts'

export interface AuthenticationBackendConformanceOptions {
  /** Makes a fresh backend for each test. */
  readonly newBackend: () => AuthenticationBackend
  /** What a person types to log in through this backend. */
  readonly identifier: string
  /** Whom that means; the suite stores this user beside others. */
  readonly user: { readonly username?: string; readonly email?: string }
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: AuthenticationBackendTest; readonly reason: string }[]
}

/** The names of the tests. */
export type AuthenticationBackendTest =
  | 'names whom it could prove, and few others'
  | 'proves the right password and no other'
  | 'proves nobody whom it was not handed as a candidate'
  | 'proves nobody who has no password'
  | 'evaluates one password whoever is meant and whatever was typed'
  | 'answers whatever was typed'
  | 'gives back a user by id'

const PASSWORD = 'correct horse battery'

/**
 * Checks that a backend keeps the promises of `AuthenticationBackend`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('myBackend', () => {
 *   authenticationBackendConformance({ newBackend: () => myBackend(), identifier: 'ann', user: { username: 'ann' } })
 * })
 */
export function authenticationBackendConformance(options: AuthenticationBackendConformanceOptions): void {
  describe('keeps the contract of an authentication backend', () => {
    for (const [name, check] of Object.entries(TESTS)) {
      const skipped = options.skip?.find(({ test }) => test === name)
      it(name, async (context) => {
        if (skipped) context.skip(skipped.reason)
        const bench = await openBench(options)
        try {
          await check(bench)
        } finally {
          await bench.store.close()
        }
      })
    }
  })
}

interface Bench {
  readonly backend: AuthenticationBackend
  readonly identifier: string
  readonly user: User
  readonly store: Store
  readonly tools: BackendTools
  /** How many passwords were evaluated so far. */
  evaluations(): number
  /** Asks for candidates and then for a verdict, as the gate does. */
  judge(identifier: string, password: string): Promise<BackendVerdict>
}

async function openBench(options: AuthenticationBackendConformanceOptions): Promise<Bench> {
  const store = sqlite(':memory:').open({ ids: 'integer', fields: {}, profiles: {}, migrationsFolder: null })
  await addUser(store, { username: 'somebody.else', email: 'somebody.else@elsewhere.example' })
  const user = await addUser(store, options.user)
  const backend = options.newBackend()
  let evaluations = 0
  const tools: BackendTools = {
    users: store.users,
    async verifyPassword(password, encoded) {
      evaluations += 1
      return encoded === encode(password)
    },
    canonical: canonicalIdentifier,
  }
  return {
    backend,
    identifier: options.identifier,
    user,
    store,
    tools,
    evaluations: () => evaluations,
    async judge(identifier, password) {
      const candidates = await backend.candidates(identifier, tools)
      return backend.authenticate({ identifier, password }, candidates, tools)
    },
  }
}

const encode = (password: string): string => `plain$${password}`

async function addUser(
  store: Store,
  { username, email }: AuthenticationBackendConformanceOptions['user'],
): Promise<User> {
  const added = await store.users.insert(
    {
      id: null,
      username: username ?? null,
      email: email ?? null,
      passwordHash: encode(PASSWORD),
      firstName: '',
      lastName: '',
      status: 'active',
      isStaff: false,
      isSuperuser: false,
      emailVerifiedAt: null,
      dateJoined: new Date('2026-01-01T00:00:00Z'),
      fields: {},
      profiles: {},
    },
    { replacePendingBefore: new Date(0) },
  )
  if (added.outcome !== 'inserted') throw new TypeError('the user is stored already')
  return added.user
}

/** NUL, lone surrogates and longer texts are refused before a backend is asked. */
const HOSTILE = ['', ' ', '@', '%', '*', "' OR 1=1 --", '__proto__', '\u{202E}nna', '\r\n', 'x'.repeat(254)]

const TESTS: Readonly<Record<AuthenticationBackendTest, (bench: Bench) => Promise<void>>> = {
  'names whom it could prove, and few others': async ({ backend, identifier, user, tools }) => {
    const ids = (await backend.candidates(identifier, tools)).map(({ id }) => id)
    expect(ids).toContain(user.id)
    expect(ids.length).toBeLessThanOrEqual(5)
  },
  'proves the right password and no other': async ({ identifier, user, judge }) => {
    expect(await judge(identifier, PASSWORD)).toMatchObject({ outcome: 'proven', user: { id: user.id } })
    for (const wrong of ['', `${PASSWORD} `, PASSWORD.toUpperCase(), `${PASSWORD}\0`]) {
      expect((await judge(identifier, wrong)).outcome, JSON.stringify(wrong)).not.toBe('proven')
    }
  },
  'proves nobody whom it was not handed as a candidate': async ({ backend, identifier, tools }) => {
    const verdict = await backend.authenticate({ identifier, password: PASSWORD }, [], tools)
    expect(verdict.outcome).not.toBe('proven')
  },
  'proves nobody who has no password': async ({ identifier, user, store, judge }) => {
    await store.users.update(user.id, { passwordHash: null })
    for (const password of [PASSWORD, '', 'null'])
      expect((await judge(identifier, password)).outcome).not.toBe('proven')
  },
  'evaluates one password whoever is meant and whatever was typed': async ({ identifier, judge, evaluations }) => {
    const calls = [
      [identifier, PASSWORD],
      [identifier, 'wrong'],
      ['nobody.at.all', 'wrong'],
      ['nobody@nowhere.example', 'wrong'],
      ['', ''],
    ] as const
    for (const [index, [typed, password]] of calls.entries()) {
      await judge(typed, password)
      expect(evaluations(), JSON.stringify(typed)).toBe(index + 1)
    }
  },
  'answers whatever was typed': async ({ judge }) => {
    for (const text of HOSTILE) expect((await judge(text, PASSWORD)).outcome, JSON.stringify(text)).not.toBe('proven')
  },
  'gives back a user by id': async ({ backend, user, tools }) => {
    if (backend.getUser === undefined) return
    expect(await backend.getUser(user.id, tools)).toMatchObject({ id: user.id })
    expect(await backend.getUser(4_711, tools)).toBeNull()
  },
}
