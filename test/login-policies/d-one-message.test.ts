/**
 * D16 of the contract about login policies: what somebody is told who may not come in is the same whatever the reason, at
 * every door, down to the last byte; and it costs the same.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, differences } from '../security/support/answer.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { DOORS, type Door, knock, mounts } from './support/doors.ts'
import { addPerson, enter } from './support/people.ts'

afterEach(closeSites)

/** Whom somebody tries to be, and how; all names are of the same length. */
interface Try {
  readonly reason: string
  readonly name: string
  readonly password: string
  /** Only the right password of a user whose address is not proven. */
  readonly isUnproven?: boolean
}

const addressOf = (name: string): string => `${name}@example.org`

const WRONG: Try = { reason: 'a wrong password', name: 'known1', password: OTHER_PASSWORD }

interface Scene {
  readonly site: Site
  readonly tries: readonly Try[]
  readonly evaluations: number
}

async function lockOut(site: Site, name: string): Promise<void> {
  for (let guess = 0; guess < 3; guess += 1) await enter(site, name, OTHER_PASSWORD)
}

/** Everybody who may not come in although the password is right, where addresses must be proven. */
async function sceneOfStates(options: SiteOptions = {}): Promise<Scene> {
  const site = await openSite({ mounts, ...options })
  await addPerson(site, { username: 'known1' })
  await addPerson(site, { username: 'barred', status: 'disabled' })
  await addPerson(site, { username: 'waiter', status: 'pending', isProven: false })
  await addPerson(site, { username: 'unsure', isProven: false })
  await addPerson(site, { username: 'social', password: null })
  await addPerson(site, { username: 'locked' })
  await lockOut(site, 'locked')
  await lockOut(site, 'nobod1')
  const tries = [
    { reason: 'unknown', name: 'nobody', password: PASSWORD },
    { reason: 'inactive', name: 'barred', password: PASSWORD },
    { reason: 'inactive, wrong password', name: 'barred', password: OTHER_PASSWORD },
    { reason: 'pending', name: 'waiter', password: PASSWORD, isUnproven: true },
    { reason: 'unverified', name: 'unsure', password: PASSWORD, isUnproven: true },
    { reason: 'unverified, wrong password', name: 'unsure', password: OTHER_PASSWORD },
    { reason: 'without a password', name: 'social', password: PASSWORD },
    { reason: 'locked, right password', name: 'locked', password: PASSWORD },
    { reason: 'locked, wrong password', name: 'locked', password: OTHER_PASSWORD },
    { reason: 'locked and unknown', name: 'nobod1', password: PASSWORD },
  ]
  return { site, tries, evaluations: 1 }
}

/** Two who share an address and a password: neither of them may come in by it. */
async function sceneOfSharers(): Promise<Scene> {
  const user = { emailUnique: 'once-proven' } as const
  const site = await openSite({ mounts, user, login: { emailMustBeVerified: false }, lockout: { maxFailures: 1000 } })
  const email = addressOf('shared')
  await addPerson(site, { username: 'known1' })
  await addPerson(site, { username: 'first1', email, isProven: false })
  await addPerson(site, { username: 'second', email, isProven: false })
  const tries = [
    { reason: 'ambiguous', name: 'shared', password: PASSWORD },
    { reason: 'ambiguous, wrong password', name: 'shared', password: OTHER_PASSWORD },
    { reason: 'unknown', name: 'nobody', password: PASSWORD },
  ]
  return { site, tries, evaluations: 3 }
}

/** What tells a try from a wrong password, at one door. */
async function told({ site, tries, evaluations }: Scene, door: Door): Promise<readonly string[]> {
  const faults: string[] = []
  for (const kind of door.takes) {
    const typed = ({ name }: Try): string => (kind === 'email' ? addressOf(name) : name)
    const ask = ({ password, ...meant }: Try, index: number): Promise<Answer> =>
      // From elsewhere each time, so that it is never the source that is locked.
      knock(site, door, { identifier: typed({ password, ...meant }), password, address: `198.51.100.${index}` })
    const expected = await ask(WRONG, 0)
    for (const [index, attempt] of tries.entries()) {
      if (attempt.isUnproven === true && door.tellsUnproven === true) continue
      site.hasher.forget()
      const answer = await ask(attempt, index + 1)
      const cost = site.hasher.calls.length
      if (cost !== evaluations) faults.push(`${attempt.reason} by ${kind} cost ${cost}`)
      faults.push(...differences(expected, answer).map((found) => `${attempt.reason} by ${kind}: ${found}`))
    }
  }
  return faults
}

describe('what is told at the door', () => {
  it.each(DOORS)(
    'D16: is the same for unknown, wrong, inactive, unverified and locked, and takes as many hashes: $name',
    async (door) => {
      expect(await told(await sceneOfStates(), door)).toEqual([])
    },
  )

  const byAddress = DOORS.filter(({ takes }) => takes.includes('email'))

  it.each(byAddress)('D16: is the same where two have the address and the password: $name', async (door) => {
    expect(await told(await sceneOfSharers(), door)).toEqual([])
  })

  const telling = DOORS.filter(({ tellsUnproven }) => tellsUnproven === true)

  it.each(telling)('D16: is of the address that is not proven only after the right password: $name', async (door) => {
    const { site } = await sceneOfStates()
    const wrong = await knock(site, door, { identifier: addressOf('known1'), password: OTHER_PASSWORD })
    for (const name of ['waiter', 'unsure']) {
      const guessed = await knock(site, door, { identifier: addressOf(name), password: OTHER_PASSWORD })
      expect(differences(wrong, guessed)).toEqual([])
      const right = await knock(site, door, { identifier: addressOf(name), password: PASSWORD })
      expect(right.text).toContain('E-mail is not verified.')
    }
  })
})

describe('the comparison', () => {
  const [api] = DOORS

  it('D16: control: notices a site that reveals its locks, or the state of a user', async () => {
    if (api === undefined) throw new Error('there is no door')
    const locks = await told(await sceneOfStates({ login: { revealLocks: true } }), api)
    expect(locks.join('\n')).toMatch(/locked, right password by username: status 401 and 429/)
    const states = await told(await sceneOfStates({ login: { revealStatus: true } }), api)
    expect(states.join('\n')).toMatch(/inactive by username: /)
    expect(states.join('\n')).not.toMatch(/wrong password by/)
  })
})
