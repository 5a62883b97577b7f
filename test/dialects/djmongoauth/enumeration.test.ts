/** Rows 24, 45, 80, 81 and 90 of the attack table: what a stranger learns from answers. Each with its control. */
import { describe, expect, it } from 'vitest'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { type Answer, differences, readAnswer } from '../../security/support/answer.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import {
  type DjmongoauthSite,
  djmongoauthSites,
  PASSWORD,
  requestFor,
  type SiteOptions,
} from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

interface Populated {
  readonly site: DjmongoauthSite
  readonly hasher: CountingHasher
}

/** Somebody of every kind, one of them locked. */
async function populatedSite(options: SiteOptions = {}): Promise<Populated> {
  const hasher = countingHasher(quickHasher())
  const site = newSite({ ...options, passwords: { hasher } })
  await site.addUser('known')
  await site.addUser('social', { password: null })
  const barred = await site.addUser('barred')
  await site.auth.setStatus({ userId: barred.id, status: 'disabled' })
  const pending = { username: 'pending', email: 'pending@example.org', password: PASSWORD }
  await site.auth.register({ ...pending, activation: 'mailed' })
  await site.addUser('locked')
  for (let guess = 0; guess < 3; guess += 1) await ask(site, 'POST login', { username: 'locked', password: 'walrus' })
  await site.mails()
  site.mailer.clear()
  hasher.forget()
  return { site, hasher }
}

/** Everything of an answer, without the name that it repeats. */
async function ask(
  { auth }: DjmongoauthSite,
  row: string,
  json: Readonly<Record<string, string | undefined>>,
): Promise<Answer> {
  const answer = await readAnswer(await auth.fetch(requestFor(row, { json }), { address: '203.0.113.66' }))
  return { ...answer, text: answer.text.replace(json['username'] ?? '', '') }
}

/** What tells the others from the first. */
function tells(answers: ReadonlyMap<string, Answer>): readonly string[] {
  const [[reference, first] = ['', undefined], ...others] = answers
  if (first === undefined) return ['nothing was asked']
  return others.flatMap(([name, answer]) =>
    differences(first, answer).map((found) => `${reference}, ${name}: ${found}`),
  )
}

describe('a log-in that is refused', () => {
  /** Who is asked for, and with which password: for some of them the right one. */
  const CLASSES: readonly (readonly [name: string, username: string, password: string])[] = [
    ['wrong password', 'known', 'mistaken-walrus'],
    ['nobody', 'nobody', PASSWORD],
    ['the address of somebody', 'known@example.org', PASSWORD],
    ['no password', 'social', PASSWORD],
    ['disabled, right password', 'barred', PASSWORD],
    ['disabled, wrong password', 'barred', 'mistaken-walrus'],
    ['pending, right password', 'pending', PASSWORD],
    ['locked, right password', 'locked', PASSWORD],
    ['locked, wrong password', 'locked', 'mistaken-walrus'],
  ]

  async function compare(options: SiteOptions = {}): Promise<readonly string[]> {
    const { site, hasher } = await populatedSite(options)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [name, username, password] of CLASSES) {
      hasher.forget()
      answers.set(name, await ask(site, 'POST login', { username, password }))
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    }
    return [...faults, ...tells(answers)]
  }

  it('rows 45 and 80: says the same whoever it is, and costs one hash', async () => {
    expect(await compare()).toEqual([])
  })

  it('row 80, control: a site that reveals its locks is seen through', async () => {
    const found = await compare({ login: { revealLocks: true, emailMustBeVerified: false } })
    expect(found).toContainEqual(expect.stringContaining('locked'))
  })

  it('row 45, control: a site that tells unknown users is seen through, but not by the work it does', async () => {
    const found = await compare({ door: { dangerouslyTellUnknownUsers: true } })
    expect(found).toContainEqual(expect.stringContaining('nobody: body'))
    expect(found.filter((fault) => fault.includes('hashes'))).toEqual([])
  })

  it('row 81: names that nobody has lock like any other, guess by guess, where locks are revealed', async () => {
    const { site } = await populatedSite({ login: { revealLocks: true, emailMustBeVerified: false } })
    for (let guess = 0; guess < 5; guess += 1) {
      const [known, unknown] = [
        await ask(site, 'POST login', { username: 'known', password: 'mistaken-walrus' }),
        await ask(site, 'POST login', { username: 'nobody', password: 'mistaken-walrus' }),
      ]
      expect(differences(known, unknown)).toEqual([])
    }
  })
})

describe('registering with an address that somebody has', () => {
  async function compare(options: SiteOptions = {}): Promise<readonly string[]> {
    const { site, hasher } = await populatedSite(options)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [index, name] of ['nobody', 'known', 'social', 'barred', 'pending'].entries()) {
      hasher.forget()
      const json = { username: `person${index}`, email: `${name}@example.org`, password: PASSWORD }
      answers.set(name, await ask(site, 'POST register', json))
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    }
    return [...faults, ...tells(answers)]
  }

  it.each([true, false])('row 24: is answered as with a free one, addresses proven first: %s', async (isMust) => {
    expect(await compare({ login: { emailMustBeVerified: isMust } })).toEqual([])
  })

  it('row 24, control: a site that tells taken addresses is seen through', async () => {
    const found = await compare({ door: { dangerouslyTellTakenAddresses: true } })
    expect(found).toContainEqual(expect.stringContaining('status 201 and 400'))
  })
})

describe('asking for a reset', () => {
  async function compare(key: 'username' | 'email', names: readonly string[]): Promise<readonly string[]> {
    const { site, hasher } = await populatedSite()
    const answers = new Map<string, Answer>()
    for (const name of names) answers.set(name, await ask(site, 'POST reset', { [key]: name }))
    return [...tells(answers), ...hasher.calls.map(({ kind }) => `cost a ${kind}`)]
  }

  const PEOPLE = ['nobody', 'known', 'social', 'barred', 'pending', 'locked']

  it('row 90: says the same whoever is named', async () => {
    expect(await compare('username', PEOPLE)).toEqual([])
  })

  it('row 90: says the same whosever address it is', async () => {
    const addresses = PEOPLE.map((name) => `${name}@example.org`)
    expect(await compare('email', addresses)).toEqual([])
  })

  it('row 90, control: a name that cannot be one is told, which depends on nobody', async () => {
    expect(await compare('username', ['nobody', ''])).not.toEqual([])
  })
})
