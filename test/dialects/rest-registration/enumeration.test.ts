/** Rows 24, 45, 80 and 90 of the attack table, W4 and W14: what a stranger learns from answers, at this door. */
import { describe, expect, it } from 'vitest'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import type { Answer } from '../../security/support/answer.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { told } from '../djoser/support/answer.ts'
import { listening, tells } from '../drf/support/told-apart.ts'
import { ask, type Door, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'
import { FORGED, newcomer } from './support/links.ts'
import { detail } from './support/words.ts'
import { type EngineOptions, PASSWORD, type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

interface Populated {
  readonly world: RestRegistrationWorld
  readonly hasher: CountingHasher
}

/** Somebody of every kind, one of them locked. */
async function populated(options: RestRegistrationOptions = {}, engine: EngineOptions = {}): Promise<Populated> {
  const hasher = countingHasher(cheapHasher())
  const world = newWorld({ ...EVERY_DOOR, ...options }, { ...engine, passwords: { hasher } })
  await world.addUser('known')
  await world.addUser('social', { password: null })
  const barred = await world.addUser('barred')
  await world.auth.setStatus({ userId: barred.id, status: 'disabled' })
  const pending = { username: 'pending', email: 'pending@example.org', password: PASSWORD }
  await world.auth.register({ ...pending, activation: 'mailed' })
  await world.addUser('locked')
  for (let guess = 0; guess < 3; guess += 1) {
    await knock(world, LOGIN_DOORS[0], { username: 'locked', password: 'mistaken-walrus' })
  }
  await world.mails()
  world.mailer.clear()
  hasher.forget()
  return { world, hasher }
}

describe('a log-in that is refused', () => {
  /** Who is asked for, and with which password: for some of them the right one. */
  const CLASSES: readonly (readonly [name: string, username: string, password: string])[] = [
    ['wrong password', 'known', 'mistaken-walrus'],
    ['nobody', 'nobody', PASSWORD],
    ['no password', 'social', PASSWORD],
    ['disabled, right password', 'barred', PASSWORD],
    ['disabled, wrong password', 'barred', 'mistaken-walrus'],
    ['pending, right password', 'pending', PASSWORD],
    ['pending, wrong password', 'pending', 'mistaken-walrus'],
    ['locked, right password', 'locked', PASSWORD],
    ['locked, wrong password', 'locked', 'mistaken-walrus'],
  ]

  async function compare(door: Door, engine: EngineOptions = {}): Promise<readonly string[]> {
    const { world, hasher } = await populated({}, engine)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [name, username, password] of CLASSES) {
      hasher.forget()
      answers.set(name, await knock(world, door, { username, password }))
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    }
    const statuses = new Set([...answers.values()].map(({ status }) => status))
    if (![...statuses].every((status) => status === 400 || status === 401)) faults.push(`answered ${[...statuses]}`)
    return [...faults, ...tells(answers)]
  }

  it.each(LOGIN_DOORS)('rows 45 and 80: $name says the same whoever it is, and costs one hash', async (door) => {
    expect(await compare(door)).toEqual([])
  })

  it('rows 45 and 80: even where the site reveals a status elsewhere', async () => {
    const login = { identifiers: ['username', 'email'], emailMustBeVerified: false, revealStatus: true } as const
    expect(await compare(LOGIN_DOORS[0], { login })).toEqual([])
  })

  it.each(LOGIN_DOORS)('row 80, control: $name of a site that reveals its locks is seen through', async (door) => {
    const login = { identifiers: ['username', 'email'], emailMustBeVerified: false, revealLocks: true } as const
    expect(await compare(door, { login })).toContainEqual(expect.stringContaining('locked'))
  })
})

describe('registering with an address that somebody has, where it must be proven', () => {
  async function compare(options: RestRegistrationOptions = {}): Promise<readonly string[]> {
    const { world, hasher } = await populated(options)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [index, name] of ['nobody', 'known', 'social', 'barred', 'pending'].entries()) {
      hasher.forget()
      // Answers repeat what was sent, and tell an id, which is the next one whoever had the address.
      const json = { ...newcomer(`person${index}`), email: `${name.toUpperCase()}@example.org` }
      const answer = await ask(world, ['POST register/', { json }])
      answers.set(name, { ...answer, text: answer.text.replace(json.email, '').replace(/\d+/g, '#') })
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    }
    return [...faults, ...tells(answers)]
  }

  it('row 24: is answered as with a free one', async () => {
    expect(await compare()).toEqual([])
  })

  it('row 24, control: where nobody has to prove an address it is told', async () => {
    expect(await compare({ registerVerificationEnabled: false })).toContainEqual(
      expect.stringContaining('status 201 and 400'),
    )
  })

  it('row 24: beside another complaint nothing is told of the address either', async () => {
    const { world } = await populated()
    const answers = new Map<string, Answer>()
    for (const name of ['nobody', 'known']) {
      const json = { ...newcomer('person'), email: `${name}@example.org`, password: null }
      answers.set(name, await ask(world, ['POST register/', { json }]))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 24: the stranger cannot tell by logging in afterwards, nor by what is free then', async () => {
    const { world } = await populated()
    const answers = new Map<string, Answer>()
    const again = new Map<string, Answer>()
    for (const [username, email] of [
      ['eve', 'free@example.org'],
      ['mallory', 'known@example.org'],
    ] as const) {
      await ask(world, ['POST register/', { json: { ...newcomer(username), email } }])
      answers.set(email, await knock(world, LOGIN_DOORS[0], { username, password: PASSWORD }))
      again.set(email, await ask(world, ['POST register/', { json: newcomer(username) }]))
    }
    expect([...tells(answers), ...tells(again)]).toEqual([])
  })
})

describe('asking for a reset link', () => {
  async function compare(options: RestRegistrationOptions, asIt: (name: string) => object): Promise<readonly string[]> {
    const asked: string[] = []
    const { world, hasher } = await populated(options, { wrapStore: (store) => listening(store, asked) })
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    let expected: string | undefined
    for (const name of ['nobody', 'known', 'social', 'barred', 'pending', 'locked']) {
      asked.length = 0
      const answer = await ask(world, ['POST send-reset-password-link/', { json: asIt(name) }])
      // What is mailed is looked up outside of the request, and must not fall into the next one's time.
      expected ??= asked.join()
      if (asked.join() !== expected) faults.push(`${name} asked the store for ${asked}`)
      answers.set(name, answer)
      await world.mails()
    }
    if (hasher.calls.length > 0) faults.push('a password was hashed')
    return [...faults, ...tells(answers)]
  }

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
      expect(await compare(options, asIt)).toEqual([])
    },
  )

  it('row 90: what can be nobody is answered like anybody', async () => {
    const { world } = await populated()
    const answers = new Map<string, Answer>()
    for (const login of ['known', 'x'.repeat(300), 'a b', '(nobody)', '@', '４２']) {
      answers.set(login, await ask(world, ['POST send-reset-password-link/', { json: { login } }]))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 90, control: dangerouslyResetPasswordFailWhenUserNotFound is seen through', async () => {
    const options = { dangerouslyResetPasswordFailWhenUserNotFound: true }
    expect(await compare(options, byName)).toContainEqual(expect.stringContaining('status'))
  })
})

describe('asking for another address', () => {
  async function compare(options: RestRegistrationOptions): Promise<readonly string[]> {
    const asked: string[] = []
    const { world } = await populated(options, { wrapStore: (store) => listening(store, asked) })
    const { token } = await world.member('ann')
    await world.mails()
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    let expected: string | undefined
    for (const name of ['nobody', 'known', 'social', 'barred', 'pending']) {
      asked.length = 0
      const json = { email: `${name}@example.org` }
      answers.set(name, await ask(world, ['POST register-email/', { token, json }]))
      expected ??= asked.join()
      if (asked.join() !== expected) faults.push(`${name} asked the store for ${asked}`)
      await world.mails()
    }
    return [...faults, ...tells(answers)]
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
      const { world } = await populated({ userVerificationIdField: field })
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
      const { world } = await populated()
      for (const user_id of IDS) {
        const json = { ...SIGNED, user_id, email: 'known@example.org', password: 'a heron at the mill pond' }
        expect(told(await world.call(row, { json }))).toEqual(detail(400, 'Invalid signature'))
      }
    },
  )
})
