/** Rows 24, 45, 80 and 90 of the attack table: what a stranger learns from answers, at this door. Each with its control. */
import { describe, expect, it } from 'vitest'
import type { RestAuthOptions } from '../../../src/dialects/rest-auth/options.ts'
import { type Answer, readAnswer } from '../../security/support/answer.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import { listening, tells } from '../drf/support/told-apart.ts'
import { BOTH_IDENTIFIERS, type Door, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'
import { MANDATORY, newcomer } from './support/registration.ts'
import { type CallOptions, requestFor } from './support/request.ts'
import { type EngineOptions, PASSWORD, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

interface Populated {
  readonly world: RestAuthWorld
  readonly hasher: CountingHasher
}

/** Somebody of every kind, one of them locked. */
async function populated(options: RestAuthOptions = {}, engine: EngineOptions = {}): Promise<Populated> {
  const hasher = countingHasher(cheapHasher())
  const world = newWorld({ ...EVERY_DOOR, ...options }, { login: BOTH_IDENTIFIERS, ...engine, passwords: { hasher } })
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

const ask = async ({ auth, mount }: RestAuthWorld, row: string, options: CallOptions): Promise<Answer> =>
  readAnswer(await auth.fetch(requestFor({ mount }, row, options)))

describe('a log-in that is refused', () => {
  /** Who is asked for, and with which password: for some of them the right one. */
  const CLASSES: readonly (readonly [name: string, username: string, password: string])[] = [
    ['wrong password', 'known', 'mistaken-walrus'],
    ['nobody', 'nobody', PASSWORD],
    ['no password', 'social', PASSWORD],
    ['disabled, right password', 'barred', PASSWORD],
    ['disabled, wrong password', 'barred', 'mistaken-walrus'],
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

  it.each(LOGIN_DOORS)('row 80, control: $name of a site that reveals its locks is seen through', async (door) => {
    expect(await compare(door, { login: { ...BOTH_IDENTIFIERS, revealLocks: true } })).toContainEqual(
      expect.stringContaining('locked'),
    )
  })
})

describe('registering with an address that somebody has, where it must be proven', () => {
  async function compare(options: RestAuthOptions): Promise<readonly string[]> {
    const { world, hasher } = await populated({ ...MANDATORY, ...options })
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [index, name] of ['nobody', 'known', 'social', 'barred', 'pending'].entries()) {
      hasher.forget()
      const json = { ...newcomer(`person${index}`), email: `${name.toUpperCase()}@example.org` }
      answers.set(name, await ask(world, 'POST registration/', { json }))
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
      // A name is taken from then on, whoever had the address.
      answers.set(`${name}, again`, await ask(world, 'POST registration/', { json: newcomer(`person${index}`) }))
    }
    const first = new Map([...answers].filter(([name]) => !name.endsWith('again')))
    const again = new Map([...answers].filter(([name]) => name.endsWith('again')))
    return [...faults, ...tells(first), ...tells(again)]
  }

  it.each(['0.9', '7'] as const)('row 24: in generation %s is answered as with a free one', async (generation) => {
    expect(await compare({ generation })).toEqual([])
  })

  it('row 24, control: dangerouslyTellTakenAddresses is seen through', async () => {
    expect(await compare({ dangerouslyTellTakenAddresses: true })).toContainEqual(
      expect.stringContaining('status 201 and 400'),
    )
  })

  it('row 24: beside another complaint nothing is told of the address either', async () => {
    const { world } = await populated(MANDATORY)
    const answers = new Map<string, Answer>()
    for (const name of ['nobody', 'known']) {
      const json = { ...newcomer('person'), email: `${name}@example.org`, password1: null }
      answers.set(name, await ask(world, 'POST registration/', { json }))
    }
    expect(tells(answers)).toEqual([])
  })

  it('row 24: the stranger cannot tell by logging in afterwards', async () => {
    const { world } = await populated(MANDATORY)
    const answers = new Map<string, Answer>()
    for (const [username, email] of [
      ['eve', 'free@example.org'],
      ['mallory', 'known@example.org'],
    ] as const) {
      await ask(world, 'POST registration/', { json: { ...newcomer(username), email } })
      answers.set(email, await knock(world, LOGIN_DOORS[0], { username, password: PASSWORD }))
    }
    expect(tells(answers)).toEqual([])
  })
})

describe('a provider that only claims an address, where it must be proven', () => {
  async function compare(options: RestAuthOptions): Promise<readonly string[]> {
    const provider = sampleProvider()
    const social = { providers: [provider.factory] }
    const { world, hasher } = await populated({ ...MANDATORY, ...options }, { social })
    const rounds = Array.from({ length: 6 }, () => new Map<string, Answer>())
    for (const name of ['nobody', 'known', 'barred']) {
      const enter = (subject: string): Promise<Answer> => {
        const person = { subject, email: `${name}@example.org`, emailVerified: false, usernameHint: subject }
        return ask(world, 'POST sample/', { json: { access_token: provider.tokenFor(person) } })
      }
      // Two people at the provider, who claim the address in turn.
      const [one, other] = [`one-${name}`, `other-${name}`]
      const names = (username: string): Promise<Answer> =>
        ask(world, 'POST registration/', { json: { ...newcomer(username), email: null } })
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
  /** `before` stands for a look-up that an answer would depend on. */
  async function compare(
    before: (world: RestAuthWorld, name: string) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<readonly string[]> {
    const asked: string[] = []
    const { world, hasher } = await populated(MANDATORY, { wrapStore: (store) => listening(store, asked) })
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    let expected: string | undefined
    for (const name of ['nobody', 'known', 'social', 'barred', 'pending', 'locked']) {
      asked.length = 0
      await before(world, name)
      const answer = await ask(world, `POST ${path}`, { json: { email: `${name}@example.org` } })
      expected ??= asked.join()
      if (asked.join() !== expected) faults.push(`${name} asked the store for ${asked}`)
      answers.set(name, answer)
      // What is mailed must not fall into the next one's time.
      await world.mails()
    }
    if (hasher.calls.length > 0) faults.push('a password was hashed')
    return [...faults, ...tells(answers)]
  }

  it('row 90: is answered alike whoever has the address, after the same questions to the store', async () => {
    expect(await compare()).toEqual([])
  })

  it('row 90, control: a look-up of one of them is seen through', async () => {
    const lookUp = async ({ auth }: RestAuthWorld, name: string) => name === 'known' && auth.findUser(name)
    expect(await compare(lookUp)).toContainEqual(expect.stringContaining('known asked the store'))
  })
})
