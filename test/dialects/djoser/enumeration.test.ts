/** Rows 24, 45, 80, 81 and 90 of the attack table: what a stranger learns from answers. Each with its control. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../../src/contracts/store.ts'
import { type Answer, differences, readAnswer } from '../../security/support/answer.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { listening, tells } from '../drf/support/told-apart.ts'
import { type DjoserSite, djoserSite, PASSWORD, requestFor, type SiteOptions } from './support/djoser-site.ts'
import { type Door, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Populated {
  readonly site: DjoserSite
  readonly hasher: CountingHasher
}

/** Somebody of every kind, one of them locked. */
async function populatedSite(options: SiteOptions = {}): Promise<Populated> {
  const hasher = countingHasher(cheapHasher())
  const site = djoserSite({ ...options, passwords: { hasher }, djoser: { ...EVERY_DOOR, ...options.djoser } })
  closing.push(() => site.auth.close())
  await site.addUser('known')
  await site.addUser('social', { password: null })
  const barred = await site.addUser('barred')
  await site.auth.setStatus({ userId: barred.id, status: 'disabled' })
  await site.auth.register({
    username: 'pending',
    email: 'pending@example.org',
    password: PASSWORD,
    activation: 'mailed',
  })
  await site.addUser('locked')
  const [door] = LOGIN_DOORS
  for (let guess = 0; door && guess < 3; guess += 1) {
    await knock(site, door, { username: 'locked', password: 'mistaken-walrus' })
  }
  await site.mails()
  site.mailer.clear()
  hasher.forget()
  return { site, hasher }
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
    ['locked, right password', 'locked', PASSWORD],
    ['locked, wrong password', 'locked', 'mistaken-walrus'],
  ]

  async function compare(door: Door, options: SiteOptions = {}): Promise<readonly string[]> {
    const { site, hasher } = await populatedSite(options)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [name, username, password] of CLASSES) {
      hasher.forget()
      answers.set(name, await knock(site, door, { username, password }))
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
    expect(await compare(door, { login: { revealLocks: true, emailMustBeVerified: false } })).toContainEqual(
      expect.stringContaining('locked'),
    )
  })

  it('row 81: names that nobody has lock like any other, guess by guess, where locks are revealed', async () => {
    const { site } = await populatedSite({ login: { revealLocks: true, emailMustBeVerified: false } })
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    for (let guess = 0; guess < 5; guess += 1) {
      const known = await knock(site, door, { username: 'known', password: 'mistaken-walrus' })
      const unknown = await knock(site, door, { username: 'nobody', password: 'mistaken-walrus' })
      expect(differences(known, unknown)).toEqual([])
    }
  })
})

describe('registering with an address that somebody has', () => {
  async function compare(options: SiteOptions): Promise<readonly string[]> {
    const { site, hasher } = await populatedSite(options)
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    for (const [index, name] of ['nobody', 'known', 'social', 'barred', 'pending'].entries()) {
      hasher.forget()
      // Answers repeat what was sent, so all that is sent is of one length and is masked.
      const json = { username: `person${index}`, email: `${name}@example.org`, password: PASSWORD }
      const answer = await readAnswer(await site.auth.fetch(requestFor('POST users/', { json })))
      answers.set(name, { ...answer, text: answer.text.replace(json.username, '').replace(json.email, '') })
      if (hasher.calls.length !== 1) faults.push(`${name} cost ${hasher.calls.length} hashes`)
    }
    return [...faults, ...tells(answers)]
  }

  it.each([true, false])('row 24: is answered as with a free one, activation mails %s', async (sendActivationEmail) => {
    expect(await compare({ djoser: { sendActivationEmail } })).toEqual([])
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
    expect(await compare({ wrapStore: telling })).toContainEqual(expect.stringContaining('status 201 and 400'))
  })

  it('row 24: the stranger cannot tell by logging in afterwards where accounts wait for activation', async () => {
    const { site } = await populatedSite({ djoser: { sendActivationEmail: true } })
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    const answers = new Map<string, Answer>()
    for (const email of ['free@example.org', 'known@example.org']) {
      const username = email.startsWith('free') ? 'eve' : 'mallory'
      await site.call('POST users/', { json: { username, email, password: PASSWORD } })
      answers.set(email, await knock(site, door, { username, password: PASSWORD }))
    }
    expect(tells(answers)).toEqual([])
  })
})

describe.each(['reset_password', 'reset_username', 'resend_activation'])('asking for a mail: users/%s/', (path) => {
  async function compare(options: SiteOptions): Promise<readonly string[]> {
    const asked: string[] = []
    const { site, hasher } = await populatedSite({
      ...options,
      djoser: { sendActivationEmail: true, ...options.djoser },
      wrapStore: (store) => listening(store, asked),
    })
    const answers = new Map<string, Answer>()
    const faults: string[] = []
    let expected: string | undefined
    for (const name of ['nobody', 'known', 'social', 'barred', 'pending', 'locked']) {
      asked.length = 0
      const json = { email: `${name}@example.org` }
      const response = await site.auth.fetch(requestFor(`POST users/${path}/`, { json }))
      const before = asked.join()
      expected ??= before
      if (before !== expected) faults.push(`${name} asked the store for ${before}`)
      answers.set(name, await readAnswer(response))
      // What is mailed must not fall into the next one's time.
      await site.mails()
    }
    if (hasher.calls.length > 0) faults.push('a password was hashed')
    return [...faults, ...tells(answers)]
  }

  it('row 90: is answered alike whoever has the address, after the same questions to the store', async () => {
    expect(await compare({})).toEqual([])
  })

  it('row 90, control: SHOW_EMAIL_NOT_FOUND is seen through', async () => {
    expect(await compare({ djoser: { passwordResetShowEmailNotFound: true } })).toContainEqual(
      expect.stringContaining('status'),
    )
  })
})
