/** I1, I2, I5 and I8 of the contract about login policies: how long locks last, and what makes one. */
import { afterEach, describe, expect, it } from 'vitest'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site } from '../security/support/open-site.ts'
import { guessWrong, isOpen, tryPassword, WRONG } from './support/guesses.ts'
import { locksOf, resetPassword, siteWithAnn } from './support/locked-site.ts'

afterEach(closeSites)

describe('I1: how long locks last', () => {
  /** Locks again and again, and tells how many minutes each lock lasted. */
  async function minutesOfLocks(site: Site, locks: number): Promise<readonly number[]> {
    const minutes: number[] = []
    for (let lock = 0; lock < locks; lock += 1) {
      await guessWrong(site, 3)
      let waited = 0
      while (!(await isLockOver(site))) {
        site.clock.advance({ minutes: 1 })
        waited += 1
      }
      minutes.push(waited)
    }
    return minutes
  }

  /** Without a password of anybody’s, which would clear the count. */
  async function isLockOver({ auth }: Site): Promise<boolean> {
    return (await auth.listLocks({ limit: 1 })).length === 0
  }

  it('I1: is finite as it is: a minute, then twice as long each time, an hour at most', async () => {
    const site = await siteWithAnn()
    expect(await minutesOfLocks(site, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect(await isOpen(site)).toBe(true)
  })

  it('I1: is as the tiers say, the last of them again and again', async () => {
    const site = await siteWithAnn({ lockout: { lockTiersSeconds: [120, 1800] } })
    expect(await minutesOfLocks(site, 4)).toEqual([2, 30, 30, 30])
    expect(await isOpen(site)).toBe(true)
  })

  it('I1: begins at the first again after a success', async () => {
    const site = await siteWithAnn({ lockout: { lockTiersSeconds: [60, 1800] } })
    expect(await minutesOfLocks(site, 2)).toEqual([1, 30])
    expect(await isOpen(site)).toBe(true)
    expect(await minutesOfLocks(site, 1)).toEqual([1])
  })

  it('I1: begins at the first again after a day without a wrong guess, whatever the tiers', async () => {
    const site = await siteWithAnn({ lockout: { lockTiersSeconds: [60, 3600] } })
    expect(await minutesOfLocks(site, 2)).toEqual([1, 60])
    site.clock.advance({ hours: 24 })
    expect(await minutesOfLocks(site, 1)).toEqual([1])
  })

  it('I1: is not changed by guesses during the lock, right or wrong', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 3)
    for (let tenth = 0; tenth < 5; tenth += 1) {
      site.clock.advance({ seconds: 10 })
      expect((await tryPassword(site)).status).toBe(401)
      await guessWrong(site, 2)
    }
    site.clock.advance({ seconds: 10, milliseconds: -1 })
    expect(await isOpen(site)).toBe(false)
    site.clock.advance({ milliseconds: 1 })
    expect(await isOpen(site)).toBe(true)
  })

  it('I1: has no end only by a dangerous option, which is told at each start', async () => {
    const told: unknown[] = []
    const logger = { debug() {}, info() {}, error() {}, warn: (fields: object) => void told.push(fields) }
    const site = await siteWithAnn({ lockout: { dangerouslyPermanent: true }, logger })
    expect(told).toContainEqual({ option: 'lockout.dangerouslyPermanent' })
    await guessWrong(site, 3)
    site.clock.advance({ hours: 30 * 24 })
    await site.auth.cleanUp()
    expect(await isOpen(site)).toBe(false)
    expect(await site.auth.listLocks({ limit: 9 })).toMatchObject([{ until: null }, { until: null }])
    await site.auth.clearLocks({ identifier: 'ann' })
    expect(await isOpen(site)).toBe(true)
  })

  it('I1: a lock without an end is ended by a reset, and by the mailed link, which promises no time', async () => {
    const site = await siteWithAnn({ lockout: { dangerouslyPermanent: true } })
    for (const way of ['reset', 'unlock'] as const) {
      const password = way === 'reset' ? PASSWORD : OTHER_PASSWORD
      await guessWrong(site, 3)
      expect(await isOpen(site, { password })).toBe(false)
      if (way === 'reset') await resetPassword(site)
      else await site.auth.unlock({ code: await site.codeFor('ann@example.org') })
      expect(await isOpen(site, { password: OTHER_PASSWORD })).toBe(true)
    }
    const mail = (await site.mails()).find(({ subject }) => subject.includes('locked'))
    expect(mail?.subject).toBe('Your account at Acme is locked')
    expect(mail?.text).toContain('nobody can log in from a new device until it is unlocked.')
    expect(mail?.text).not.toMatch(/Locked until|for a while|9999|unknown/)
  })
})

describe('I2: a true sliding window', () => {
  it('I2: lets each failure expire by itself', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 1)
    site.clock.advance({ minutes: 10 })
    await guessWrong(site, 1)
    site.clock.advance({ minutes: 5 })
    // The first has left the window, the second has not.
    await guessWrong(site, 1)
    expect(await locksOf(site)).toEqual([])
    site.clock.advance({ minutes: 5, milliseconds: -1 })
    await guessWrong(site, 1)
    expect(await locksOf(site)).toEqual(['identifier', 'user'])
  })

  it('I2: counts no failure of a hundred minutes ago in a window of sixty, however many came in between', async () => {
    const site = await siteWithAnn({ lockout: { windowSeconds: 3600 } })
    for (const minutes of [0, 50, 50]) {
      site.clock.advance({ minutes })
      await guessWrong(site, 1)
    }
    expect(await locksOf(site)).toEqual([])
  })
})

describe('I5: no identifier at all', () => {
  it.each([[undefined], [null], [''], ['   '], ['\u0000'], [7], [[]], [['ann']], [{}], ['\ud800'], ['a'.repeat(300)]])(
    'I5: shares no count with anybody: %j',
    async (identifier) => {
      const site = await siteWithAnn({ lockout: { maxFailures: 1 } })
      for (let guess = 0; guess < 5; guess += 1) {
        const body = { password: WRONG, ...(identifier === undefined ? {} : { identifier }) }
        expect((await site.send('POST /login', { body })).status).toBeLessThan(500)
      }
      expect(await isOpen(site)).toBe(true)
      const locks = await site.auth.listLocks({ limit: 9 })
      expect(locks.filter(({ userId }) => userId !== null)).toEqual([])
      expect(await isOpen(site, { identifier: 'ann@example.org' })).toBe(true)
    },
  )
})

describe('I8: what a duration means', () => {
  it('I8: is in its name: every number of the lockout is a count, or says its unit', async () => {
    const { auth } = await openSite()
    const numbers = Object.entries(auth.config.lockout).filter(([, value]) => typeof value === 'number')
    expect(
      numbers.map(([name]) => name.replace(/^max(?:Failures|FailuresPerAddress)$|(?:Seconds|Milliseconds)$/, '')),
    ).toEqual(expect.arrayContaining(['', 'window']))
    for (const [name] of numbers) expect(name).toMatch(/^maxFailures(?:PerAddress)?$|Seconds$|Milliseconds$/)
  })
})
