import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../../../src/contracts/password-hasher.ts'
import { hashLane } from '../../../../src/hashers/hash-lane.ts'
import { interleave, majority, type Try } from '../../../security/support/timing.ts'
import { type Door, knock } from './doors.ts'
import type { DrfWorld } from './drf-world.ts'
import type { GuardedDoor } from './guarded-door.ts'
import { faultsOf, ROUNDS } from './measured.ts'

/**
 * Rows 24, 42, 43 and 45 of the attack table through a door: what can be told from the time that an answer takes. Measured
 * as in `test/security/timing.test.ts`.
 */
export function timingSuite(door: GuardedDoor): void {
  let lane: PasswordHasher

  beforeAll(() => {
    lane = hashLane({ argon2: { memoryKiB: 19_456, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds: 10 })
  })

  afterAll(() => lane.close())

  describe('a log-in with a wrong password', () => {
    it.each(door.loginDoors.slice(0, 2))(
      'rows 42, 43 and 45: $name takes as long for nobody, without a password, and for somebody who is disabled',
      async (way) => {
        const world = await everybody(door, lane)
        expect(await majority(() => compareNames(world, way, ['known', 'nobody', 'social', 'barred']))).toEqual([])
      },
    )

    it('rows 42 and 43, control: without a dummy hash nobody, and who has no password, are told', async () => {
      const undummied: PasswordHasher = {
        ...lane,
        verify: async (request, encoded) => encoded !== null && lane.verify(request, encoded),
      }
      const world = await everybody(door, undummied)
      const faults = await compareNames(world, door.loginDoors[0], ['known', 'nobody', 'social'])
      expect(faults.length).toBeGreaterThanOrEqual(2)
    })
  })

  describe('registering with an address that somebody has', () => {
    it('row 24: takes as long as with a free one', async () => {
      const compare = comparingAddresses(door, await worldWithOwners(door, lane))
      expect(await majority(() => compare('as it is'))).toEqual([])
    })

    it('row 24, control: an address that is refused before the password is hashed is told', async () => {
      const compare = comparingAddresses(door, await worldWithOwners(door, lane))
      expect(await compare('refused early')).not.toEqual([])
    })
  })
}

/** Nobody is locked by what the measuring does, and the lane outlives the world. */
const measuredWorld = ({ openDiscreet }: GuardedDoor, lane: PasswordHasher): DrfWorld =>
  openDiscreet({
    passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
    lockout: { maxFailures: 1_000_000, maxFailuresPerAddress: 1_000_000 },
  })

async function everybody(door: GuardedDoor, lane: PasswordHasher): Promise<DrfWorld> {
  const world = measuredWorld(door, lane)
  await world.addUser('known')
  await world.addUser('social', { password: null })
  const { id } = await world.addUser('barred')
  await world.auth.setStatus({ userId: id, status: 'disabled' })
  return world
}

async function compareNames(world: DrfWorld, door: Door, names: readonly string[]): Promise<readonly string[]> {
  const wrong =
    (username: string): Try =>
    async () => {
      const { status } = await knock(world, door, { username, password: 'mistaken-walrus' })
      if (status !== 400 && status !== 401) throw new Error(`${username} is answered ${status}`)
    }
  return faultsOf(await interleave(Object.fromEntries(names.map((name) => [name, wrong(name)])), ROUNDS))
}

async function worldWithOwners(door: GuardedDoor, lane: PasswordHasher): Promise<DrfWorld> {
  const world = measuredWorld(door, lane)
  for (let index = 0; index < ROUNDS.rounds + ROUNDS.warmUps; index += 1) {
    await world.addUser(`owner${index}`, { password: null })
  }
  return world
}

function comparingAddresses(
  door: GuardedDoor,
  world: DrfWorld,
): (taken: 'as it is' | 'refused early') => Promise<readonly string[]> {
  let run = 0
  return async (taken) => {
    run += 1
    const register = async (username: string, email: string): Promise<void> => {
      if (taken === 'refused early' && (await world.auth.findUser(email)) !== null) return
      const { status } = await world.call(...door.register(username, { email }))
      if (status !== 201) throw new Error(`the registration is answered ${status}`)
    }
    const classes: Readonly<Record<string, Try>> = {
      free: (index) => register(`free${run}x${index}`, `free${run}x${index}@example.org`),
      taken: (index) => register(`taken${run}x${index}`, `owner${index}@example.org`),
    }
    const samples = await interleave(classes, ROUNDS)
    // What was mailed in the meantime must not reach into the next run.
    await world.mails()
    return faultsOf(samples)
  }
}
