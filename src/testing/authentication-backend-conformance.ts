import { describe, expect, it } from 'vitest'
import type { AuthenticationBackend, BackendTools, BackendVerdict } from '../contracts/authentication-backend.ts'
import type { Store } from '../contracts/store.ts'
import type { FieldDefinitions, FieldValues } from '../model/field.ts'
import { canonicalIdentifier } from '../model/identifier.ts'
import type { RequestInfo } from '../model/request-info.ts'
import type { User } from '../model/user.ts'
import { sqlite } from '../stores/sqlite/index.ts'

export interface AuthenticationBackendConformanceOptions {
  /** Makes a fresh backend for each test. */
  readonly newBackend: () => AuthenticationBackend
  /** What a person types to log in through this backend. */
  readonly identifier: string
  /** Other ways to type the same. @default none */
  readonly spellings?: readonly string[]
  /** Whom that means; the suite stores this user beside others, the address as proven. */
  readonly user: ConformanceUser
  /** The declared fields that the user and the backend need. @default none */
  readonly fields?: FieldDefinitions
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: AuthenticationBackendTest; readonly reason: string }[]
}

interface ConformanceUser {
  readonly username?: string
  readonly email?: string
  readonly fields?: FieldValues
}

/** The names of the tests. */
export type AuthenticationBackendTest =
  | 'names whom it could prove, and few others'
  | 'proves the right password and no other'
  | 'proves nobody whom it was not handed as a candidate'
  | 'proves nobody who has no password'
  | 'proves nobody for certain whose password somebody else has as well'
  | 'evaluates as many passwords as it says, whoever is meant and whatever was typed'
  | 'counts every spelling of an identifier together'
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
  readonly spellings: readonly string[]
  readonly user: User
  readonly store: Store
  readonly tools: BackendTools
  /** How many passwords were evaluated so far. */
  evaluations(): number
  /** Asks for candidates and then for a verdict, as the gate does. */
  judge(identifier: string, password: string): Promise<BackendVerdict>
}

async function openBench(options: AuthenticationBackendConformanceOptions): Promise<Bench> {
  const store = sqlite(':memory:').open({
    ids: 'integer',
    fields: options.fields ?? {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  await addUser(store, { username: 'somebody.else', email: 'somebody.else@elsewhere.example' })
  const user = await addUser(store, options.user)
  const backend = options.newBackend()
  let evaluations = 0
  const tools: BackendTools = {
    users: store.users,
    async verifyPassword(password, encoded) {
      evaluations += 1
      return encoded !== null && encoded === encode(password)
    },
    canonical: canonicalIdentifier,
  }
  return {
    backend,
    identifier: options.identifier,
    spellings: options.spellings ?? [],
    user,
    store,
    tools,
    evaluations: () => evaluations,
    async judge(identifier, password) {
      const candidates = await backend.candidates(identifier, tools)
      return backend.authenticate({ identifier, password, request: REQUEST }, candidates, tools)
    },
  }
}

const JOINED = new Date('2026-01-01T00:00:00Z')

const REQUEST: RequestInfo = {
  id: 'conformance',
  address: '192.0.2.1',
  addressBucket: '192.0.2.1',
  userAgent: null,
  door: 'library',
  language: 'en',
  deviceToken: null,
}

const encode = (password: string): string => `plain$${password}`

async function addUser(store: Store, { username, email, fields = {} }: ConformanceUser): Promise<User> {
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
      emailVerifiedAt: email === undefined ? null : JOINED,
      dateJoined: JOINED,
      fields,
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
    const verdict = await backend.authenticate({ identifier, password: PASSWORD, request: REQUEST }, [], tools)
    expect(verdict.outcome).not.toBe('proven')
  },
  'proves nobody who has no password': async ({ identifier, user, store, judge }) => {
    await store.users.update(user.id, { passwordHash: null })
    for (const password of [PASSWORD, '', 'null'])
      expect((await judge(identifier, password)).outcome).not.toBe('proven')
  },
  'proves nobody for certain whose password somebody else has as well': async ({
    backend,
    identifier,
    user,
    tools,
  }) => {
    const twin: User = { ...user, id: 4_711 }
    const typed = { identifier, password: PASSWORD, request: REQUEST }
    const verdict = await backend.authenticate(typed, [user, twin], tools)
    // Who looks at the first alone has proven the first; who looks at both cannot tell who it is.
    if ((backend.evaluations ?? 1) > 1) expect(verdict.outcome).not.toBe('proven')
    else if (verdict.outcome === 'proven') expect(verdict.user.id).toBe(user.id)
  },
  'evaluates as many passwords as it says, whoever is meant and whatever was typed': async (bench) => {
    const { backend, identifier, judge, evaluations } = bench
    const each = backend.evaluations ?? 1
    const calls = [
      [identifier, PASSWORD],
      [identifier, 'wrong'],
      ['nobody.at.all', 'wrong'],
      ['nobody@nowhere.example', 'wrong'],
      ['', ''],
    ] as const
    for (const [index, [typed, password]] of calls.entries()) {
      await judge(typed, password)
      expect(evaluations(), JSON.stringify(typed)).toBe(each * (index + 1))
    }
  },
  'counts every spelling of an identifier together': async ({ backend, identifier, spellings, user, tools }) => {
    const countedAs = (text: string): string => canonicalIdentifier(backend.countedAs?.(text) ?? text)
    for (const spelling of [identifier, ...spellings]) {
      const found = await backend.candidates(spelling, tools)
      expect(
        found.map(({ id }) => id),
        spelling,
      ).toContain(user.id)
      expect(countedAs(spelling), spelling).toBe(countedAs(identifier))
      // The form of a form is itself: what is stored is counted as what was typed.
      expect(countedAs(countedAs(spelling)), spelling).toBe(countedAs(identifier))
    }
    for (const text of HOSTILE) expect(typeof (backend.countedAs?.(text) ?? text), JSON.stringify(text)).toBe('string')
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
