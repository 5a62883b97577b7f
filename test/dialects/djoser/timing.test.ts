/**
 * Rows 24, 42, 43 and 45 of the attack table through the doors of this dialect: what can be told from the time that an
 * answer takes. Measured as in `test/security/timing.test.ts`.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../../src/contracts/password-hasher.ts'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import { interleave, majority, type Try } from '../../security/support/timing.ts'
import { faultsOf, ROUNDS } from '../drf/support/measured.ts'
import { type DjoserSite, djoserSite, PASSWORD } from './support/djoser-site.ts'
import { type Door, knock, LOGIN_DOORS } from './support/doors.ts'

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
function measuredSite(lane: PasswordHasher): DjoserSite {
  const site = djoserSite({
    passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
    lockout: { maxFailures: 1_000_000, maxFailuresPerAddress: 1_000_000 },
  })
  closing.push(() => site.auth.close())
  return site
}

describe('a log-in with a wrong password', () => {
  async function everybody(lane: PasswordHasher): Promise<DjoserSite> {
    const site = measuredSite(lane)
    await site.addUser('known')
    await site.addUser('social', { password: null })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    return site
  }

  async function compare(site: DjoserSite, door: Door, names: readonly string[]): Promise<readonly string[]> {
    const wrong =
      (username: string): Try =>
      async () => {
        const { status } = await knock(site, door, { username, password: 'mistaken-walrus' })
        if (status !== 400 && status !== 401) throw new Error(`${username} is answered ${status}`)
      }
    return faultsOf(await interleave(Object.fromEntries(names.map((name) => [name, wrong(name)])), ROUNDS))
  }

  it.each(LOGIN_DOORS.filter(({ name }) => name.includes('/')))(
    'rows 42, 43 and 45: $name takes as long for nobody, without a password, and for somebody who is disabled',
    async (door) => {
      const site = await everybody(hasher)
      expect(await majority(() => compare(site, door, ['known', 'nobody', 'social', 'barred']))).toEqual([])
    },
  )

  it('rows 42 and 43, control: without a dummy hash nobody, and who has no password, are told', async () => {
    const undummied: PasswordHasher = {
      ...hasher,
      verify: async (request, encoded) => encoded !== null && hasher.verify(request, encoded),
    }
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    const faults = await compare(await everybody(undummied), door, ['known', 'nobody', 'social'])
    expect(faults.length).toBeGreaterThanOrEqual(2)
  })
})

describe('registering with an address that somebody has', () => {
  let run = 0

  async function compare(site: DjoserSite, refusesEarly: boolean): Promise<readonly string[]> {
    run += 1
    const register =
      (name: 'free' | 'taken'): Try =>
      async (index) => {
        const email = name === 'taken' ? `owner${index}@example.org` : `free${run}x${index}@example.org`
        const isRefused = refusesEarly && (await site.auth.findUser(email)) !== null
        if (!isRefused) await registerAt(site, { username: `${name}${run}x${index}`, email, password: PASSWORD })
      }
    const samples = await interleave({ free: register('free'), taken: register('taken') }, ROUNDS)
    // What was mailed in the meantime must not reach into the next run.
    await site.mails()
    return faultsOf(samples)
  }

  async function registerAt(site: DjoserSite, json: object): Promise<void> {
    const { status } = await site.call('POST users/', { json })
    if (status !== 201) throw new Error(`the registration is answered ${status}`)
  }

  async function siteWithOwners(): Promise<DjoserSite> {
    const site = measuredSite(hasher)
    for (let index = 0; index < ROUNDS.rounds + ROUNDS.warmUps; index += 1) {
      await site.addUser(`owner${index}`, { password: null })
    }
    return site
  }

  it('row 24: takes as long as with a free one', async () => {
    const site = await siteWithOwners()
    expect(await majority(() => compare(site, false))).toEqual([])
  })

  it('row 24, control: an address that is refused before the password is hashed is told', async () => {
    expect(await compare(await siteWithOwners(), true)).not.toEqual([])
  })
})
