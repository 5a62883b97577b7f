/** Rows 57, 69 and 82 of the attack table, and W16: what one source may do through this door, each with its control. */
import { expect, it } from 'vitest'
import { floodSuite, limited, linksSuite, type ProbedLinks } from '../drf/support/flood-suite.ts'
import { OTHER_PASSWORD } from '../drf/support/passwords.ts'
import { restRegistrationDoor } from './support/doors.ts'
import { askedForReset, FORGED, newcomer, shifted } from './support/links.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const door = restRegistrationDoor(newWorld)

const RESET = 'POST reset-password/'

const links: ProbedLinks = {
  async ask(world, username) {
    const link = await askedForReset(world, username)
    const forged = { ...link, signature: FORGED, email: 'x@example.org' }
    const passwordOf = { weak: '1234', good: OTHER_PASSWORD } as const
    return {
      forged: (password) => [RESET, { json: { ...forged, password: passwordOf[password] } }],
      elsewhere: [
        ['POST verify-registration/', { json: forged }],
        ['POST verify-email/', { json: forged }],
      ],
      genuine: (password) => [RESET, { json: { ...link, password: passwordOf[password] } }],
    }
  },
}

floodSuite(door)
linksSuite(door, links)

it('W16: a good link with an altered timestamp is a wrong one', async () => {
  const world = door.open(limited({ codesPerAddress: { count: 3, perSeconds: 60 } }))
  await world.addUser('victim')
  const link = await askedForReset(world, 'victim')
  const statuses: number[] = []
  for (const seconds of [1, 2, 3, 4]) {
    const json = { ...shifted(link, seconds), password: OTHER_PASSWORD }
    statuses.push((await world.call(RESET, { json })).status)
  }
  expect(statuses).toEqual([400, 400, 400, 429])
})

it('W16: names that are only looked up count as registrations', async () => {
  const world = door.open(limited({ registrationsPerAddress: { count: 3, perSeconds: 60 } }))
  const json = newcomer('ann', { password: null })
  const statuses: number[] = []
  for (let index = 0; index < 4; index += 1) statuses.push((await world.call('POST register/', { json })).status)
  expect(statuses).toEqual([400, 400, 400, 429])
})

it.each([true, false])(
  'W16: addresses that a user asks for are limited, REGISTER_EMAIL_VERIFICATION_ENABLED %s',
  async (registerEmailVerificationEnabled) => {
    const engine = limited({ changesPerUser: { count: 3, perSeconds: 60 } })
    const world = restRegistrationDoor(newWorld, { registerEmailVerificationEnabled }).open(engine)
    const { token } = await world.member('ann')
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) {
      const json = { email: `ann${index}@example.org` }
      statuses.push((await world.call('POST register-email/', { token, json })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
  },
)
