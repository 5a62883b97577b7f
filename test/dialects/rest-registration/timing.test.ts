/**
 * Rows 24, 42, 43 and 45 of the attack table through this door: what can be told from the time that an answer takes.
 * Measured as in `test/security/timing.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../../src/contracts/password-hasher.ts'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import { interleave, majority, type Try } from '../../security/support/timing.ts'
import { faultsOf, ROUNDS } from '../drf/support/measured.ts'
import { type Door, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'
import { newcomer } from './support/links.ts'
import { type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

let hasher: PasswordHasher

beforeAll(() => {
  hasher = hashLane({ argon2: { memoryKiB: 19_456, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds: 10 })
})

afterAll(() => hasher.close())

const newWorld = restRegistrationWorlds()

/** Nobody is locked by what the measuring does, and the lane outlives the world. */
const measuredWorld = (lane: PasswordHasher): RestRegistrationWorld =>
  newWorld(EVERY_DOOR, {
    passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
    lockout: { maxFailures: 1_000_000, maxFailuresPerAddress: 1_000_000 },
  })

describe('a log-in with a wrong password', () => {
  async function everybody(lane: PasswordHasher): Promise<RestRegistrationWorld> {
    const world = measuredWorld(lane)
    await world.addUser('known')
    await world.addUser('social', { password: null })
    const { id } = await world.addUser('barred')
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    return world
  }

  async function compare(
    world: RestRegistrationWorld,
    door: Door,
    names: readonly string[],
  ): Promise<readonly string[]> {
    const wrong =
      (username: string): Try =>
      async () => {
        const { status } = await knock(world, door, { username, password: 'mistaken-walrus' })
        if (status !== 400) throw new Error(`${username} is answered ${status}`)
      }
    return faultsOf(await interleave(Object.fromEntries(names.map((name) => [name, wrong(name)])), ROUNDS))
  }

  it.each(LOGIN_DOORS.slice(0, 2))(
    'rows 42, 43 and 45: $name takes as long for nobody, without a password, and for somebody who is disabled',
    async (door) => {
      const world = await everybody(hasher)
      expect(await majority(() => compare(world, door, ['known', 'nobody', 'social', 'barred']))).toEqual([])
    },
  )

  it('rows 42 and 43, control: without a dummy hash nobody, and who has no password, are told', async () => {
    const undummied: PasswordHasher = {
      ...hasher,
      verify: async (request, encoded) => encoded !== null && hasher.verify(request, encoded),
    }
    const faults = await compare(await everybody(undummied), LOGIN_DOORS[0], ['known', 'nobody', 'social'])
    expect(faults.length).toBeGreaterThanOrEqual(2)
  })
})

describe('registering with an address that somebody has', () => {
  let run = 0

  async function compare(world: RestRegistrationWorld, refusesEarly: boolean): Promise<readonly string[]> {
    run += 1
    const register =
      (name: 'free' | 'taken'): Try =>
      async (index) => {
        const email = name === 'taken' ? `owner${index}@example.org` : `free${run}x${index}@example.org`
        const isRefused = refusesEarly && (await world.auth.findUser(email)) !== null
        if (!isRefused) await registerAt(world, newcomer(`${name}${run}x${index}`, { email }))
      }
    const samples = await interleave({ free: register('free'), taken: register('taken') }, ROUNDS)
    // What was mailed in the meantime must not reach into the next run.
    await world.mails()
    return faultsOf(samples)
  }

  async function registerAt(world: RestRegistrationWorld, json: object): Promise<void> {
    const { status } = await world.call('POST register/', { json })
    if (status !== 201) throw new Error(`the registration is answered ${status}`)
  }

  async function worldWithOwners(): Promise<RestRegistrationWorld> {
    const world = measuredWorld(hasher)
    for (let index = 0; index < ROUNDS.rounds + ROUNDS.warmUps; index += 1) {
      await world.addUser(`owner${index}`, { password: null })
    }
    return world
  }

  it('row 24: takes as long as with a free one', async () => {
    const world = await worldWithOwners()
    expect(await majority(() => compare(world, false))).toEqual([])
  })

  it('row 24, control: an address that is refused before the password is hashed is told', async () => {
    expect(await compare(await worldWithOwners(), true)).not.toEqual([])
  })
})
