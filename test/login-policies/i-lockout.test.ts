/** Section I of the contract about login policies: what ours does better than the state of the art. */
import { afterEach, describe, expect, it } from 'vitest'
import { createAuth } from '../../src/create-auth.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { type Answer, differences } from '../security/support/answer.ts'
import { NO_RATE_LIMITS } from '../security/support/no-rate-limits.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from '../security/support/open-site.ts'
import { DOORS, knock, mounts } from './support/doors.ts'
import {
  guessWrong,
  isOpen,
  judgedIn,
  retryAfter,
  STRANGER,
  type Tried,
  tryPassword,
  WRONG,
} from './support/guesses.ts'

afterEach(closeSites)

async function siteWithAnn(options: SiteOptions = {}): Promise<Site> {
  const site = await openSite(options)
  await site.addUser('ann')
  return site
}

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

async function resetPassword(site: Site): Promise<void> {
  await site.send('POST /password/reset', { body: { email: 'ann@example.org' } })
  const code = await site.codeFor('ann@example.org')
  await site.send('POST /password/reset/confirm', { body: { code, newPassword: OTHER_PASSWORD } })
}

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

async function locksOf(site: Site): Promise<readonly string[]> {
  return (await site.auth.listLocks({ limit: 100 })).map(({ kind }) => kind).toSorted()
}

describe('I3: what is counted', () => {
  it('I3: is the folded identifier, the user behind it, and the source with a limit of its own', async () => {
    const site = await siteWithAnn({ lockout: { maxFailuresPerAddress: 4 } })
    for (const identifier of [' ANN', 'ann@EXAMPLE.org', 'ａｎｎ']) await guessWrong(site, 1, { identifier })
    // Two spellings were of the name, so that only the user is locked.
    expect(await locksOf(site)).toEqual(['user'])
    await guessWrong(site, 1, { identifier: 'somebody else' })
    expect(await locksOf(site)).toEqual(['address', 'user'])
  })

  it('I3: may be a list of which each counts, and lists in it that count together', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address'], 'address'], maxFailuresPerAddress: 5 } })
    await guessWrong(site, 3, { address: STRANGER })
    expect(await isOpen(site, { address: STRANGER })).toBe(false)
    expect(await isOpen(site)).toBe(true)
    expect(await site.auth.listLocks({ limit: 9 })).toMatchObject([{ kind: 'user', userId: 1, address: STRANGER }])
    await guessWrong(site, 2, { address: STRANGER, identifier: 'bea' })
    expect((await tryPassword(site, { identifier: 'cid', address: STRANGER })).status).toBe(429)
  })

  it('I3: may be of one agent, as long as something counts whatever the agent', async () => {
    const site = await siteWithAnn({
      lockout: {
        keys: [
          ['user', 'agent'],
          ['user', 'identifier'],
        ],
      },
    })
    const by = (agent: string) => ({ headers: { 'user-agent': agent } })
    await guessWrong(site, 2, by('one'))
    await guessWrong(site, 2, { ...by('two'), identifier: 'ann@example.org' })
    expect(await locksOf(site)).toEqual([])
    await guessWrong(site, 1, { ...by('two'), identifier: 'ANN' })
    expect(await locksOf(site)).toEqual(['user', 'user'])
    expect(await isOpen(site, { ...by('three'), identifier: 'ann@example.org' })).toBe(true)
  })

  it.each(['user', 'identifier', 'address'] as const)(
    'I3: is as many keys for a name that nobody has as for any other, with one more for %s',
    async (extra) => {
      const counts: number[] = []
      for (const identifier of ['ann', 'nobody']) {
        const site = await siteWithAnn({
          lockout: { keys: ['user', 'identifier', [extra, 'agent'], ['user', 'address']] },
        })
        const { throttles } = site.store
        const update = throttles.update.bind(throttles)
        Object.assign(throttles, {
          update: (keys: readonly string[], step: Parameters<typeof update>[1]) => {
            counts.push(keys.length)
            return update(keys, step)
          },
        })
        await guessWrong(site, 1, { identifier })
      }
      expect(counts.slice(0, counts.length / 2)).toEqual(counts.slice(counts.length / 2))
      expect(Math.max(...counts)).toBe(4)
    },
  )

  it.each([[['address']], [['identifier']], [['agent']], [[['address', 'agent']]]] as const)(
    'I3: is refused at the start where no user is counted: %j',
    (keys) => {
      expect(() => openBare({ keys })).toThrow('lockout.keys must hold "user"')
    },
  )

  it('I3: keeps a user of a session from being guessed at, though nothing was typed', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'identifier']] } })
    const token = String((await tryPassword(site)).json['token'])
    const body = { currentPassword: WRONG, newPassword: OTHER_PASSWORD }
    const judged = await judgedIn(site, async () => {
      for (let guess = 0; guess < 5; guess += 1) await site.send('POST /password/change', { body, token })
    })
    expect(judged).toBe(3)
  })

  it('I3: counts a caller of unknown source, whatever is configured', async () => {
    for (const keys of [['user'], [['user', 'address']], [['user', 'identifier']]] as const) {
      const site = await siteWithAnn({ lockout: { keys } })
      expect(await judgedIn(site, () => guessWrong(site, 5, { address: null })), JSON.stringify(keys)).toBe(3)
    }
  })

  it('I3: a lock of one user for one source mails nobody, because it keeps no owner out', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address']] } })
    await guessWrong(site, 3, { address: STRANGER })
    expect(await site.mails()).toEqual([])
  })
})

