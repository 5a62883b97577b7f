import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { AskedMail } from '../auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

/** One of each: active, pending, disabled, and active without a password. */
async function siteWithEverybody(options: Parameters<typeof testAuth>[0] = {}): Promise<TestAuth> {
  const site = testAuth(options)
  const { auth } = site
  await activeUser(site, 'active')
  await auth.register({ username: 'waiting', email: 'waiting@example.org', password: GOOD_PASSWORD })
  const disabled = await activeUser(site, 'disabled')
  await auth.setStatus({ userId: disabled.id, status: 'disabled' })
  const email = 'passwordless@example.org'
  await auth.createUser({ username: 'passwordless', email, password: null, passwordCheck: 'bypassed' })
  await auth.flush()
  site.mailer.clear()
  return site
}

const EVERYBODY = ['active', 'waiting', 'disabled', 'passwordless', 'stranger']

/** Whom the mail reaches of all of them, and whom the command refuses. */
async function outcomes(
  site: TestAuth,
  ask: (input: AskedMail) => Promise<void>,
): Promise<{ readonly mailed: readonly string[]; readonly refused: readonly string[] }> {
  const refused: string[] = []
  for (const name of EVERYBODY) {
    if ((await refusalOf(ask({ email: `${name}@example.org` }))) === 'not_found') refused.push(name)
  }
  await site.auth.flush()
  const mailed = site.mailer.sent.map(({ to }) => to.replace('@example.org', ''))
  site.mailer.clear()
  return { mailed, refused }
}

describe('requestPasswordReset', () => {
  it('mails everybody but disabled users, and refuses nobody', async () => {
    const site = await siteWithEverybody()
    const found = await outcomes(site, (input) => site.auth.requestPasswordReset(input))
    expect(found).toEqual({ mailed: ['active', 'waiting', 'passwordless'], refused: [] })
  })

  it('leaves out who is not active or has no password, where that is asked for', async () => {
    const site = await siteWithEverybody()
    const found = await outcomes(site, (input) => site.auth.requestPasswordReset({ ...input, onlyActive: true }))
    expect(found).toEqual({ mailed: ['active'], refused: [] })
  })

  it('mails active users without a password, too, where that is asked for', async () => {
    const site = await siteWithEverybody()
    const asked = { onlyActive: 'even-without-password' } as const
    const found = await outcomes(site, (input) => site.auth.requestPasswordReset({ ...input, ...asked }))
    expect(found).toEqual({ mailed: ['active', 'passwordless'], refused: [] })
    const frank = await outcomes(site, (input) =>
      site.auth.requestPasswordReset({ ...input, ...asked, dangerouslyTellUnknown: true }),
    )
    expect(frank.refused).toEqual(['waiting', 'disabled', 'stranger'])
  })

  it('tells who gets no mail only where that is asked for by its name', async () => {
    const site = await siteWithEverybody({ mail: { sendNoAccountNotice: true } })
    const ask = (input: AskedMail): Promise<void> =>
      site.auth.requestPasswordReset({ ...input, onlyActive: true, dangerouslyTellUnknown: true })
    const found = await outcomes(site, ask)
    expect(found).toEqual({ mailed: ['active'], refused: ['waiting', 'disabled', 'passwordless', 'stranger'] })
  })

  it('lets nobody ask that more often than mails may be asked for', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, mailsPerAddress: { count: 1, perSeconds: 60 } } })
    const ask = (): Promise<string | null> =>
      refusalOf(site.auth.requestPasswordReset({ email: 'x@example.org', dangerouslyTellUnknown: true }))
    expect([await ask(), await ask()]).toEqual(['not_found', 'rate_limited'])
  })
})

