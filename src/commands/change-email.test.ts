import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Caller } from '../auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const NEW_EMAIL = 'new@example.org'

async function loggedIn(options: Parameters<typeof testAuth>[0] = {}): Promise<{ site: TestAuth; caller: Caller }> {
  const site = testAuth(options)
  await activeUser(site)
  const { issued } = await logIn(site.auth, 'ann')
  await site.auth.flush()
  site.mailer.clear()
  return { site, caller: { actor: issued } }
}

/** To whom which mail went, in the order of the addresses. */
async function mails({ auth, mailer }: TestAuth): Promise<readonly string[]> {
  await auth.flush()
  const sent = mailer.sent.map(({ to, subject }) => `${to}: ${subject}`).sort()
  mailer.clear()
  return sent
}

describe('changeEmail', () => {
  it('asks the new address and tells the old one, which can stop it', async () => {
    const { site, caller } = await loggedIn()
    await site.auth.changeEmail({ newEmail: NEW_EMAIL, currentPassword: GOOD_PASSWORD }, caller)
    expect(await mails(site)).toEqual([
      'ann@example.org: Your e-mail address at Acme is about to change',
      'new@example.org: Confirm your new e-mail address for Acme',
    ])
    expect(await site.auth.findUser('ann')).toMatchObject({ email: 'ann@example.org' })
  })

  it('tells the owner of an address that somebody has, gives no link, and answers the same', async () => {
    const { site, caller } = await loggedIn()
    await activeUser(site, 'bob')
    site.mailer.clear()
    await site.auth.changeEmail({ newEmail: 'BOB@example.org', currentPassword: GOOD_PASSWORD }, caller)
    await site.auth.flush()
    expect(site.mailer.sent.find(({ to }) => to === 'bob@example.org')?.text).not.toContain('code=')
    expect(await mails(site)).toEqual([
      'ann@example.org: Your e-mail address at Acme is about to change',
      'bob@example.org: You already have an account at Acme',
    ])
  })

  it('mails nobody at the address of a user who was disabled', async () => {
    const { site, caller } = await loggedIn()
    const bob = await activeUser(site, 'bob')
    await site.auth.setStatus({ userId: bob.id, status: 'disabled' })
    await mails(site)
    await site.auth.changeEmail({ newEmail: 'bob@example.org', currentPassword: GOOD_PASSWORD }, caller)
    expect((await mails(site)).map((mail) => mail.split(':')[0])).toEqual(['ann@example.org'])
  })

  it('asks for the current password', async () => {
    const { site, caller } = await loggedIn()
    const change = (currentPassword: unknown): Promise<unknown> =>
      refusalOf(site.auth.changeEmail({ newEmail: NEW_EMAIL, currentPassword: currentPassword as never }, caller))
    expect(await change('wrong')).toBe('wrong_current_password')
    for (const nothing of [undefined, null, '', 7, {}]) expect(await change(nothing)).toBe('validation_failed')
    expect(await mails(site)).toEqual([])
  })

  it('takes the session for a proof only where the caller says so', async () => {
    const { site, caller } = await loggedIn()
    for (const value of ['true', 1, {}, false, null]) {
      const change = { newEmail: NEW_EMAIL, dangerouslyWithoutCurrentPassword: value as never }
      expect(await refusalOf(site.auth.changeEmail(change, caller))).toBe('validation_failed')
    }
    await site.auth.changeEmail({ newEmail: NEW_EMAIL, dangerouslyWithoutCurrentPassword: true }, caller)
    expect(await mails(site)).toHaveLength(2)
    expect(
      await refusalOf(site.auth.changeEmail({ newEmail: NEW_EMAIL, dangerouslyWithoutCurrentPassword: true }, {})),
    ).toBe('not_authenticated')
  })

  it('limits how often a user asks without a password, too', async () => {
    const changesPerUser = { count: 1, perSeconds: 60 }
    const { site, caller } = await loggedIn({ rateLimits: { ...NO_RATE_LIMITS, changesPerUser } })
    const change = { newEmail: NEW_EMAIL, dangerouslyWithoutCurrentPassword: true } as const
    await site.auth.changeEmail(change, caller)
    expect(await refusalOf(site.auth.changeEmail(change, caller))).toBe('rate_limited')
  })

  it('lets the owner of the old address stop what a thief of the session asked for', async () => {
    const { site, caller } = await loggedIn()
    await site.auth.changeEmail({ newEmail: NEW_EMAIL, dangerouslyWithoutCurrentPassword: true }, caller)
    const code = await newestCode(site, NEW_EMAIL)
    await site.auth.cancelEmailChange({ code: await newestCode(site, 'ann@example.org') })
    expect(await refusalOf(site.auth.confirmEmailChange({ code }))).toBe('code_invalid')
    expect(await site.auth.findUser('ann')).toMatchObject({ email: 'ann@example.org' })
  })
})

describe('confirmEmailChange', () => {
  it('tells whoever reads the mail of an address that somebody else took it meanwhile', async () => {
    const { site, caller } = await loggedIn()
    await site.auth.changeEmail({ newEmail: NEW_EMAIL, currentPassword: GOOD_PASSWORD }, caller)
    const code = await newestCode(site, NEW_EMAIL)
    await site.auth.createUser({ username: 'bob', email: NEW_EMAIL, password: null, passwordCheck: 'bypassed' })
    await expect(site.auth.confirmEmailChange({ code })).rejects.toMatchObject({
      code: 'code_invalid',
      details: { reason: 'taken_meanwhile' },
    })
    expect(await site.auth.findUser('ann')).toMatchObject({ email: 'ann@example.org' })
  })

  it('takes the code of the user that is named alone', async () => {
    const { site, caller } = await loggedIn()
    const bob = await activeUser(site, 'bob')
    await site.auth.changeEmail({ newEmail: NEW_EMAIL, currentPassword: GOOD_PASSWORD }, caller)
    const code = await newestCode(site, NEW_EMAIL)
    const confirm = (userId: unknown): Promise<unknown> =>
      site.auth.confirmEmailChange({ code, userId: userId as never })
    await expect(confirm(bob.id)).rejects.toMatchObject({ code: 'code_invalid', details: {} })
    await expect(confirm(4711)).rejects.toMatchObject({ code: 'code_invalid', details: { reason: 'user_unknown' } })
    expect(await site.auth.confirmEmailChange({ code })).toMatchObject({ username: 'ann', email: NEW_EMAIL })
  })
})
