/**
 * The whole lockout as a state machine: random walks through the gate, on the throttles of a real SQLite store, beside
 * books that know nothing of slots, reservations or stores.
 */

import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { CommandContext, Engine } from '../../src/commands/context.ts'
import { createUser } from '../../src/commands/create-user.ts'
import { rememberOnDevice } from '../../src/commands/steps/known-device.ts'
import { type Proof, proveUser } from '../../src/commands/steps/prove-user.ts'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import type { ThrottleStore } from '../../src/contracts/throttle-store.ts'
import { createEngine } from '../../src/create-engine.ts'
import { AuthError } from '../../src/errors.ts'
import type { User } from '../../src/model/user.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { type FakeClock, fakeClock } from '../../src/testing/fake-clock.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { type CountingHasher, countingHasher } from './support/counting-hasher.ts'
import { NO_RATE_LIMITS } from './support/no-rate-limits.ts'
import { ORIGIN, PASSWORD, randomSecret } from './support/open-site.ts'
import { forgetfulThrottles, sqliteThrottles } from './support/throttle-stand-ins.ts'

const MINUTE = 60_000
const WINDOW = 15 * MINUTE
const FORGOTTEN_AFTER = 24 * 60 * MINUTE

/** How a password is presented: typed with a name, with an address, from a known device, or behind a session. */
type Way = 'name' | 'email' | 'device' | 'session'

const WAYS: readonly Way[] = ['name', 'email', 'device', 'session']

type Step =
  | { readonly do: 'guess'; readonly way: Way; readonly isRight: boolean; readonly atOnce: number }
  | { readonly do: 'wait'; readonly milliseconds: number }

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
        .oneof(fc.nat(3 * MINUTE), fc.nat(70 * MINUTE), fc.constantFrom(MINUTE - 1, MINUTE, WINDOW, FORGOTTEN_AFTER))
        .map((milliseconds): Step => ({ do: 'wait', milliseconds })),
    },
  ),
  { minLength: 10, maxLength: 60 },
)

/** The books: for each count, when wrong guesses were judged and how long it is locked. */
interface Count {
  wrong: number[]
  lockedUntil: number
  locks: number
  lastWrongAt: number
}

type CountName = 'user' | 'name' | 'email' | 'device'

type Books = { [K in CountName]: Count }

const newCount = (): Count => ({ wrong: [], lockedUntil: 0, locks: 0, lastWrongAt: 0 })

const newBooks = (): Books => ({ user: newCount(), name: newCount(), email: newCount(), device: newCount() })

const COUNTED: { readonly [K in Way]: readonly CountName[] } = {
  name: ['user', 'name'],
  email: ['user', 'email'],
  device: ['device'],
  session: ['user'],
}

/** How many of the guesses get in or are judged, and what the books say afterwards. */
function expectGuesses(books: Books, step: Extract<Step, { do: 'guess' }>, now: number): Expected {
  const counts = COUNTED[step.way].map((name) => books[name])
  if (counts.some(({ lockedUntil }) => lockedUntil > now)) return { proven: 0, judged: 0 }
  if (step.isRight) {
    const cleared: readonly CountName[] = step.way === 'device' ? ['device'] : ['user', 'name', 'email']
    for (const name of cleared) books[name] = newCount()
    return { proven: step.atOnce, judged: step.atOnce }
  }
  let judged = 0
  while (judged < step.atOnce && counts.every(({ lockedUntil }) => lockedUntil <= now)) {
    judged += 1
    for (const count of counts) countWrong(count, now)
  }
  return { proven: 0, judged }
}

interface Expected {
  readonly proven: number
  readonly judged: number
}

function countWrong(count: Count, now: number): void {
  if (now - count.lastWrongAt >= FORGOTTEN_AFTER) count.locks = 0
  count.lastWrongAt = now
  count.wrong = [...count.wrong.filter((at) => now - at < WINDOW), now]
  if (count.wrong.length < 3) return
  count.lockedUntil = now + Math.min(MINUTE * 2 ** count.locks, 60 * MINUTE)
  count.locks += 1
  count.wrong = []
}

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

async function newWorld(throttles: ThrottleStore): Promise<World> {
  const clock = fakeClock()
  const hasher = countingHasher(plainHasher)
  const engine = createEngine(
    {
      store: sqlite(':memory:'),
      throttles,
      secrets: [randomSecret()],
      site: { name: 'Acme', origin: ORIGIN },
      mailer: memoryMailer(),
      lockout: { maxFailuresPerAddress: 100_000 },
      rateLimits: NO_RATE_LIMITS,
      passwords: { hasher },
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
  const user = await createUser(contextOf(engine, null), input)
  return { engine, clock, hasher, user, deviceToken: rememberOnDevice(engine, user, null) }
}

function contextOf(engine: Engine, deviceToken: string | null): CommandContext {
  const address = '203.0.113.66'
  const request = {
    id: 'walk',
    address,
    addressBucket: address,
    userAgent: null,
    door: 'walk',
    language: 'en',
    deviceToken,
  }
  return { ...engine, actor: null, request, mailStyle: null }
}

function guess({ engine, user, deviceToken }: World, way: Way, password: string): Promise<'proven' | 'refused'> {
  const identifier = way === 'email' ? 'Victim@Example.org' : 'VICTIM'
  const proof: Proof = { claim: way === 'session' ? { user } : { identifier }, password, action: 'login' }
  return proveUser(contextOf(engine, way === 'device' ? deviceToken : null), proof).then(
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
async function walk(throttles: ThrottleStore, path: readonly Step[]): Promise<void> {
  const world = await newWorld(throttles)
  const books = newBooks()
  for (const [index, step] of path.entries()) {
    if (step.do === 'wait') {
      world.clock.advance({ milliseconds: step.milliseconds })
      continue
    }
    const expected = expectGuesses(books, step, world.clock.now().getTime())
    world.hasher.forget()
    const password = step.isRight ? PASSWORD : 'mistaken-walrus'
    const outcomes = await Promise.all(Array.from({ length: step.atOnce }, () => guess(world, step.way, password)))
    const proven = outcomes.filter((outcome) => outcome === 'proven').length
    expect({ proven, judged: world.hasher.guesses() }, `step ${index}: ${JSON.stringify(step)}`).toEqual(expected)
  }
}

const RUNS = { numRuns: 120 } as const

describe('the lockout on random walks', () => {
  it('row 66: judges exactly the guesses that the books allow, by name, address, device and session', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (path) => walk(sqliteThrottles(), path)),
      RUNS,
    )
  })

  it.each(['lock:user:', 'lock:identifier:', 'lock:device:'])(
    'row 66, control: a walk finds out a store that loses what is counted under %s',
    async (prefix) => {
      const losing = (): ThrottleStore => forgetfulThrottles(sqliteThrottles(), (key) => key.startsWith(prefix))
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
