/**
 * E4 of the contract about login policies: what can be told from the time that an attempt takes.
 *
 * A hash costs here what it costs in production. The classes take turns in random order, so that whatever else the machine does
 * falls on all of them alike, and what is compared is the CPU time of the whole process, which is what a difference would
 * be made of. Medians may differ by a tenth, or by four standard errors where a busy machine scatters them more; two runs out of
 * three must agree. The controls are told by the same rule.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import { hashLane } from '../../src/hashers/hash-lane.ts'
import { lockKey, userPart } from '../../src/model/lock-key.ts'
import { quantile } from '../security/support/measure.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { errorOfMedian, interleave, majority, type Try } from '../security/support/timing.ts'
import { addPerson, type Person } from './support/people.ts'

/** How far medians may lie apart. */
const SHARE = 0.1

const ROUNDS = { rounds: 12, warmUps: 2 }

/** What is told by a multiple needs no more. */
const FEW_ROUNDS = { rounds: 8, warmUps: 1 }

let hasher: PasswordHasher

beforeAll(() => {
  hasher = hashLane({
    argon2: { memoryKiB: 19_456, passes: 2, parallelism: 1 },
    workers: 1,
    maxQueueSeconds: 60,
  })
})

afterEach(closeSites)

afterAll(() => hasher.close())

/** A site on which nobody is locked by what the measuring does; the lane outlives it. */
function siteWith(lane: PasswordHasher, { login, ...options }: SiteOptions = {}): Promise<Site> {
  return openSite({
    lockout: { maxFailures: 1_000_000 },
    ...options,
    login: { mailNewDevices: false, ...login },
    passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
  })
}

async function addLocked(site: Site, person: Person): Promise<void> {
  const { id } = await addPerson(site, person)
  const now = site.clock.now().getTime()
  const lockedUntil = now + 30 * 86_400_000
  const state = JSON.stringify({ slots: [], level: 1, lockedUntil, lastFailureAt: now })
  const entry = { state, expiresAt: new Date(lockedUntil), lockedUntil: new Date(lockedUntil) }
  await site.store.throttles.update([lockKey([userPart(id)])], () => ({ entries: [entry], result: null }))
}

interface Attempt {
  readonly typed: string
  readonly password: string
  readonly status: 200 | 401
}

const right = (typed: string): Attempt => ({ typed, password: PASSWORD, status: 200 })

/** Refused, though the password may be right. */
const refused = (typed: string, password: string = PASSWORD): Attempt => ({ typed, password, status: 401 })

/** As over HTTP, some time after the one before, so that wrong guesses do not pile up. */
const tried =
  (site: Site, { typed, password, status }: Attempt): Try =>
  async () => {
    site.clock.advance({ minutes: 1 })
    const answer = await site.send('POST /login', { body: { identifier: typed, password } })
    if (answer.status !== status) throw new Error(`${typed} is answered ${answer.status}`)
  }

/** What tells the classes from the first. */
async function compare(
  site: Site,
  attempts: Readonly<Record<string, Attempt>>,
  size: typeof ROUNDS = ROUNDS,
): Promise<readonly string[]> {
  const tries = Object.entries(attempts).map(([name, attempt]) => [name, tried(site, attempt)] as const)
  const samples = await interleave(Object.fromEntries(tries), size)
  const [[reference, expected] = ['', undefined], ...others] = Object.entries(samples)
  if (expected === undefined) return ['nothing was measured']
  return others.flatMap(([name, { cpu }]) => {
    const [mine, theirs] = [quantile(expected.cpu, 0.5), quantile(cpu, 0.5)]
    const allowed = Math.max(SHARE * mine, 4 * Math.hypot(errorOfMedian(expected.cpu), errorOfMedian(cpu)))
    if (Math.abs(mine - theirs) <= allowed) return []
    return [`${name}: ${theirs.toFixed(1)} ms instead of ${mine.toFixed(1)} for ${reference}, ±${allowed.toFixed(1)}`]
  })
}

