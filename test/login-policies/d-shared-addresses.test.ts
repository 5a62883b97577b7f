/**
 * D10 of the contract about login policies: several users behind one identifier. Nobody comes in without a password that is
 * theirs alone, every attempt costs the same, and sharing an address is no way around the lockout.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { User } from '../../src/model/user.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { refusalOf } from '../support/accounts.ts'
import { addPerson, enter, evaluationsOf, REFUSED } from './support/people.ts'

afterEach(closeSites)

const SHARED = 'shared@example.org'

const patient = { maxFailures: 1000 } as const

function openShared({ login, ...options }: SiteOptions = {}): Promise<Site> {
  return openSite({
    user: { emailUnique: 'once-proven' },
    login: { emailMustBeVerified: false, ...login },
    ...options,
  })
}

const ownPassword = (name: string): string => `${PASSWORD} of ${name}`

interface Sharer {
  readonly password?: string
  readonly isProven?: boolean
}

function addSharer(
  site: Site,
  username: string,
  { password = ownPassword(username), isProven = false }: Sharer = {},
): Promise<User> {
  return addPerson(site, { username, email: SHARED, password, isProven })
}

/** How often the stored hash of somebody was tried. */
async function triesAt(site: Site, user: User, work: () => Promise<unknown>): Promise<number> {
  site.hasher.forget()
  await work()
  return site.hasher.calls.filter(({ encoded }) => encoded === user.passwordHash).length
}

describe('an address that several claim and none has proven', () => {
  it('D10: lets each in by their own password, and nobody by another', async () => {
    const site = await openShared({ lockout: patient })
    for (const name of ['ann', 'bob', 'cyd']) await addSharer(site, name)
    for (const name of ['ann', 'bob', 'cyd']) {
      expect(await enter(site, SHARED, ownPassword(name)), name).toBe(`${name} by password`)
    }
    expect(await enter(site, SHARED, OTHER_PASSWORD)).toBe(REFUSED)
  })

  it('D10: lets in neither of two who have the same password; their user names do', async () => {
    const site = await openShared({ lockout: patient })
    await addSharer(site, 'ann', { password: PASSWORD })
    await addSharer(site, 'bob', { password: PASSWORD })
    await addSharer(site, 'cyd')
    expect(await enter(site, SHARED)).toBe(REFUSED)
    expect(await enter(site, 'ann')).toBe('ann by password')
    expect(await enter(site, 'bob')).toBe('bob by password')
    expect(await enter(site, SHARED, ownPassword('cyd'))).toBe('cyd by password')
  })

  it('D10: costs the same however many claim it, and as much as a name that nobody has', async () => {
    const site = await openShared({ lockout: patient })
    const names = ['ann', 'bob', 'cyd', 'dan']
    for (const count of [0, 1, 2, 3, 4]) {
      if (count > 0) await addSharer(site, names[count - 1] ?? '')
      for (const typed of [SHARED, 'nobody', 'nobody@example.org', 'ann']) {
        expect(await evaluationsOf(site, () => enter(site, typed, OTHER_PASSWORD)), `${typed}, ${count}`).toBe(3)
      }
      const right = () => enter(site, SHARED, ownPassword('ann'))
      expect(await evaluationsOf(site, right), `a right one, ${count}`).toBe(3)
    }
  })

  it('D10: is tried of the first three alone; whoever comes later logs in by user name', async () => {
    const site = await openShared({ lockout: patient })
    for (const name of ['ann', 'bob', 'cyd', 'dan']) await addSharer(site, name)
    expect(await enter(site, SHARED, ownPassword('cyd'))).toBe('cyd by password')
    expect(await enter(site, SHARED, ownPassword('dan'))).toBe(REFUSED)
    expect(await enter(site, 'dan', ownPassword('dan'))).toBe('dan by password')
  })

  it('D10: belongs to whoever proves it, and to nobody else from then on', async () => {
    const site = await openShared({ lockout: patient })
    await addSharer(site, 'ann')
    await addSharer(site, 'bob')
    await addSharer(site, 'cyd', { isProven: true })
    expect(await enter(site, SHARED, ownPassword('cyd'))).toBe('cyd by password')
    for (const name of ['ann', 'bob']) {
      expect(await enter(site, SHARED, ownPassword(name)), name).toBe(REFUSED)
      expect(await enter(site, name, ownPassword(name)), name).toBe(`${name} by password`)
    }
  })

  it('D10: logs nobody in who has no password, or is not active', async () => {
    const site = await openShared({ lockout: patient })
    await addPerson(site, { username: 'ann', email: SHARED, password: null, isProven: false })
    await addPerson(site, { username: 'bob', email: SHARED, status: 'disabled', isProven: false })
    for (const typed of ['', 'null', PASSWORD]) expect(await enter(site, SHARED, typed)).not.toContain(' by ')
  })

  it('D10: is of one alone, at the price of one hash, where nobody logs in without proof', async () => {
    const site = await openShared({ login: { emailMustBeVerified: true }, lockout: patient })
    await addSharer(site, 'ann')
    await addSharer(site, 'bob', { isProven: true })
    expect(await enter(site, SHARED, ownPassword('ann'))).toBe(REFUSED)
    expect(await enter(site, SHARED, ownPassword('bob'))).toBe('bob by password')
    for (const typed of [SHARED, 'nobody@example.org']) {
      expect(await evaluationsOf(site, () => enter(site, typed, OTHER_PASSWORD)), typed).toBe(1)
    }
  })

  it('D10: is of the first who claimed it where a backend tries one alone', async () => {
    const backends = [passwordBackend({ identifiers: ['username', 'email'] })]
    const site = await openShared({ login: { emailMustBeVerified: false, backends }, lockout: patient })
    await addSharer(site, 'ann')
    await addSharer(site, 'bob')
    expect(await enter(site, SHARED, ownPassword('ann'))).toBe('ann by password')
    expect(await enter(site, SHARED, ownPassword('bob'))).toBe(REFUSED)
  })
})

