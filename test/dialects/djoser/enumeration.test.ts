/** Rows 24, 45, 80, 81 and 90 of the attack table: what a stranger learns from answers. Each with its control. */
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../src/contracts/store.ts'
import type { DjoserOptions } from '../../../src/dialects/djoser/index.ts'
import { differences } from '../../security/support/answer.ts'
import { knock } from '../drf/support/doors.ts'
import {
  compareAfterwards,
  compareRegistrations,
  compareRequests,
  NAMES,
  type Populated,
  populated,
  refusedLoginSuite,
} from '../drf/support/enumeration-suite.ts'
import { djoserSites, type SiteOptions } from './support/djoser-site.ts'
import { djoserDoor } from './support/doors.ts'

const newSite = djoserSites()

const door = djoserDoor(newSite)

/** A site of this dialect with somebody of every kind in it. */
function people(options: DjoserOptions = {}, engine: SiteOptions = {}): Promise<Populated> {
  const own = djoserDoor(newSite, options)
  return populated(own.open, own, engine)
}

refusedLoginSuite(door)

it('row 81: names that nobody has lock like any other, guess by guess, where locks are revealed', async () => {
  const { world } = await people({}, { login: { revealLocks: true } })
  for (let guess = 0; guess < 5; guess += 1) {
    const known = await knock(world, door.loginDoors[0], { username: 'known', password: 'mistaken-walrus' })
    const unknown = await knock(world, door.loginDoors[0], { username: 'nobody', password: 'mistaken-walrus' })
    expect(differences(known, unknown)).toEqual([])
  }
})

describe('registering with an address that somebody has', () => {
  it.each([true, false])('row 24: is answered as with a free one, activation mails %s', async (sendActivationEmail) => {
    expect(await compareRegistrations(await people({ sendActivationEmail }), door)).toEqual([])
  })

  it('row 24, control: a site that says that it is taken is seen through', async () => {
    const telling = (store: Store): Store => ({
      ...store,
      users: {
        ...store.users,
        async insert(user, how) {
          const result = await store.users.insert(user, how)
          return result.outcome === 'inserted' ? result : { ...result, field: 'username' }
        },
      },
    })
    const faults = await compareRegistrations(await people({}, { wrapStore: telling }), door)
    expect(faults).toContainEqual(expect.stringContaining('status 201 and 400'))
  })

  it('row 24: the stranger cannot tell by logging in afterwards where accounts wait for activation', async () => {
    const { world } = await people({ sendActivationEmail: true })
    expect(await compareAfterwards(world, door)).toEqual([])
  })
})

describe.each(['reset_password', 'reset_username', 'resend_activation'])('asking for a mail: users/%s/', (path) => {
  const compare = (options: DjoserOptions = {}): Promise<readonly string[]> =>
    compareRequests((engine) => people({ sendActivationEmail: true, ...options }, engine), {
      names: NAMES,
      asIt: (name) => [`POST users/${path}/`, { json: { email: `${name}@example.org` } }],
    })

  it('row 90: is answered alike whoever has the address, after the same questions to the store', async () => {
    expect(await compare()).toEqual([])
  })

  it('row 90, control: SHOW_EMAIL_NOT_FOUND is seen through', async () => {
    expect(await compare({ passwordResetShowEmailNotFound: true })).toContainEqual(expect.stringContaining('status'))
  })
})
