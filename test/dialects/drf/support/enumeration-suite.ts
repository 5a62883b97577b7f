import { describe, expect, it } from 'vitest'
import { quickHasher } from '../../../../src/testing/quick-hasher.ts'
import type { Answer } from '../../../security/support/answer.ts'
import { type CountingHasher, countingHasher } from '../../../security/support/counting-hasher.ts'
import { ask, type Door, knock } from './doors.ts'
import type { DrfWorld, EngineOptions } from './drf-world.ts'
import type { GuardedDoor } from './guarded-door.ts'
import { PASSWORD } from './passwords.ts'
import type { Ask } from './request.ts'
import { listening, tells } from './told-apart.ts'

export interface Populated {
  readonly world: DrfWorld
  readonly hasher: CountingHasher
}

/** Somebody of every kind, one of them locked. */
export async function populated(
  open: GuardedDoor['open'],
  { loginDoors: [first] }: GuardedDoor,
  engine: EngineOptions = {},
): Promise<Populated> {
  const hasher = countingHasher(quickHasher())
  const world = open({ ...engine, passwords: { hasher } })
  await world.addUser('known')
  await world.addUser('social', { password: null })
  const barred = await world.addUser('barred')
  await world.auth.setStatus({ userId: barred.id, status: 'disabled' })
  const pending = { username: 'pending', email: 'pending@example.org', password: PASSWORD }
  await world.auth.register({ ...pending, activation: 'mailed' })
  await world.addUser('locked')
  for (let guess = 0; guess < 3; guess += 1) {
    await knock(world, first, { username: 'locked', password: 'mistaken-walrus' })
  }
  await world.mails()
  world.mailer.clear()
  hasher.forget()
  return { world, hasher }
}

/** Who is asked for, and with which password: for some of them the right one. */
type NamedClass = readonly [name: string, username: string, password: string]

const CLASSES: readonly NamedClass[] = [
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

/** Rows 45 and 80 of the attack table: what a refused log-in says. `told` are those whom a right password tells why. */
export function refusedLoginSuite(door: GuardedDoor, told: readonly string[] = []): void {
  const classes = CLASSES.filter(([name]) => !told.includes(name))
  const compare = async (way: Door, engine: EngineOptions = {}): Promise<readonly string[]> =>
    compareLogins(await populated(door.open, door, engine), way, classes)

  describe('a log-in that is refused', () => {
    it.each(door.loginDoors)('rows 45 and 80: $name says the same whoever it is, and costs one hash', async (way) => {
      expect(await compare(way)).toEqual([])
    })

    it.each(door.loginDoors)('row 80, control: $name of a site that reveals its locks is seen through', async (way) => {
      expect(await compare(way, { login: { revealLocks: true } })).toContainEqual(expect.stringContaining('locked'))
    })
  })
}

/** What tells the classes apart, at one door. */
export async function compareLogins(
  { world, hasher }: Populated,
  door: Door,
  classes: readonly NamedClass[] = CLASSES,
): Promise<readonly string[]> {
  const answers = new Map<string, Answer>()
  const faults: string[] = []
  for (const [name, username, password] of classes) {
    hasher.forget()
    answers.set(name, await knock(world, door, { username, password }))
    if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
  }
  const statuses = new Set([...answers.values()].map(({ status }) => status))
  if (![...statuses].every((status) => status === 400 || status === 401)) faults.push(`answered ${[...statuses]}`)
  return [...faults, ...tells(answers)]
}

/**
 * Row 24: what a registration tells of the address in it. Answers repeat what was sent and number the users, so that is
 * masked; a name is taken from then on, whoever had the address.
 */
export async function compareRegistrations(
  { world, hasher }: Populated,
  { register }: GuardedDoor,
): Promise<readonly string[]> {
  const first = new Map<string, Answer>()
  const again = new Map<string, Answer>()
  const faults: string[] = []
  for (const [index, name] of ['nobody', 'known', 'social', 'barred', 'pending'].entries()) {
    hasher.forget()
    const [username, email] = [`person${index}`, `${name.toUpperCase()}@example.org`]
    const answer = await ask(world, register(username, { email }))
    first.set(name, masked(answer, email))
    if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    again.set(name, masked(await ask(world, register(username)), email))
  }
  return [...faults, ...tells(first), ...tells(again)]
}

const masked = (answer: Answer, email: string): Answer => ({
  ...answer,
  text: answer.text.replace(email, '').replace(/\d+/g, '#'),
})

/** Row 24: what a stranger learns by logging in after a registration, and by what is free then. */
export async function compareAfterwards(
  world: DrfWorld,
  { register, loginDoors: [first] }: GuardedDoor,
): Promise<readonly string[]> {
  const answers = new Map<string, Answer>()
  const again = new Map<string, Answer>()
  for (const [username, email] of [
    ['eve', 'free@example.org'],
    ['mallory', 'known@example.org'],
  ] as const) {
    await ask(world, register(username, { email }))
    answers.set(email, await knock(world, first, { username, password: PASSWORD }))
    again.set(email, await ask(world, register(username)))
  }
  return [...tells(answers), ...tells(again)]
}

export interface AskedAbout {
  readonly names: readonly string[]
  readonly asIt: (name: string) => Ask
  /** Stands for a look-up that an answer would depend on. */
  readonly before?: (world: DrfWorld, name: string) => Promise<unknown>
}

/** Everybody whom a request for a mail may name. */
export const NAMES: readonly string[] = ['nobody', 'known', 'social', 'barred', 'pending', 'locked']

/** Row 90: what tells those apart about whom something is asked, in answers and in the questions to the store before them. */
export async function compareRequests(
  open: (engine: EngineOptions) => Promise<Populated>,
  { names, asIt, before = () => Promise.resolve() }: AskedAbout,
): Promise<readonly string[]> {
  const asked: string[] = []
  const { world, hasher } = await open({ wrapStore: (store) => listening(store, asked) })
  const answers = new Map<string, Answer>()
  const faults: string[] = []
  let expected: string | undefined
  for (const name of names) {
    asked.length = 0
    await before(world, name)
    answers.set(name, await ask(world, asIt(name)))
    expected ??= asked.join()
    if (asked.join() !== expected) faults.push(`${name} asked the store for ${asked}`)
    // What is mailed is looked up outside of the request, and must not fall into the next one's time.
    await world.mails()
  }
  if (hasher.calls.length > 0) faults.push('a password was hashed')
  return [...faults, ...tells(answers)]
}
