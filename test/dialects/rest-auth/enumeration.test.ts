/** Rows 24, 45, 80 and 90 of the attack table: what a stranger learns from answers, at this door. Each with its control. */
import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import type { Answer } from '../../security/support/answer.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import { ask } from '../drf/support/doors.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import {
  type AskedAbout,
  compareAfterwards,
  compareRegistrations,
  compareRequests,
  NAMES,
  type Populated,
  populated,
  refusedLoginSuite,
} from '../drf/support/enumeration-suite.ts'
import { tells } from '../drf/support/told-apart.ts'
import { restAuthDoor } from './support/doors.ts'
import { MANDATORY, newcomer, REGISTER } from './support/registration.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const door = restAuthDoor(newWorld)

/** A site of this dialect with somebody of every kind in it. */
function people(options: RestAuthOptions = {}, engine: EngineOptions = {}): Promise<Populated> {
  const own = restAuthDoor(newWorld, options)
  return populated(own.open, own, engine)
}

// Where an address need not be proven, the right password of whoever waits for the mail logs in.
refusedLoginSuite(door, ['pending, right password'])

describe('registering with an address that somebody has, where it must be proven', () => {
  it.each(['0.9', '7'] as const)('row 24: in generation %s is answered as with a free one', async (generation) => {
    expect(await compareRegistrations(await people({ ...MANDATORY, generation }), door)).toEqual([])
  })

  it('row 24, control: dangerouslyTellTakenAddresses is seen through', async () => {
    const telling = await people({ ...MANDATORY, dangerouslyTellTakenAddresses: true })
    expect(await compareRegistrations(telling, door)).toContainEqual(expect.stringContaining('status 201 and 400'))
  })

  it('row 24: beside another complaint nothing is told of the address either', async () => {
    const { world } = await people(MANDATORY)
    const answers = new Map<string, Answer>()
    for (const name of ['nobody', 'known']) {
      const json = { ...newcomer('person'), email: `${name}@example.org`, password1: null }
      answers.set(name, await ask(world, [REGISTER, { json }]))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 24: the stranger cannot tell by logging in afterwards, nor by what is free then', async () => {
    const { world } = await people(MANDATORY)
    expect(await compareAfterwards(world, door)).toEqual([])
  })
})

describe('a provider that only claims an address, where it must be proven', () => {
  async function compare(options: RestAuthOptions): Promise<readonly string[]> {
    const provider = sampleProvider()
    const social = { providers: [provider.factory] }
    const { world, hasher } = await people({ ...MANDATORY, ...options }, { social })
    const rounds = Array.from({ length: 6 }, () => new Map<string, Answer>())
    for (const name of ['nobody', 'known', 'barred']) {
      const enter = (subject: string): Promise<Answer> => {
        const person = { subject, email: `${name}@example.org`, emailVerified: false, usernameHint: subject }
        return ask(world, ['POST sample/', { json: { access_token: provider.tokenFor(person) } }])
      }
      // Two people at the provider, who claim the address in turn.
      const [one, other] = [`one-${name}`, `other-${name}`]
      const names = (username: string): Promise<Answer> =>
        ask(world, [REGISTER, { json: { ...newcomer(username), email: null } }])
      const steps = [
        () => enter(one),
        () => enter(one),
        () => names(one),
        () => enter(other),
        () => names(one),
        () => names(other),
      ]
      for (const [index, step] of steps.entries()) rounds[index]?.set(name, await step())
    }
    return [...(hasher.calls.length > 0 ? ['a password was hashed'] : []), ...rounds.flatMap(tells)]
  }

  it('row 24: is answered alike whoever has the address, at first and ever after, and the same names are free then', async () => {
    expect(await compare({})).toEqual([])
  })

  it('row 24, control: where addresses need no proof it is told', async () => {
    expect(await compare({ emailVerification: 'optional' })).not.toEqual([])
  })
})

describe.each(['password/reset/', 'registration/resend-email/'])('asking for a mail: %s', (path) => {
  const open = (engine: EngineOptions): Promise<Populated> => people(MANDATORY, engine)
  const asked: AskedAbout = {
    names: NAMES,
    asIt: (name) => [`POST ${path}`, { json: { email: `${name}@example.org` } }],
  }

  it('row 90: is answered alike whoever has the address, after the same questions to the store', async () => {
    expect(await compareRequests(open, asked)).toEqual([])
  })

  it('row 90, control: a look-up of one of them is seen through', async () => {
    const before = async ({ auth }: Populated['world'], name: string) => name === 'known' && auth.findUser(name)
    const faults = await compareRequests(open, { ...asked, before })
    expect(faults).toContainEqual(expect.stringContaining('known asked the store'))
  })
})
