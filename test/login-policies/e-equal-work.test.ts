/** E1 to E3 and E5 of the contract about login policies: what one attempt evaluates, counted. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import { hashLane } from '../../src/hashers/hash-lane.ts'
import { field } from '../../src/model/declare-field.ts'
import { countingHasher } from '../security/support/counting-hasher.ts'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site } from '../security/support/open-site.ts'
import { addPerson, enter, evaluationsOf, REFUSED } from './support/people.ts'

afterEach(closeSites)

const CURRENT = { memoryKiB: 128, passes: 2, parallelism: 1 }

async function lockOut(site: Site, name: string): Promise<void> {
  for (let guess = 0; guess < 3; guess += 1) await enter(site, name, OTHER_PASSWORD)
}

describe('one attempt', () => {
  const BRANCHES: readonly (readonly [branch: string, typed: string, password: string])[] = [
    ['the right password', 'ann', PASSWORD],
    ['the right password by address', 'ann@example.org', PASSWORD],
    ['a wrong password', 'ann', OTHER_PASSWORD],
    ['a wrong password by address', 'ann@example.org', OTHER_PASSWORD],
    ['an unknown name', 'nobody', PASSWORD],
    ['an unknown address', 'nobody@example.org', PASSWORD],
    ['a text that is neither', '  ', PASSWORD],
    ['somebody inactive', 'off', PASSWORD],
    ['somebody inactive, wrong password', 'off', OTHER_PASSWORD],
    ['somebody pending', 'new', PASSWORD],
    ['an address that is not proven', 'new@example.org', PASSWORD],
    ['somebody without a password', 'social', PASSWORD],
    ['somebody with a password that is marked as unusable', 'marked', PASSWORD],
    ['somebody whose hash is of nothing we know', 'odd', PASSWORD],
    ['somebody who is locked', 'locked', PASSWORD],
    ['somebody who is locked, wrong password', 'locked', OTHER_PASSWORD],
    ['a name that nobody has and that is locked', 'nobody.locked', PASSWORD],
  ]

  it.each(BRANCHES)('E1: evaluates one password for %s', async (_, typed, password) => {
    const site = await openSite()
    await addPerson(site, { username: 'ann' })
    await addPerson(site, { username: 'off', status: 'disabled' })
    await addPerson(site, { username: 'new', status: 'pending', isProven: false })
    await addPerson(site, { username: 'social', password: null })
    for (const [username, passwordHash] of [
      ['marked', '!unusable'],
      ['odd', 'rot13$cnffjbeq'],
    ] as const) {
      const { id } = await addPerson(site, { username })
      await site.store.users.update(id, { passwordHash })
    }
    await addPerson(site, { username: 'locked' })
    await lockOut(site, 'locked')
    await lockOut(site, 'nobody.locked')
    expect(await evaluationsOf(site, () => enter(site, typed, password))).toBe(1)
  })

  it('E1: makes up for a backend that evaluates nothing for a name that nobody has', async () => {
    const byName = passwordBackend({ identifiers: ['username'] })
    const careless: AuthenticationBackend = {
      ...byName,
      authenticate: async (credentials, users, tools) =>
        users.length === 0 ? { outcome: 'unproven' } : byName.authenticate(credentials, users, tools),
    }
    const site = await openSite({ login: { backends: [careless] } })
    await addPerson(site, { username: 'ann' })
    for (const typed of ['ann', 'nobody']) {
      expect(await evaluationsOf(site, () => enter(site, typed, OTHER_PASSWORD)), typed).toBe(1)
    }
  })

  it('E5: costs one hash for all the fields that it may be', async () => {
    const fields = { phone: field.text({ unique: true }), badge: field.text({ unique: true }) }
    const identifiers = ['username', 'email', { field: 'phone' }, { field: 'badge' }] as const
    const backends = [passwordBackend({ identifiers })]
    const site = await openSite({ user: { fields }, login: { backends }, lockout: { maxFailures: 100 } })
    await addPerson(site, { username: 'ann', fields: { phone: '+49301234567', badge: 'A-17' } })
    for (const typed of ['ann', 'ann@example.org', '+49301234567', 'a-17', 'nobody', 'nobody@example.org', 'a-18']) {
      for (const password of [PASSWORD, OTHER_PASSWORD]) {
        expect(await evaluationsOf(site, () => enter(site, typed, password)), typed).toBe(1)
      }
    }
    expect(await enter(site, '+49301234567')).toBe('ann by password')
  })
})

describe('a hash of old parameters', () => {
  const lanes: ReturnType<typeof hashLane>[] = []

  function laneOf(argon2: typeof CURRENT): ReturnType<typeof hashLane> {
    const lane = hashLane({ argon2, workers: 1, maxQueueSeconds: 60 })
    lanes.push(lane)
    return lane
  }

  afterEach(async () => {
    for (const lane of lanes.splice(0)) await lane.close()
  })

  /** Django 1.x with few rounds, and our own at half the cost; both of the same password. */
  async function oldHashes(): Promise<readonly string[]> {
    const half = await laneOf({ ...CURRENT, passes: 1 }).hash({ password: PASSWORD, fairnessKey: 'old' })
    return [half, PBKDF2_OF_PASSWORD]
  }

  async function siteWith(passwordHash: string): Promise<{ readonly site: Site; stored(): Promise<string> }> {
    const site = await openSite({ passwords: { hasher: laneOf(CURRENT) }, lockout: { maxFailures: 100 } })
    const { id } = await addPerson(site, { username: 'ann' })
    await site.store.users.update(id, { passwordHash })
    return { site, stored: async () => (await site.store.users.findById(id))?.passwordHash ?? '' }
  }

  it('E2: is replaced by one of today’s on success, once, and never by a wrong password', async () => {
    for (const old of await oldHashes()) {
      const { site, stored } = await siteWith(old)
      expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe(REFUSED)
      expect(await stored()).toBe(old)
      expect(await enter(site, 'ann')).toBe('ann by password')
      const upgraded = await stored()
      expect(upgraded).toMatch(/^argon2\$argon2id\$v=19\$m=128,t=2,p=1\$/)
      expect(await enter(site, 'ann')).toBe('ann by password')
      expect(await stored()).toBe(upgraded)
    }
  })

  it('E2: evaluates one password for a wrong guess, like any other', async () => {
    for (const old of await oldHashes()) {
      const { site } = await siteWith(old)
      expect(await evaluationsOf(site, () => enter(site, 'ann', OTHER_PASSWORD))).toBe(1)
    }
  })
})

