/** I3, I4 and I6 of the contract about login policies: what wrong guesses are counted against. */
import { afterEach, describe, expect, it } from 'vitest'
import { createAuth } from '../../src/create-auth.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { type Answer, differences } from '../security/support/answer.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  PASSWORD,
  randomSecret,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { testStore } from '../support/test-store.ts'
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
import { locksOf, siteWithAnn } from './support/locked-site.ts'

afterEach(closeSites)

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
    store: testStore(),
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
