import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const EMAIL = 'ann@example.org'

async function renameCode(site: TestAuth): Promise<string> {
  await site.auth.requestUsernameReset({ email: EMAIL })
  return newestCode(site, EMAIL)
}

const fieldsOf = (fields: object): object => ({ code: 'validation_failed', details: { fields } })

describe('confirmUsernameReset', () => {
  it('gives the user the new name, tells them by mail, and leaves the sessions alone', async () => {
    const renamed: unknown[] = []
    const site = testAuth({
      events: { usernameChanged: ({ user, oldUsername }) => void renamed.push([user.username, oldUsername]) },
    })
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const { username } = await site.auth.confirmUsernameReset({ code: await renameCode(site), newUsername: 'anna' })
    expect([username, renamed]).toEqual(['anna', [['anna', 'ann']]])
    await site.auth.flush()
    const notice = site.mailer.sent.at(-1)
    expect([notice?.to, notice?.subject]).toEqual([EMAIL, 'Your user name at Acme has changed'])
    expect(notice?.text).not.toContain('://')
    const headers = { authorization: `Bearer ${issued.token}` }
    expect((await site.auth.authenticate(new Request('https://acme.test/', { headers })))?.user.username).toBe('anna')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    expect((await logIn(site.auth, 'anna')).user.username).toBe('anna')
  })

  it('takes a code once, and none that was mailed for something else', async () => {
    const site = testAuth()
    await activeUser(site)
    await site.auth.requestPasswordReset({ email: EMAIL })
    const foreign = await newestCode(site, EMAIL)
    expect(await refusalOf(site.auth.confirmUsernameReset({ code: foreign, newUsername: 'anna' }))).toBe('code_invalid')
    const code = await renameCode(site)
    const reset = site.auth.confirmPasswordReset({ code, newPassword: 'a heron at the mill pond' })
    expect(await refusalOf(reset)).toBe('code_invalid')
    const twice = [{ newUsername: 'anna' }, { newUsername: 'annie' }].map((name) =>
      refusalOf(site.auth.confirmUsernameReset({ code, ...name })),
    )
    expect((await Promise.all(twice)).toSorted()).toEqual(['code_invalid', null])
    // The other links die with it.
    const late = site.auth.confirmPasswordReset({ code: foreign, newPassword: 'a heron at the mill pond' })
    expect(await refusalOf(late)).toBe('code_invalid')
  })

  it('tells what is wrong with the name before anything about the code, which stays good', async () => {
    const site = testAuth()
    await activeUser(site)
    await activeUser(site, 'bob')
    const code = await renameCode(site)
    const refused: readonly (readonly [unknown, string])[] = [
      ['BOB', 'taken'],
      ['ann', 'taken'],
      ['a b', 'username_invalid'],
      ['root', 'username_reserved'],
      ['x'.repeat(100_000), 'too_long'],
      ['', 'required'],
      [undefined, 'required'],
      [null, 'required'],
      [7, 'not_text'],
      [['x'], 'not_text'],
      [{}, 'not_text'],
    ]
    for (const [newUsername, problem] of refused) {
      for (const given of [code, 'x', undefined]) {
        const confirmed = site.auth.confirmUsernameReset({ code: given as never, newUsername: newUsername as never })
        await expect(confirmed, String(newUsername).slice(0, 20)).rejects.toMatchObject(
          fieldsOf({ newUsername: [{ code: problem }] }),
        )
      }
    }
    for (const hostile of ['a\0b', '\ud800'] as const) {
      expect(await refusalOf(site.auth.confirmUsernameReset({ code, newUsername: hostile }))).toBe('validation_failed')
    }
    expect((await site.auth.confirmUsernameReset({ code, newUsername: 'Ann' })).username).toBe('Ann')
  })

  it('asks for the same name twice, as it was typed', async () => {
    const site = testAuth()
    await activeUser(site)
    const code = await renameCode(site)
    const confirmed = site.auth.confirmUsernameReset({ code, newUsername: 'anna', newUsernameAgain: 'Anna' })
    await expect(confirmed).rejects.toMatchObject(fieldsOf({ newUsernameAgain: [{ code: 'differs' }] }))
    await site.auth.confirmUsernameReset({ code, newUsername: 'anna', newUsernameAgain: 'anna' })
  })

  it('takes the code of the user that is named alone', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const bob = await activeUser(site, 'bob')
    const code = await renameCode(site)
    const confirm = (userId: unknown): Promise<unknown> =>
      site.auth.confirmUsernameReset({ code, userId: userId as never, newUsername: 'anna' })
    await expect(confirm(null)).rejects.toMatchObject({ code: 'code_invalid', details: { reason: 'user_unknown' } })
    await expect(confirm(bob.id)).rejects.toMatchObject({ code: 'code_invalid', details: {} })
    expect(await confirm(`${id}`)).toMatchObject({ id, username: 'anna' })
  })

  it('is dead once the password was replaced, the address changed or the user disabled', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const code = await renameCode(site)
    await site.auth.setPassword({ userId: id, newPassword: 'a heron at the mill pond', passwordCheck: 'enforced' })
    expect(await refusalOf(site.auth.confirmUsernameReset({ code, newUsername: 'anna' }))).toBe('code_invalid')
    const other = await renameCode(site)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await refusalOf(site.auth.confirmUsernameReset({ code: other, newUsername: 'anna' }))).toBe('code_invalid')
  })

  it('lets nobody without a code find out about many names', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 2, perSeconds: 60 } } })
    await activeUser(site)
    const probe = (): Promise<string | null> =>
      refusalOf(site.auth.confirmUsernameReset({ code: 'x', newUsername: 'ann' }))
    expect([await probe(), await probe(), await probe()]).toEqual([
      'validation_failed',
      'validation_failed',
      'rate_limited',
    ])
  })

  it('proves the mailbox, and counts as a log-in only where that is asked for', async () => {
    const site = testAuth({ login: { emailMustBeVerified: false } })
    await site.auth.register({ username: 'ann', email: EMAIL, password: GOOD_PASSWORD })
    const first = await site.auth.confirmUsernameReset({ code: await renameCode(site), newUsername: 'anna' })
    expect([first.emailVerifiedAt, first.lastLoginAt]).toEqual([site.clock.now(), null])
    const input = { code: await renameCode(site), newUsername: 'ann', updateLastLogin: true }
    expect((await site.auth.confirmUsernameReset(input)).lastLoginAt).toEqual(site.clock.now())
  })
})
