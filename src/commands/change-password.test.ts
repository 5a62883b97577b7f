import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, logIn, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember, newSession } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

const NEW_PASSWORD = 'a heron at the mill pond'
const CHANGE = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD }

describe('changePassword', () => {
  it('ends all other sessions, and leaves the own one', async () => {
    const site = testAuth()
    const { caller, issued } = await newMember(site, 'ann')
    const others = [await newSession(site, 'ann'), await newSession(site, 'ann', 'cookie')]
    expect(await site.auth.changePassword(CHANGE, caller)).toEqual({ renewed: null })
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
    for (const other of others) {
      expect(await refusalOf(site.auth.authenticate(bearer(other.issued)))).toBe('token_invalid')
    }
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.username).toBe('ann')
  })

  it('gives a session in a cookie a new value', async () => {
    const site = testAuth()
    await newMember(site, 'ann')
    const { caller, issued } = await newSession(site, 'ann', 'cookie')
    const { renewed } = await site.auth.changePassword(CHANGE, caller)
    expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
    if (renewed === null) throw new Error('the cookie was not renewed')
    expect(await site.auth.authenticate(bearer(renewed))).toMatchObject({ session: { carrier: 'cookie' } })
  })

  it('ends the own session too where that is asked for, whatever carries it', async () => {
    for (const carrier of ['token', 'cookie', 'jwt'] as const) {
      const site = testAuth()
      await newMember(site, 'ann')
      const { caller, issued } = await newSession(site, 'ann', carrier)
      const result = await site.auth.changePassword({ ...CHANGE, endCurrentSession: true }, caller)
      expect(result).toEqual({ renewed: null })
      expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
      expect(await refusalOf(logIn(site.auth, 'ann', NEW_PASSWORD))).toBeNull()
    }
  })

  it('tells that the two entries differ together with what the validators say', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { currentPassword: GOOD_PASSWORD, newPassword: '12345', newPasswordAgain: '12346' }
    await expect(site.auth.changePassword(change, caller)).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        fields: {
          newPassword: expect.arrayContaining([expect.objectContaining({ code: 'password_too_short' })]),
          newPasswordAgain: [{ code: 'differs' }],
        },
      },
    })
    await expect(
      site.auth.changePassword({ ...CHANGE, newPasswordAgain: `${NEW_PASSWORD} ` }, caller),
    ).rejects.toMatchObject({ details: { fields: { newPasswordAgain: [{ code: 'differs' }] } } })
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBeNull()
    expect(await refusalOf(site.auth.changePassword({ ...CHANGE, newPasswordAgain: NEW_PASSWORD }, caller))).toBeNull()
  })

  it('tells nothing of the new password before the current one was right', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { currentPassword: 'wrong', newPassword: '1', newPasswordAgain: '2' }
    expect(await refusalOf(site.auth.changePassword(change, caller))).toBe('wrong_current_password')
  })

  it('refuses whatever is no text', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const hostile = HOSTILE_VALUES.filter((value) => typeof value !== 'string' || /[\0\ud800]/.test(value))
    for (const value of hostile) {
      for (const name of ['currentPassword', 'newPassword', 'newPasswordAgain'] as const) {
        const change = { ...CHANGE, [name]: value as string }
        expect(await refusalOf(site.auth.changePassword(change, caller))).toBe('validation_failed')
      }
    }
  })
})