describe('requestPasswordReset with what is typed to log in', () => {
  const mailedTo = async (site: TestAuth): Promise<readonly string[]> => {
    await site.auth.flush()
    const sent = site.mailer.sent.map(({ to, subject }) => `${to}: ${subject}`)
    site.mailer.clear()
    return sent
  }

  const RESET = 'active@example.org: Set a new password for Acme'

  it('mails the stored address, whichever of them it was', async () => {
    const site = await siteWithEverybody()
    for (const identifier of ['active', 'ACTIVE ', 'Active@Example.org']) {
      await site.auth.requestPasswordReset({ identifier })
      expect(await mailedTo(site)).toEqual([RESET])
    }
  })

  it('takes it for no more than what is asked for', async () => {
    const site = await siteWithEverybody({ mail: { sendNoAccountNotice: true } })
    await site.auth.requestPasswordReset({ identifier: 'active@example.org', identifiers: ['username'] })
    await site.auth.requestPasswordReset({ identifier: 'active', identifiers: ['email'] })
    await site.auth.requestPasswordReset({ identifier: 'active', identifiers: [] })
    expect(await mailedTo(site)).toEqual([])
    await site.auth.requestPasswordReset({ identifier: 'active@example.org', identifiers: ['email'] })
    expect(await mailedTo(site)).toEqual([RESET])
  })

  it('answers the same for who is not there, and tells them by mail only at an address that may be asked for', async () => {
    const site = await siteWithEverybody({ mail: { sendNoAccountNotice: true } })
    for (const identifier of ['stranger', 'stranger@example.org', 'disabled']) {
      await site.auth.requestPasswordReset({ identifier })
    }
    expect(await mailedTo(site)).toEqual(['stranger@example.org: No account at Acme has this address'])
  })

  it('tells an unknown name only where that is asked for, and says of nobody that they have no address', async () => {
    const site = await siteWithEverybody({ user: { email: 'optional' } })
    await site.auth.createUser({ username: 'unmailed', password: GOOD_PASSWORD, passwordCheck: 'enforced' })
    const ask = (identifier: string): Promise<string | null> =>
      refusalOf(site.auth.requestPasswordReset({ identifier, dangerouslyTellUnknown: true }))
    expect(await Promise.all(['active', 'waiting', 'unmailed'].map(ask))).toEqual([null, null, null])
    expect(await Promise.all(['stranger', 'disabled'].map(ask))).toEqual(['not_found', 'not_found'])
    expect(await mailedTo(site)).toHaveLength(2)
  })

  it('refuses what is no text to log in with, and never fails', async () => {
    const { auth } = testAuth()
    const inputs: readonly unknown[] = [null, '', 7, [], {}, '\0', '\ud800', 'a'.repeat(100_000)]
    for (const identifier of inputs as readonly never[]) {
      for (const dangerouslyTellUnknown of [true, false]) {
        const asked = auth.requestPasswordReset({ identifier, dangerouslyTellUnknown })
        await expect(asked).rejects.toMatchObject({ code: 'validation_failed' })
      }
    }
  })

  it('looks no names up where there are none', async () => {
    const site = testAuth({ user: { username: 'none' } })
    await site.auth.createUser({ email: 'active@example.org', password: GOOD_PASSWORD, passwordCheck: 'enforced' })
    await site.auth.requestPasswordReset({ identifier: 'active@example.org' })
    expect(await mailedTo(site)).toEqual([RESET])
  })
})

describe('requestUsernameReset', () => {
  it('mails active users, and of them only those with a password where that is asked for', async () => {
    const site = await siteWithEverybody()
    const all = await outcomes(site, (input) => site.auth.requestUsernameReset(input))
    expect(all).toEqual({ mailed: ['active', 'passwordless'], refused: [] })
    const some = await outcomes(site, (input) => site.auth.requestUsernameReset({ ...input, onlyActive: true }))
    expect(some).toEqual({ mailed: ['active'], refused: [] })
    const frank = await outcomes(site, (input) =>
      site.auth.requestUsernameReset({ ...input, dangerouslyTellUnknown: true }),
    )
    expect(frank.refused).toEqual(['waiting', 'disabled', 'stranger'])
  })

  it('mails nobody where there are no user names', async () => {
    const site = testAuth({ user: { username: 'none' } })
    const email = 'ann@example.org'
    await site.auth.createUser({ email, password: GOOD_PASSWORD, passwordCheck: 'enforced' })
    await site.auth.requestUsernameReset({ email })
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
    expect(await refusalOf(site.auth.requestUsernameReset({ email, dangerouslyTellUnknown: true }))).toBe('not_found')
  })
})

describe('resendActivation', () => {
  it('mails only who waits, and tells who does not only where that is asked for by its name', async () => {
    const site = await siteWithEverybody()
    const quiet = await outcomes(site, (input) => site.auth.resendActivation(input))
    expect(quiet).toEqual({ mailed: ['waiting'], refused: [] })
    const frank = await outcomes(site, (input) =>
      site.auth.resendActivation({ ...input, dangerouslyTellUnknown: true }),
    )
    expect(frank).toEqual({ mailed: ['waiting'], refused: ['active', 'disabled', 'passwordless', 'stranger'] })
  })

  it('leaves out active users with an address that is not proven, where that is asked for', async () => {
    const site = testAuth({ login: { emailMustBeVerified: false } })
    const email = 'ann@example.org'
    await site.auth.register({ username: 'ann', email, password: GOOD_PASSWORD })
    await site.auth.flush()
    site.mailer.clear()
    await site.auth.resendActivation({ email, onlyPending: true })
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
    await site.auth.resendActivation({ email })
    await site.auth.flush()
    expect(site.mailer.sent).toHaveLength(1)
  })
})

describe('every request for a mail', () => {
  it('refuses what is no text of an address, and never fails', async () => {
    const { auth } = testAuth()
    const inputs: readonly unknown[] = [undefined, null, '', 7, [], {}, '\0', '\ud800', 'a'.repeat(100_000)]
    for (const email of inputs as readonly never[]) {
      for (const dangerouslyTellUnknown of [true, false]) {
        const input = { email, dangerouslyTellUnknown }
        expect(await refusalOf(auth.requestPasswordReset(input))).toBe('validation_failed')
        expect(await refusalOf(auth.requestUsernameReset(input))).toBe('validation_failed')
        expect(await refusalOf(auth.resendActivation(input))).toBe('validation_failed')
      }
    }
  })
})
