/** Rows 24, 45, 80 and 90 of the attack table, W4 and W14: what a stranger learns from answers, at this door. */
import { describe, expect, it } from 'vitest'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import type { Answer } from '../../security/support/answer.ts'
import { told } from '../drf/support/answer.ts'
import { ask } from '../drf/support/doors.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import {
  type AskedAbout,
  compareAfterwards,
  compareLogins,
  compareRegistrations,
  compareRequests,
  NAMES,
  type Populated,
  populated,
  refusedLoginSuite,
} from '../drf/support/enumeration-suite.ts'
import { tells } from '../drf/support/told-apart.ts'
import { restRegistrationDoor } from './support/doors.ts'
import { FORGED, newcomer } from './support/links.ts'
import { detail } from './support/words.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const door = restRegistrationDoor(newWorld)

/** A site of this dialect with somebody of every kind in it. */
function people(options: RestRegistrationOptions = {}, engine: EngineOptions = {}): Promise<Populated> {
  const own = restRegistrationDoor(newWorld, options)
  return populated(own.open, own, engine)
}

refusedLoginSuite(door)

it('rows 45 and 80: a log-in says the same even where the site reveals a status elsewhere', async () => {
  const world = await people({}, { login: { revealStatus: true } })
  expect(await compareLogins(world, door.loginDoors[0])).toEqual([])
})

describe('registering with an address that somebody has, where it must be proven', () => {
  it('row 24: is answered as with a free one', async () => {
    expect(await compareRegistrations(await people(), door)).toEqual([])
  })

  it('row 24, control: where nobody has to prove an address it is told', async () => {
    const telling = await people({ registerVerificationEnabled: false })
    expect(await compareRegistrations(telling, door)).toContainEqual(expect.stringContaining('status 201 and 400'))
  })

  it('row 24: beside another complaint nothing is told of the address either', async () => {
    const { world } = await people()
    const answers = new Map<string, Answer>()
    for (const name of ['nobody', 'known']) {
      const json = { ...newcomer('person'), email: `${name}@example.org`, password: null }
      answers.set(name, await ask(world, ['POST register/', { json }]))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 24: the stranger cannot tell by logging in afterwards, nor by what is free then', async () => {
    const { world } = await people()
    expect(await compareAfterwards(world, door)).toEqual([])
  })
})

describe('asking for a reset link', () => {
  const askedFor = (asIt: (name: string) => object): AskedAbout => ({
    names: NAMES,
    asIt: (name) => ['POST send-reset-password-link/', { json: asIt(name) }],
  })

  const byName = (login: string): object => ({ login })

  const byAddress = (name: string): object => ({ login: `${name}@example.org` })

  const asEmail = (name: string): object => ({ email: `${name}@example.org` })

  it.each([
    ['by name', {}, byName],
    ['by address', {}, byAddress],
    ['in the field of addresses', { sendResetPasswordLinkSerializerUseEmail: true }, asEmail],
    ['with the sentence that there may be nobody', { resetPasswordMayBeUnknown: true }, byName],
    ['by the site’s own finder', { sendResetPasswordLinkUserFinder: ({ login }) => String(login) }, byName],
  ] as const satisfies readonly (readonly [string, RestRegistrationOptions, (name: string) => object])[])(
    'rows 90 and W14: %s it is answered alike whoever it is, after the same questions to the store',
    async (_, options, asIt) => {
      expect(await compareRequests((engine) => people(options, engine), askedFor(asIt))).toEqual([])
    },
  )

  it('row 90: what can be nobody is answered like anybody', async () => {
    const { world } = await people()
    const answers = new Map<string, Answer>()
    for (const login of ['known', 'x'.repeat(300), 'a b', '(nobody)', '@', '４２']) {
      answers.set(login, await ask(world, ['POST send-reset-password-link/', { json: { login } }]))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 90, control: dangerouslyResetPasswordFailWhenUserNotFound is seen through', async () => {
    const telling = { dangerouslyResetPasswordFailWhenUserNotFound: true }
    const faults = await compareRequests((engine) => people(telling, engine), askedFor(byName))
    expect(faults).toContainEqual(expect.stringContaining('status'))
  })
})

describe('asking for another address', () => {
  async function compare(options: RestRegistrationOptions): Promise<readonly string[]> {
    let token: string | undefined
    const open = async (engine: EngineOptions): Promise<Populated> => {
      const found = await people(options, engine)
      token = (await found.world.member('ann')).token
      await found.world.mails()
      found.hasher.forget()
      return found
    }
    return compareRequests(open, {
      names: ['nobody', 'known', 'social', 'barred', 'pending'],
      asIt: (name) => ['POST register-email/', { token, json: { email: `${name}@example.org` } }],
    })
  }

  it('row 24: is answered alike whoever has it, after the same questions to the store', async () => {
    expect(await compare({})).toEqual([])
  })

  it('row 24, control: without a link the taken ones are told', async () => {
    const options = { registerEmailVerificationEnabled: false }
    expect(await compare(options)).toContainEqual(expect.stringContaining('status 200 and 400'))
  })
})

describe('a link that nobody was mailed', () => {
  const SIGNED = { timestamp: 1_700_000_000, signature: FORGED }

  const IDS = ['1', '2', '999', '0', '-1', 'known', 'nobody', 'x'.repeat(300)]

  it.each(['id', 'username'] as const)(
    'W4: tells nothing of whom it names by %s, nor of their password',
    async (field) => {
      const { world } = await people({ userVerificationIdField: field })
      const answers = new Map<string, Answer>()
      for (const user_id of IDS) {
        for (const password of ['a heron at the mill pond', 'known-1', 'known@example.org']) {
          const json = { ...SIGNED, user_id, password }
          answers.set(`${user_id} ${password}`, await ask(world, ['POST reset-password/', { json }]))
        }
      }
      expect(tells(answers)).toEqual([])
    },
  )

  it.each(['POST verify-registration/', 'POST verify-email/', 'POST reset-password/'])(
    '%s says the same of every user, and of none',
    async (row) => {
      const { world } = await people()
      for (const user_id of IDS) {
        const json = { ...SIGNED, user_id, email: 'known@example.org', password: 'a heron at the mill pond' }
        expect(told(await world.call(row, { json }))).toEqual(detail(400, 'Invalid signature'))
      }
    },
  )
})
