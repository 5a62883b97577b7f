import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

describe('checkUsername', () => {
  it('lets a free name pass, and reserves nothing', async () => {
    const { auth } = testAuth()
    for (let time = 0; time < 2; time += 1) {
      await expect(auth.checkUsername({ username: 'ann' })).resolves.toBeUndefined()
    }
  })

  it.each([
    ['a taken one', 'ANN', 'taken'],
    ['a reserved one', 'admin', 'username_reserved'],
    ['one of bad characters', 'an na', 'username_invalid'],
    ['a missing one', '', 'required'],
  ])('refuses %s', async (_, username, code) => {
    const site = testAuth()
    await newMember(site, 'ann')
    await expect(site.auth.checkUsername({ username })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { username: [{ code }] } },
    })
  })

  it('takes nothing hostile for a name', async () => {
    const { auth } = testAuth({ user: { username: 'required' } })
    for (const value of HOSTILE_VALUES.filter((one) => typeof one !== 'string')) {
      expect(await refusalOf(auth.checkUsername({ username: value as string })), String(value)).toBe(
        'validation_failed',
      )
    }
  })

  it('counts as a registration', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, registrationsPerAddress: { count: 2, perSeconds: 3600 } }
    const { auth } = testAuth({ rateLimits })
    const ask = () => refusalOf(auth.checkUsername({ username: 'ann' }, { address: '192.0.2.1' }))
    expect([await ask(), await ask(), await ask()]).toEqual([null, null, 'rate_limited'])
  })
})