describe('what is too long', () => {
  it('E3: is refused before anything is hashed, and counts for nothing', async () => {
    const site = await openSite()
    await addPerson(site, { username: 'ann' })
    const tries = [
      ['ann', 'x'.repeat(4097)],
      ['ann', 'ü'.repeat(2049)],
      ['a'.repeat(255), PASSWORD],
      ['a'.repeat(10_000_000), PASSWORD],
    ] as const
    for (const [typed, password] of tries) {
      const label = `${typed.length} and ${password.length}`
      expect(
        await evaluationsOf(site, async () => {
          expect(await enter(site, typed, password), label).toBe('validation_failed')
        }),
      ).toBe(0)
    }
    expect(await site.store.attempts.list({ limit: 10 })).toEqual([])
  })

  it('E3: is hashed as a whole up to the bound', async () => {
    const site = await openSite()
    const password = 'x'.repeat(4096)
    await addPerson(site, { username: 'ann', password })
    expect(await enter(site, 'ann', password)).toBe('ann by password')
    expect(await enter(site, 'ann', `${password.slice(0, -1)}y`)).toBe(REFUSED)
  })

  it('E3: is a stored hash of a cost that nobody sane has set: it is never right, and is not computed', async () => {
    const lane = hashLane({ argon2: CURRENT, workers: 1, maxQueueSeconds: 60 })
    const hasher = countingHasher(lane)
    const site = await openSite({ passwords: { hasher } })
    const { id } = await addPerson(site, { username: 'ann' })
    const salt = 'abcdefghijklmnop'
    const absurd = [
      `pbkdf2_sha256$2000000000$${salt}$${'A'.repeat(43)}=`,
      `argon2$argon2id$v=19$m=4194304,t=1000,p=16$${salt}$${'A'.repeat(43)}`,
      `scrypt$${salt}$1073741824$8$1$${'A'.repeat(88)}`,
    ]
    for (const passwordHash of absurd) {
      await site.store.users.update(id, { passwordHash })
      const began = performance.now()
      expect(await enter(site, 'ann'), passwordHash).toBe(REFUSED)
      expect(performance.now() - began, passwordHash).toBeLessThan(5000)
      await site.auth.clearLocks({ identifier: 'ann' })
    }
    await lane.close()
  })
})

/** PBKDF2-SHA256 with 1,000 rounds of `PASSWORD`, as Django writes it. */
const PBKDF2_OF_PASSWORD = 'pbkdf2_sha256$1000$abcdefghijklmnop$7ECToJ3MGAdGPaQGEGrdODDhbxIl22j3Qm4YgQxuOdo='
