/** Rows 66, 67, 78, 79 and 83 of the attack table through this door, each with its control. */
import { describe, expect, it } from 'vitest'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { countingHasher } from '../../security/support/counting-hasher.ts'
import { knock } from '../drf/support/doors.ts'
import { lockoutSuite, watched } from '../drf/support/lockout-suite.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { restAuthDoor } from './support/doors.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const door = restAuthDoor(newWorld)

lockoutSuite(door)

describe('names and addresses', () => {
  it('row 83: are one user, and what only one of them may log in by counts for both', async () => {
    const { world, hasher } = watched(door)
    await world.addUser('victim')
    hasher.forget()
    const [byName, byAddress] = door.loginDoors
    for (const way of [byName, byAddress, byName, byAddress, byName]) {
      await knock(world, way, { password: 'mistaken-walrus' })
    }
    expect(hasher.guesses()).toBe(3)
  })

  it('row 83: addresses that the door does not ask for open nothing, and are counted all the same', async () => {
    const hasher = countingHasher(quickHasher())
    const login = { identifiers: ['username', 'email'] } as const
    const world = newWorld({ loginMethods: ['username'] }, { login, passwords: { hasher } })
    await world.addUser('victim')
    hasher.forget()
    for (let guess = 0; guess < 4; guess += 1) {
      const json = { username: 'victim@example.org', password: PASSWORD }
      expect((await world.call('POST login/', { json })).status).toBe(400)
    }
    expect([hasher.guesses(), hasher.calls.length]).toEqual([0, 4])
  })
})
