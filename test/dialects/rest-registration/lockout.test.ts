/** Rows 66, 67, 78, 79 and 83 of the attack table through this door, each with its control. */
import { describe, expect, it } from 'vitest'
import { userNotFound } from '../../../src/dialects/rest-registration/index.ts'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { countingHasher } from '../../security/support/counting-hasher.ts'
import { knock } from '../drf/support/doors.ts'
import { lockoutSuite, watched } from '../drf/support/lockout-suite.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { restRegistrationDoor } from './support/doors.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const door = restRegistrationDoor(newWorld)

const [BY_NAME, BY_ADDRESS] = door.loginDoors

lockoutSuite(door)

describe('names and addresses', () => {
  it('row 83, W1: are one user, and each guess is one hash and one event', async () => {
    const failed: unknown[] = []
    const events = { loginFailed: ({ action }: { readonly action: string }) => void failed.push(action) }
    const { world, hasher } = watched(door, { events })
    await world.addUser('victim')
    hasher.forget()
    for (const way of [BY_NAME, BY_ADDRESS, BY_NAME]) await knock(world, way, { password: 'mistaken-walrus' })
    await world.auth.flush()
    expect([hasher.guesses(), hasher.calls.length, failed]).toEqual([3, 3, ['login', 'login', 'login']])
    await knock(world, BY_ADDRESS, { password: PASSWORD })
    expect(hasher.guesses()).toBe(3)
  })

  it('row 83: addresses that the door does not ask for open nothing, and are counted all the same', async () => {
    const hasher = countingHasher(quickHasher())
    const identifiers = ['username', 'email'] as const
    const world = newWorld({ userLoginFields: ['username'] }, { login: { identifiers }, passwords: { hasher } })
    await world.addUser('victim')
    hasher.forget()
    for (let guess = 0; guess < 4; guess += 1) {
      const json = { login: 'victim@example.org', password: PASSWORD }
      expect((await world.call('POST login/', { json })).status).toBe(400)
    }
    expect([hasher.guesses(), hasher.calls.length]).toEqual([0, 4])
  })
})

describe('a way in of the site’s own', () => {
  it('row 66: is asked no more often, however many come at once', async () => {
    let asked = 0
    const loginAuthenticator = async (): Promise<never> => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      throw userNotFound()
    }
    const world = restRegistrationDoor(newWorld, { loginAuthenticator }).open()
    await world.addUser('victim')
    const ways = [BY_NAME, BY_ADDRESS, BY_NAME, BY_ADDRESS, BY_NAME, BY_ADDRESS]
    const answers = await Promise.all(ways.map((way) => knock(world, way, { password: PASSWORD })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]))
    expect(asked).toBe(3)
  })
})
