/**
 * Rows 24, 42, 43, 45 and 90 of the attack table through this door: what can be told from the time that an answer takes.
 * Measured as in `test/security/timing.test.ts`.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../../src/contracts/password-hasher.ts'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import {
  interleave,
  majority,
  type Samples,
  type Tolerance,
  type Try,
  tellApart,
} from '../../security/support/timing.ts'
import { type DjmongoauthSite, djmongoauthSite, PASSWORD, type SiteOptions } from './support/djmongoauth-site.ts'

const ROUNDS = { rounds: 20, warmUps: 3 }

const CPU: Tolerance = { milliseconds: 2, share: 0.03 }

/** On a busy machine medians of the clock wander; the order of classes that take turns does not. */
const WALL: Tolerance = { milliseconds: 50, share: 1 }

let hasher: PasswordHasher

beforeAll(() => {
  hasher = hashLane({ argon2: { memoryKiB: 19_456, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds: 10 })
})

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

afterAll(() => hasher.close())

/** Nobody is locked by what the measuring does, and the lane outlives the site. */
function measuredSite(lane: PasswordHasher, options: SiteOptions = {}): DjmongoauthSite {
  const site = djmongoauthSite({
    ...options,
    passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
    lockout: { maxFailures: 1_000_000, maxFailuresPerAddress: 1_000_000 },
  })
  closing.push(() => site.auth.close())
  return site
}

/** Compares every class with the first. */
function faultsOf(samples: Readonly<Record<string, Samples>>): readonly string[] {
  const [[reference, expected] = ['', undefined], ...others] = Object.entries(samples)
  if (expected === undefined) return ['nothing was measured']
  return others.flatMap(([name, { cpu, wall }]) => [
    ...tellApart(expected.cpu, cpu, CPU).map((fault) => `${name} and ${reference}, CPU: ${fault}`),
    ...tellApart(expected.wall, wall, WALL).map((fault) => `${name} and ${reference}, clock: ${fault}`),
  ])
}

describe('a log-in with a wrong password', () => {
  async function everybody(lane: PasswordHasher, options: SiteOptions = {}): Promise<DjmongoauthSite> {
    const site = measuredSite(lane, options)
    await site.addUser('known')
    await site.addUser('social', { password: null })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    return site
  }

  async function compare(site: DjmongoauthSite, names: readonly string[]): Promise<readonly string[]> {
    const wrong =
      (username: string): Try =>
      async () => {
        const { status } = await site.call('POST login', { json: { username, password: 'mistaken-walrus' } })
        if (status !== 400) throw new Error(`${username} is answered ${status}`)
      }
    return faultsOf(await interleave(Object.fromEntries(names.map((name) => [name, wrong(name)])), ROUNDS))
  }

  const PEOPLE = ['known', 'nobody', 'social', 'barred']

  it('rows 42, 43 and 45: takes as long for nobody, without a password, and for somebody who is disabled', async () => {
    const site = await everybody(hasher)
    expect(await majority(() => compare(site, PEOPLE))).toEqual([])
  })

  it('K5: takes as long where unknown users are told', async () => {
    const site = await everybody(hasher, { door: { dangerouslyTellUnknownUsers: true } })
    expect(await majority(() => compare(site, PEOPLE))).toEqual([])
  })

  it('rows 42 and 43, control: without a dummy hash nobody, and who has no password, are told', async () => {
    const undummied: PasswordHasher = {
      ...hasher,
      verify: async (request, encoded) => encoded !== null && hasher.verify(request, encoded),
    }
    const faults = await compare(await everybody(undummied), PEOPLE.slice(0, 3))
    expect(faults.length).toBeGreaterThanOrEqual(2)
  })
})

describe('registering with an address that somebody has', () => {
  let run = 0

  async function compare(site: DjmongoauthSite): Promise<readonly string[]> {
    run += 1
    const register =
      (name: 'free' | 'taken'): Try =>
      async (index) => {
        const email = name === 'taken' ? `owner${index}@example.org` : `free${run}x${index}@example.org`
        await site.call('POST register', { json: { username: `${name}${run}x${index}`, email, password: PASSWORD } })
      }
    const samples = await interleave({ free: register('free'), taken: register('taken') }, ROUNDS)
    // What was mailed in the meantime must not reach into the next run.
    await site.mails()
    return faultsOf(samples)
  }

  async function siteWithOwners(options: SiteOptions = {}): Promise<DjmongoauthSite> {
    const site = measuredSite(hasher, options)
    for (let index = 0; index < ROUNDS.rounds + ROUNDS.warmUps; index += 1) {
      await site.addUser(`owner${index}`, { password: null })
    }
    return site
  }

  it('row 24: takes as long as with a free one', async () => {
    const site = await siteWithOwners()
    expect(await majority(() => compare(site))).toEqual([])
  })

  it('row 24, control: a site that tells taken addresses is seen through', async () => {
    const site = await siteWithOwners({ door: { dangerouslyTellTakenAddresses: true } })
    expect(await compare(site)).not.toEqual([])
  })
})

describe('asking for a reset by a name', () => {
  it('row 90: takes as long for nobody as for somebody', async () => {
    const site = measuredSite(hasher)
    await site.addUser('known')
    const ask =
      (username: string): Try =>
      async () => {
        await site.call('POST reset', { json: { username } })
      }
    const compare = async () => faultsOf(await interleave({ known: ask('known'), nobody: ask('nobody') }, ROUNDS))
    expect(await majority(compare)).toEqual([])
  })
})