function openBare(lockout: NonNullable<SiteOptions['lockout']>): void {
  createAuth({
    store: sqlite(':memory:'),
    secrets: [randomSecret()],
    site: { name: 'Acme', origin: ORIGIN },
    mailer: memoryMailer(),
    lockout,
  })
}

describe('lists of who is never locked, and of who always is refused', () => {
  it('I3: counts nobody from an allowed source, and lets them in while the user is locked', async () => {
    const site = await siteWithAnn({ lockout: { neverLock: { addresses: ['198.51.100.0/24'] } } })
    await guessWrong(site, 9, { address: '198.51.100.9' })
    expect(await locksOf(site)).toEqual([])
    await guessWrong(site, 3, { address: STRANGER })
    expect(await isOpen(site, { address: '198.51.100.9' })).toBe(true)
    // What logs in all day long from there makes no room for those who guess.
    expect(await isOpen(site, { address: STRANGER })).toBe(false)
  })

  it('I3: counts no guesses at an allowed name, under any of its spellings', async () => {
    const site = await siteWithAnn({ lockout: { neverLock: { identifiers: ['ANN'] } } })
    await guessWrong(site, 9)
    await guessWrong(site, 9, { identifier: 'Ann@Example.org' })
    expect(await locksOf(site)).toEqual([])
    expect(await isOpen(site)).toBe(true)
    await site.addUser('bea')
    await guessWrong(site, 3, { identifier: 'bea' })
    expect(await locksOf(site)).toEqual(['identifier', 'user'])
  })

  it('I3: refuses a denied source at once, before anything is hashed, and logs it', async () => {
    const site = await siteWithAnn({ lockout: { alwaysRefuse: { addresses: ['203.0.113.0/24', '2001:db8::/32'] } } })
    for (const address of [STRANGER, '2001:db8::7', '::ffff:203.0.113.1']) {
      site.hasher.forget()
      const answer = await tryPassword(site, { address })
      expect([answer.status, retryAfter(answer), site.hasher.calls.length]).toEqual([429, null, 0])
    }
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { outcome: 'refused', limit: 9 } })
    expect(attempts).toMatchObject([
      { address: '203.0.113.1' },
      { address: '2001:db8::7' },
      { userId: 1, address: STRANGER },
    ])
    expect(await isOpen(site)).toBe(true)
  })

  it('I3: answers a denied user like a wrong password, at the same cost, and locks like it', async () => {
    const options = { lockout: { alwaysRefuse: { identifiers: ['ann@example.org'] } }, login: { revealLocks: true } }
    const site = await siteWithAnn(options)
    await site.addUser('bea')
    const costs: number[] = []
    const costly = async (tried: Partial<Tried>): Promise<Answer> => {
      site.hasher.forget()
      const answer = await tryPassword(site, tried)
      costs.push(site.hasher.calls.length)
      return answer
    }
    for (let guess = 0; guess < 5; guess += 1) {
      const denied = await costly({})
      const wrong = await costly({ identifier: 'bea', password: WRONG })
      expect(differences(denied, wrong), `guess ${guess}`).toEqual([])
    }
    expect(costs).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { userId: 1, limit: 9 } })
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['locked', 'locked', 'refused', 'refused', 'refused'])
  })

  it('I3: control: without the list the same password opens', async () => {
    expect(await isOpen(await siteWithAnn())).toBe(true)
  })

  it('I3: never looks at a denied user’s password', async () => {
    const site = await siteWithAnn({ lockout: { alwaysRefuse: { identifiers: ['ann'] } } })
    expect(await judgedIn(site, () => tryPassword(site))).toBe(0)
    expect(await judgedIn(site, () => tryPassword(site, { identifier: 'ann@example.org' }))).toBe(0)
  })
})

