/**
 * The whole lockout as a state machine: random walks through the gate, on the throttles of a real SQLite store, beside
 * books that know nothing of slots, reservations or stores.
 */

import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { clearLocks } from '../../src/commands/clear-locks.ts'
import type { CommandContext, Engine } from '../../src/commands/context.ts'
import { createUser } from '../../src/commands/create-user.ts'
import { rememberOnDevice } from '../../src/commands/steps/known-device.ts'
import { type Proof, proveUser } from '../../src/commands/steps/prove-user.ts'
import type { LockoutOptions } from '../../src/config/options.ts'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import type { SharedThrottles } from '../../src/contracts/shared-throttles.ts'
import { createEngine } from '../../src/create-engine.ts'
import { AuthError } from '../../src/errors.ts'
import type { User } from '../../src/model/user.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { type FakeClock, fakeClock } from '../../src/testing/fake-clock.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { type CountingHasher, countingHasher } from './support/counting-hasher.ts'
import {
  type Books,
  COMBINED,
  DAY,
  DEFAULT,
  type Expected,
  expectGuesses,
  MINUTE,
  PERMANENT,
  type Rules,
  type Step,
  TIERS,
  WAYS,
  type Way,
  WINDOW,
} from './support/lockout-books.ts'
import { ORIGIN, PASSWORD, randomSecret } from './support/open-site.ts'
import { forgetfulThrottles, sqliteThrottles } from './support/throttle-stand-ins.ts'

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...WAYS), fc.nat(9), fc.constantFrom(1, 1, 1, 2, 5))
        .map(([way, luck, atOnce]): Step => ({ do: 'guess', way, isRight: luck === 0, atOnce })),
    },
    {
      weight: 3,
      arbitrary: fc
        .oneof(fc.nat(3 * MINUTE), fc.nat(70 * MINUTE), fc.constantFrom(MINUTE - 1, MINUTE, WINDOW, DAY, 2 * DAY))
        .map((milliseconds): Step => ({ do: 'wait', milliseconds })),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'unlock' }) },
  ),
  { minLength: 10, maxLength: 60 },
)

interface World {
  readonly engine: Engine
  readonly clock: FakeClock
  readonly hasher: CountingHasher
  readonly user: User
  readonly deviceToken: string
}

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Compares at once, because the walk asks for thousands of judgements. */
const plainHasher: PasswordHasher = {
  hash: async ({ password }) => `plain$${password}`,
  verify: async ({ password }, encoded) => encoded === `plain$${password}`,
  needsRehash: () => false,
  close: async () => undefined,
  evaluations: () => 0,
}

async function newWorld(throttles: SharedThrottles, lockout: LockoutOptions = {}): Promise<World> {
  const clock = fakeClock()
  const hasher = countingHasher(plainHasher)
  const engine = createEngine(
    {
      store: sqlite(':memory:'),
      throttles,
      secrets: [randomSecret()],
      site: { name: 'Acme', origin: ORIGIN },
      mailer: memoryMailer(),
      lockout: { maxFailuresPerAddress: 100_000, ...lockout },
      rateLimits: NO_RATE_LIMITS,
      passwords: { hasher },
      logger: false,
      clock,
    },
    () => undefined,
  )
  closers.push(() => engine.store.close())
  const input = {
    username: 'victim',
    email: 'victim@example.org',
    password: PASSWORD,
    passwordCheck: 'enforced',
  } as const
  const user = await createUser(contextOf(engine), input)
  return { engine, clock, hasher, user, deviceToken: rememberOnDevice(engine, user, null) }
}

interface Origin {
  readonly address?: string
  readonly deviceToken?: string
}

function contextOf(engine: Engine, { address = '203.0.113.66', deviceToken }: Origin = {}): CommandContext {
  const request = {
    id: 'walk',
    address,
    addressBucket: address,
    userAgent: null,
    door: 'walk',
    language: 'en',
    deviceToken: deviceToken ?? null,
  }
  return { ...engine, actor: null, request, mailStyle: null }
}

