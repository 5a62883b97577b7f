import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { bearer, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

describe('checkCurrentPassword', () => {
  it('lets the right one pass, and changes nothing', async () => {
    const site = testAuth()
    const { caller, issued } = await newMember(site, 'ann')
    await expect(site.auth.checkCurrentPassword({ currentPassword: GOOD_PASSWORD }, caller)).resolves.toBeUndefined()
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
  })

  it('counts wrong ones like any other guess, and then refuses the right one, too', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    for (const currentPassword of ['a', 'b', 'c', GOOD_PASSWORD]) {
      expect(await refusalOf(site.auth.checkCurrentPassword({ currentPassword }, caller))).toBe(
        'wrong_current_password',
      )
    }
    expect(await refusalOf(site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD }))).toBe('invalid_credentials')
  })

  it('asks for a caller and for a text', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const check = (currentPassword: unknown, by = caller) =>
      refusalOf(site.auth.checkCurrentPassword({ currentPassword: currentPassword as string }, by))
    expect(await check(GOOD_PASSWORD, {})).toBe('not_authenticated')
    for (const value of [undefined, null, '', 7, [], {}]) expect(await check(value)).toBe('validation_failed')
  })
})