describe('guesses at an address that several claim', () => {
  it('D10: count against every one of them', async () => {
    const site = await openShared()
    for (const name of ['ann', 'bob']) await addSharer(site, name)
    for (let guess = 0; guess < 3; guess += 1) await enter(site, SHARED, OTHER_PASSWORD)
    for (const name of ['ann', 'bob']) expect(await enter(site, name, ownPassword(name)), name).toBe(REFUSED)
    site.clock.advance({ minutes: 2 })
    for (const name of ['ann', 'bob']) expect(await enter(site, name, ownPassword(name)), name).toContain(name)
  })

  it('D10: at the user name of one keep nobody else out, and the locked one not in', async () => {
    const site = await openShared()
    const ann = await addSharer(site, 'ann')
    await addSharer(site, 'bob')
    for (let guess = 0; guess < 3; guess += 1) await enter(site, 'ann', OTHER_PASSWORD)
    const tries = await triesAt(site, ann, async () => {
      expect(await enter(site, SHARED, ownPassword('ann'))).toBe(REFUSED)
      expect(await enter(site, SHARED, ownPassword('bob'))).toBe('bob by password')
    })
    expect(tries).toBe(0)
    expect(await evaluationsOf(site, () => enter(site, SHARED, ownPassword('ann')))).toBe(3)
  })

  /** A stranger who has claimed the address of somebody guesses, and comes in as themselves in between. */
  async function guessInBetween(site: Site, victim: User, rounds: number): Promise<number> {
    return triesAt(site, victim, async () => {
      for (let round = 0; round < rounds; round += 1) {
        await enter(site, SHARED, `guess ${round}`)
        await enter(site, SHARED, ownPassword('eve'))
        await enter(site, 'eve', ownPassword('eve'))
      }
    })
  }

  it('D10: find no more room for a right password of another in between', async () => {
    const site = await openShared()
    const ann = await addSharer(site, 'ann')
    await addSharer(site, 'eve')
    expect(await guessInBetween(site, ann, 10)).toBe(3)
  })

  it('D10: find none either by setting one’s own password to the guess', async () => {
    const site = await openShared()
    const ann = await addSharer(site, 'ann')
    const eve = await addSharer(site, 'eve')
    const tries = await triesAt(site, ann, async () => {
      for (let round = 0; round < 10; round += 1) {
        const newPassword = `${PASSWORD} guess ${round}`
        await site.auth.setPassword({ userId: eve.id, newPassword, passwordCheck: 'bypassed' })
        await enter(site, SHARED, newPassword)
      }
    })
    expect(tries).toBe(3)
  })

  it.each([
    ['has proven it meanwhile', true, 3],
    // Three guesses, and the right password of the other one before the third.
    ['claims it as well', false, 5],
  ] as const)('D10: find no more room from many sources where somebody %s', async (_, isProven, tries) => {
    const site = await openShared({ lockout: { keys: ['identifier', ['user', 'address']] } })
    await addSharer(site, 'eve')
    const ann = await addSharer(site, 'ann', { isProven })
    const tried = await triesAt(site, ann, async () => {
      for (let round = 0; round < 10; round += 1) {
        const caller = { address: `198.51.100.${round}` }
        await refusalOf(site.auth.login({ identifier: SHARED, password: `guess ${round}` }, caller))
        await refusalOf(site.auth.login({ identifier: SHARED, password: ownPassword('eve') }, caller))
        await site.auth.login({ identifier: 'eve', password: ownPassword('eve') }, caller)
      }
    })
    expect(tried).toBe(tries)
  })

  it('D10: count as they do however many come at once', async () => {
    const site = await openShared({ lockout: { maxWaitMilliseconds: 60_000 } })
    const ann = await addSharer(site, 'ann')
    await addSharer(site, 'bob')
    const tries = await triesAt(site, ann, () =>
      Promise.all(Array.from({ length: 20 }, (_, index) => enter(site, SHARED, `guess ${index}`))),
    )
    expect(tries).toBe(3)
  })

  it('D10: keep nobody out whose password is right, however many come at once under both names', async () => {
    const site = await openShared({ lockout: { ...patient, maxWaitMilliseconds: 60_000 } })
    for (const name of ['ann', 'bob']) await addSharer(site, name)
    const tries = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'ann' : 'bob'))
    const came = await Promise.all(tries.map((name) => enter(site, SHARED, ownPassword(name))))
    expect(came).toEqual(tries.map((name) => `${name} by password`))
  })

  it('D10: tell the one who is locked of it, and not whose password was right', async () => {
    const locked: string[] = []
    const site = await openShared({ events: { userLockedOut: ({ user }) => void locked.push(user?.username ?? '') } })
    await addSharer(site, 'ann')
    await addSharer(site, 'bob')
    for (let login = 0; login < 3; login += 1) await enter(site, SHARED, ownPassword('bob'))
    expect(locked).toEqual(['ann'])
    // With ann locked out nothing is tried of her any more, and bob comes and goes.
    for (let login = 0; login < 5; login += 1) expect(await enter(site, SHARED, ownPassword('bob'))).toContain('bob')
  })
})
