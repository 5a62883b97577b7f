import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'

const EMAIL = 'ann@example.org'
const NEW_PASSWORD = 'a heron at the mill pond'

async function resetCode(site: TestAuth, email = EMAIL): Promise<string> {
  await site.auth.requestPasswordReset({ email })
  return newestCode(site, email)
}

describe('confirmPasswordReset', () => {
  it('tells what is wrong with a password before anything about the code', async () => {
    const { auth } = testAuth()
    await expect(auth.confirmPasswordReset({ code: 'x', userId: 'x', newPassword: '1234' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        fields: {
          newPassword: [
            { code: 'password_too_short' },
            { code: 'password_too_common' },
            { code: 'password_entirely_numeric' },
          ],
        },
      },
    })
    expect(await refusalOf(auth.confirmPasswordReset({ code: 'x', newPassword: NEW_PASSWORD }))).toBe('code_invalid')
  })

  it('tells with it that the second entry is another', async () => {
    const site = testAuth()
    await activeUser(site)
    const code = await resetCode(site)
    for (const newPasswordAgain of [`${NEW_PASSWORD} `, '', null, 7, {}] as readonly unknown[] as readonly never[]) {
      const confirmed = site.auth.confirmPasswordReset({ code, newPassword: NEW_PASSWORD, newPasswordAgain })
      await expect(confirmed).rejects.toMatchObject({
        details: { fields: { newPasswordAgain: [{ code: 'differs' }] } },
      })
    }
    const both = site.auth.confirmPasswordReset({ code, newPassword: '', newPasswordAgain: 'x' })
    await expect(both).rejects.toMatchObject({
      details: { fields: { newPassword: [{ code: 'required' }], newPasswordAgain: [{ code: 'differs' }] } },
    })
    await site.auth.confirmPasswordReset({ code, newPassword: NEW_PASSWORD, newPasswordAgain: NEW_PASSWORD })
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.username).toBe('ann')
  })

  it('judges the likeness to the user with the user, and leaves the code good', async () => {
    const site = testAuth()
    await activeUser(site, 'lighthousekeeper')
    const code = await resetCode(site, 'lighthousekeeper@example.org')
    const confirmed = site.auth.confirmPasswordReset({ code, newPassword: 'lighthousekeepers' })
    await expect(confirmed).rejects.toMatchObject({
      details: { fields: { newPassword: [{ code: 'password_too_similar' }, { code: 'password_context_word' }] } },
    })
    await site.auth.confirmPasswordReset({ code, newPassword: NEW_PASSWORD })
  })

  it('takes the code of the user that is named alone', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const bob = await activeUser(site, 'bob')
    const code = await resetCode(site)
    const confirm = (userId: unknown): Promise<void> =>
      site.auth.confirmPasswordReset({ code, userId: userId as never, newPassword: NEW_PASSWORD })
    await expect(confirm('junk')).rejects.toMatchObject({ code: 'code_invalid', details: { reason: 'user_unknown' } })
    await expect(confirm(4711)).rejects.toMatchObject({ code: 'code_invalid', details: { reason: 'user_unknown' } })
    await expect(confirm(bob.id)).rejects.toMatchObject({ code: 'code_invalid', details: {} })
    expect((await logIn(site.auth, 'bob')).user.id).toBe(bob.id)
    await confirm(id)
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.id).toBe(id)
  })

  it('counts as a log-in only where that is asked for', async () => {
    const site = testAuth()
    await activeUser(site)
    await site.auth.confirmPasswordReset({ code: await resetCode(site), newPassword: NEW_PASSWORD })
    expect(await site.auth.findUser('ann')).toMatchObject({ lastLoginAt: null })
    const again = { code: await resetCode(site), newPassword: GOOD_PASSWORD, updateLastLogin: true }
    await site.auth.confirmPasswordReset(again)
    expect(await site.auth.findUser('ann')).toMatchObject({ lastLoginAt: site.clock.now() })
  })
})
