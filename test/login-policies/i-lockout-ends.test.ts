/** I9 of the contract about login policies: how a lock ends. */
import { afterEach, describe, expect, it } from 'vitest'
import { createAuth } from '../../src/create-auth.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  PASSWORD,
  randomSecret,
  temporaryDatabase,
} from '../security/support/open-site.ts'
import { guessWrong, isOpen, STRANGER, WRONG } from './support/guesses.ts'
import { resetPassword, siteWithAnn } from './support/locked-site.ts'

afterEach(closeSites)

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