async function siteOfStates(lane: PasswordHasher): Promise<Site> {
  const site = await siteWith(lane)
  for (const username of ['known', 'guest']) await addPerson(site, { username })
  await addPerson(site, { username: 'barred', status: 'disabled' })
  await addPerson(site, { username: 'unsure', isProven: false })
  await addPerson(site, { username: 'social', password: null })
  await addLocked(site, { username: 'locked' })
  return site
}

const STATES = {
  miss: refused('nobody'),
  'wrong password': refused('known', OTHER_PASSWORD),
  hit: right('guest'),
  inactive: refused('barred'),
  unverified: refused('unsure@example.org'),
  'without a password': refused('social'),
  locked: refused('locked'),
}

describe('an attempt to log in', () => {
  it('E4: takes as long for a hit, a miss, somebody inactive, unverified or locked', async () => {
    const site = await siteOfStates(hasher)
    expect(await majority(() => compare(site, STATES))).toEqual([])
  })

  it('E4: takes as long where two have the address, one has it, or nobody', async () => {
    const user = { emailUnique: 'once-proven' } as const
    const backends = [passwordBackend({ identifiers: ['username', 'email'], maxCandidates: 2 })]
    const site = await siteWith(hasher, { user, login: { emailMustBeVerified: false, backends } })
    for (const username of ['first', 'second']) {
      await addPerson(site, { username, email: 'shared@example.org', isProven: false })
    }
    await addPerson(site, { username: 'only', isProven: false })
    const attempts = {
      miss: refused('nobody@example.org'),
      ambiguous: refused('shared@example.org'),
      'ambiguous, wrong password': refused('shared@example.org', OTHER_PASSWORD),
      hit: right('only@example.org'),
    }
    expect(await majority(() => compare(site, attempts))).toEqual([])
  })

  it('E4: takes as long where a backend that evaluates nothing for a miss is made up for', async () => {
    const site = await siteOfCareless(hasher)
    expect(await majority(() => compare(site, BY_ADDRESS))).toEqual([])
  })
})

const BY_ADDRESS = { miss: refused('nobody@example.org'), known: refused('known@example.org', OTHER_PASSWORD) }

async function siteOfCareless(lane: PasswordHasher): Promise<Site> {
  const careful = passwordBackend({ identifiers: ['username', 'email'] })
  const careless: AuthenticationBackend = {
    ...careful,
    authenticate: async (credentials, users, tools) =>
      users.length === 0 ? { outcome: 'unproven' } : careful.authenticate(credentials, users, tools),
  }
  const site = await siteWith(lane, { login: { backends: [careless] } })
  await addPerson(site, { username: 'known' })
  return site
}

describe('the comparison', () => {
  it('E4: control: tells a miss where nothing is evaluated in place of a hash', async () => {
    const undummied: PasswordHasher = {
      ...hasher,
      verify: async (request, encoded) => encoded !== null && hasher.verify(request, encoded),
    }
    const states = await compare(await siteOfStates(undummied), STATES, FEW_ROUNDS)
    expect(states.join('\n')).toMatch(/wrong password: /)
    expect(await compare(await siteOfCareless(undummied), BY_ADDRESS, FEW_ROUNDS)).not.toEqual([])
  })

  it('E4: control: tells an address that somebody has where one hash is evaluated for each field', async () => {
    const byName = passwordBackend({ identifiers: ['username'] })
    const byAddress = passwordBackend({ identifiers: ['email'] })
    const perField: AuthenticationBackend = {
      name: 'per-field',
      candidates: (typed, tools) => byAddress.candidates(typed, tools),
      async authenticate(credentials, users, tools) {
        const found = await byName.authenticate(credentials, [], tools)
        return users.length === 0 ? found : byAddress.authenticate(credentials, users, tools)
      },
    }
    const site = await siteWith(hasher, { login: { backends: [perField] } })
    await addPerson(site, { username: 'known' })
    expect(await compare(site, BY_ADDRESS, FEW_ROUNDS)).not.toEqual([])
  })
})