describe('I4: whose address it is', () => {
  const forged = (value: string) => ({ headers: { 'x-forwarded-for': value } })

  it('I4: is the peer’s, whatever a client writes, unless a proxy is trusted', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address']] } })
    for (let guess = 0; guess < 3; guess += 1) await guessWrong(site, 1, forged(`198.51.100.${guess}`))
    expect(await site.auth.listLocks({ limit: 9 })).toMatchObject([{ address: '192.0.2.10' }])
  })

  it('I4: is read from the right behind a trusted proxy, so that what a client puts in front counts for nothing', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address']] }, trustedProxies: ['10.0.0.0/8'] })
    for (let guess = 0; guess < 3; guess += 1) {
      const chain = forged(`198.51.100.${guess}, ${STRANGER}, 10.0.0.3`)
      await guessWrong(site, 1, { address: '10.0.0.7', ...chain })
    }
    expect(await site.auth.listLocks({ limit: 9 })).toMatchObject([{ address: STRANGER }])
  })

  it('I4: is no lock of everybody where a proxy hides all addresses', async () => {
    const site = await siteWithAnn({ lockout: { maxFailuresPerAddress: 2 } })
    await guessWrong(site, 5, { address: null, identifier: 'bea' })
    expect(await isOpen(site, { address: null })).toBe(true)
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

describe('I6: every door counts', () => {
  it('I6: one counter for all of them, one count for each attempt', async () => {
    const site = await siteWithAnn({ mounts })
    const [first, second, third] = [DOORS[0], DOORS[1], DOORS.at(-1)]
    for (const door of [first, second, third]) {
      if (door === undefined) throw new Error('there are too few doors')
      expect(await locksOf(site)).toEqual([])
      await knock(site, door, { identifier: 'ann', password: WRONG })
    }
    expect(await locksOf(site)).toEqual(['identifier', 'user'])
  })

  it.each(DOORS)('I6: $name counts, and keeps the right password out', async (door) => {
    const site = await siteWithAnn({ mounts })
    const identifier = door.takes.includes('username') ? 'ann' : 'ann@example.org'
    const enter = (password: string) => knock(site, door, { identifier, password })
    const judged = await judgedIn(site, async () => {
      for (let guess = 0; guess < 4; guess += 1) expect((await enter(WRONG)).status).toBeGreaterThanOrEqual(400)
      expect((await enter(PASSWORD)).status).toBeGreaterThanOrEqual(400)
    })
    expect(judged).toBe(3)
    site.clock.advance({ minutes: 1 })
    expect((await enter(PASSWORD)).status).toBeLessThan(300)
  })

  it('I6: whoever tries links of resets has a limit as well', async () => {
    const site = await siteWithAnn({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 3, perSeconds: 60 } } })
    const statuses: number[] = []
    for (let guess = 0; guess < 4; guess += 1) {
      const body = { code: `wrong${guess}`, newPassword: OTHER_PASSWORD }
      statuses.push((await site.send('POST /password/reset/confirm', { body })).status)
    }
    expect(statuses).toEqual([400, 400, 400, 429])
  })
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

describe('I9: how a lock ends', () => {
  interface Process {
    readonly auth: ReturnType<typeof createAuth>
  }

  function newProcess(location: string, secret: string): Process {
    const auth = createAuth({
      store: sqlite(location),
      secrets: [secret],
      site: { name: 'Acme', origin: ORIGIN },
      mailer: memoryMailer(),
      rateLimits: NO_RATE_LIMITS,
      passwords: { argon2: { memoryKiB: 8, passes: 1 }, workers: 1 },
      clock: fakeClock('2026-03-01T12:00:00Z'),
      mounts: { '/api': portressApi() },
      logger: false,
    })
    return { auth }
  }

  const enter = async ({ auth }: Process, password: string): Promise<boolean> =>
    auth.login({ identifier: 'ann', password }).then(
      () => true,
      () => false,
    )

  const WAYS: Readonly<Record<string, (process: Process) => Promise<string>>> = {
    'the command': async ({ auth }) => {
      expect(await auth.clearLocks({ identifier: 'ann' })).toMatchObject({ locks: 2 })
      return PASSWORD
    },
    'the command for all': async ({ auth }) => {
      expect(await auth.clearLocks({ all: true })).toMatchObject({ locks: 2 })
      return PASSWORD
    },
    'an operator’s new password': async ({ auth }) => {
      const newPassword = OTHER_PASSWORD
      const user = await auth.findUser('ann')
      await auth.setPassword({ userId: user?.id ?? 0, newPassword, passwordCheck: 'enforced' })
      return OTHER_PASSWORD
    },
  }

  it.each(Object.entries(WAYS))('I9: by %s, at once in every process', async (_, end) => {
    const location = temporaryDatabase()
    const secret = randomSecret()
    const [one, other] = [newProcess(location, secret), newProcess(location, secret)]
    await one.auth.migrate()
    const names = { username: 'ann', email: 'ann@example.org' }
    await one.auth.createUser({ ...names, password: PASSWORD, passwordCheck: 'enforced' })
    for (let guess = 0; guess < 3; guess += 1) await enter(one, WRONG)
    expect(await enter(other, PASSWORD)).toBe(false)
    const password = await end(one)
    expect(await enter(other, password)).toBe(true)
    for (const { auth } of [one, other]) await auth.close()
  })

  it('I9: by the API with the mailed code', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 3)
    const body = { code: await site.codeFor('ann@example.org') }
    expect((await site.send('POST /unlock', { body })).status).toBe(204)
    expect(await isOpen(site)).toBe(true)
  })

  it('I9: by a password reset', async () => {
    const site = await siteWithAnn()
    await guessWrong(site, 3)
    await resetPassword(site)
    expect(await isOpen(site, { password: OTHER_PASSWORD })).toBe(true)
  })

  it.each([
    ['the user', { identifier: 'ann' }, 3],
    ['the source', { addressBucket: STRANGER }, 2],
    ['both', { identifier: 'ann', addressBucket: STRANGER }, 4],
    ['all', { all: true as const }, 5],
  ])('I9: locks of one user for one source end by %s', async (_, target, ended) => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address'], 'identifier'] } })
    await site.addUser('bea')
    await guessWrong(site, 3, { address: STRANGER })
    site.clock.advance({ minutes: 1, milliseconds: -1 })
    await site.auth.clearLocks({ identifier: 'nobody' })
    await site.store.throttles.delete(
      (await site.auth.listLocks({ limit: 9 })).flatMap(({ id, kind }) => (kind === 'identifier' ? [id] : [])),
    )
    await guessWrong(site, 3, { address: '198.51.100.7' })
    await guessWrong(site, 3, { address: STRANGER, identifier: 'bea' })
    expect(await site.auth.listLocks({ limit: 9 })).toHaveLength(5)
    expect(await site.auth.clearLocks(target)).toMatchObject({ locks: ended })
    expect(await site.auth.listLocks({ limit: 9 })).toHaveLength(5 - ended)
    expect(await site.auth.clearLocks(target)).toMatchObject({ locks: 0 })
  })

  it('I9: wrong guesses that were no lock yet are forgotten with it', async () => {
    const site = await siteWithAnn({ lockout: { keys: [['user', 'address'], 'user'] } })
    await guessWrong(site, 2)
    expect(await site.auth.clearLocks({ identifier: 'ann' })).toMatchObject({ locks: 0 })
    await guessWrong(site, 2)
    expect(await isOpen(site)).toBe(true)
  })

  it('I9: what is locked can be listed, page by page, without what was typed', async () => {
    const site = await siteWithAnn({ lockout: { maxFailuresPerAddress: 9 } })
    for (const identifier of ['ann', 'nobody', 'ann@example.org']) await guessWrong(site, 3, { identifier })
    await guessWrong(site, 3, { identifier: 'cid' })
    const all = await site.auth.listLocks({ limit: 100 })
    const paged = []
    for (let page = await site.auth.listLocks({ limit: 2 }); page.length > 0; ) {
      paged.push(...page)
      const after = page.at(-1)
      page = after === undefined ? [] : await site.auth.listLocks({ limit: 2, after })
    }
    expect(paged).toEqual(all)
    expect(JSON.stringify(all)).not.toMatch(/nobody@|cid|ann/)
    expect(all.find(({ kind }) => kind === 'address')).toMatchObject({ address: '192.0.2.10', userId: null })
  })
})