function guess({ engine, user, deviceToken }: World, way: Way, password: string): Promise<'proven' | 'refused'> {
  const identifier = way === 'email' ? 'Victim@Example.org' : 'VICTIM'
  const proof: Proof = { claim: way === 'session' ? { user } : { identifier }, password, action: 'login' }
  const origin = way === 'device' ? { deviceToken } : way === 'elsewhere' ? { address: '198.51.100.7' } : {}
  return proveUser(contextOf(engine, origin), proof).then(
    () => 'proven',
    (error: unknown) => {
      const isRefusal =
        error instanceof AuthError && ['invalid_credentials', 'wrong_current_password'].includes(error.code)
      if (isRefusal) return 'refused'
      throw error
    },
  )
}

/** Walks, and throws where the gate and the books disagree. */
async function walk(throttles: SharedThrottles, path: readonly Step[], rules: Rules = DEFAULT): Promise<void> {
  const world = await newWorld(throttles, rules.lockout)
  const books: Books = new Map()
  for (const [index, step] of path.entries()) {
    if (step.do === 'wait') world.clock.advance({ milliseconds: step.milliseconds })
    else if (step.do === 'unlock') await unlock(world, books)
    else {
      const expected = expectGuesses(books, rules, { step, now: world.clock.now().getTime() })
      expect(await guesses(world, step), `step ${index}: ${JSON.stringify(step)}`).toEqual(expected)
    }
  }
}

async function unlock({ engine }: World, books: Books): Promise<void> {
  await clearLocks(contextOf(engine), { identifier: 'victim' })
  books.clear()
}

async function guesses(world: World, { way, isRight, atOnce }: Extract<Step, { do: 'guess' }>): Promise<Expected> {
  world.hasher.forget()
  const password = isRight ? PASSWORD : 'mistaken-walrus'
  const outcomes = await Promise.all(Array.from({ length: atOnce }, () => guess(world, way, password)))
  return { proven: outcomes.filter((outcome) => outcome === 'proven').length, judged: world.hasher.guesses() }
}

const RUNS = { numRuns: 120 } as const

describe('the lockout on random walks', () => {
  it.each([
    ['as it is', DEFAULT],
    ['with tiers', TIERS],
    ['with locks that do not end', PERMANENT],
    ['with counts of a user from a source', COMBINED],
  ])('row 66: judges exactly the guesses that the books allow, however they come, %s', async (_, rules) => {
    await fc.assert(
      fc.asyncProperty(steps, (path) => walk(sqliteThrottles(), path, rules)),
      RUNS,
    )
  })

  it.each([
    ['tiers', TIERS],
    ['locks that do not end', PERMANENT],
    ['counts of a user from a source', COMBINED],
  ])('row 66, control: a walk finds out a gate that was told nothing of %s', async (_, rules) => {
    const untold = { ...rules, lockout: {} }
    const found = await fc.check(
      fc.asyncProperty(steps, (path) => walk(sqliteThrottles(), path, untold)),
      { numRuns: 1000, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
  })

  it.each(['lock:user:', 'lock:identifier:', 'lock:device:'])(
    'row 66, control: a walk finds out a store that loses what is counted under %s',
    async (prefix) => {
      const losing = (): SharedThrottles => forgetfulThrottles(sqliteThrottles(), (key) => key.startsWith(prefix))
      const found = await fc.check(
        fc.asyncProperty(steps, (path) => walk(losing(), path)),
        { numRuns: 1000, endOnFailure: true },
      )
      expect(found.failed).toBe(true)
    },
  )

  it('row 66: of right and wrong passwords at once, three wrong ones at most are judged for each success', async () => {
    const crowd = fc.array(fc.tuple(fc.constantFrom(...WAYS.slice(0, 2)), fc.boolean()), {
      minLength: 2,
      maxLength: 30,
    })
    const property = fc.asyncProperty(crowd, async (guesses) => {
      const world = await newWorld(sqliteThrottles())
      const outcomes = await Promise.all(
        guesses.map(([way, isRight]) => guess(world, way, isRight ? PASSWORD : 'mistaken-walrus')),
      )
      const proven = outcomes.filter((outcome) => outcome === 'proven').length
      expect(world.hasher.guesses() - proven).toBeLessThanOrEqual(3 * (1 + proven))
      const isAllRight = guesses.every(([, isRight]) => isRight)
      if (isAllRight) expect(proven).toBe(guesses.length)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
