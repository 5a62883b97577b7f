import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const WRONG = [{ code: 'wrong_password' }]

describe('changeUsername', () => {
  it('gives the user the new name and tells them by mail', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { newUsername: 'anne', newUsernameAgain: 'anne', currentPassword: GOOD_PASSWORD }
    expect(await site.auth.changeUsername(change, caller)).toMatchObject({ username: 'anne' })
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('tells of a bad name and a wrong password together', async () => {
    const site = testAuth({ lockout: { maxFailures: 100 } })
    const { caller } = await newMember(site, 'ann')
    await newMember(site, 'bob')
    const cases = [
      { newUsername: 'bob', code: 'taken' },
      { newUsername: 'BOB', code: 'taken' },
      { newUsername: 'ann', code: 'taken' },
      { newUsername: 'a b', code: 'username_invalid' },
      { newUsername: 'admin', code: 'username_reserved' },
      { newUsername: '', code: 'required' },
    ]
    for (const { newUsername, code } of cases) {
      const change = { newUsername, newUsernameAgain: 'other' }
      await expect(
        site.auth.changeUsername({ ...change, currentPassword: 'wrong' }, caller),
        newUsername,
      ).rejects.toMatchObject({
        code: 'validation_failed',
        details: { fields: { newUsername: [{ code }], currentPassword: WRONG } },
      })
      await expect(
        site.auth.changeUsername({ ...change, currentPassword: GOOD_PASSWORD }, caller),
        newUsername,
      ).rejects.toMatchObject({ details: { fields: { newUsername: [{ code }] } } })
    }
  })

  it('tells of a wrong password alone, and of differing entries only once all else is right', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { newUsername: 'anne', newUsernameAgain: 'Anne' }
    expect(await refusalOf(site.auth.changeUsername({ ...change, currentPassword: 'wrong' }, caller))).toBe(
      'wrong_current_password',
    )
    await expect(site.auth.changeUsername({ ...change, currentPassword: GOOD_PASSWORD }, caller)).rejects.toMatchObject(
      { details: { fields: { newUsernameAgain: [{ code: 'differs' }] } } },
    )
    expect(await site.auth.findUser('anne')).toBeNull()
  })

  it('counts a guess at the password whatever the name is', async () => {
    const site = testAuth({ lockout: { maxFailures: 3 } })
    const { caller } = await newMember(site, 'ann')
    const change = (currentPassword: string) =>
      refusalOf(site.auth.changeUsername({ newUsername: 'a b', currentPassword }, caller))
    for (let guess = 0; guess < 3; guess += 1) expect(await change(`wrong ${guess}`)).toBe('validation_failed')
    const right = { newUsername: 'anne', currentPassword: GOOD_PASSWORD }
    expect(await refusalOf(site.auth.changeUsername(right, caller))).toBe('wrong_current_password')
  })

  it('lets the own name be spelled otherwise', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { newUsername: 'Ann', currentPassword: GOOD_PASSWORD }
    expect(await site.auth.changeUsername(change, caller)).toMatchObject({ username: 'Ann' })
  })

  it('limits how many names one may ask for, but not how often a name may be malformed', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, changesPerUser: { count: 2, perSeconds: 3600 } } })
    const { caller } = await newMember(site, 'ann')
    await newMember(site, 'bob')
    const ask = (newUsername: string) =>
      refusalOf(site.auth.changeUsername({ newUsername, currentPassword: GOOD_PASSWORD }, caller))
    for (let time = 0; time < 3; time += 1) expect(await ask('a b')).toBe('validation_failed')
    for (let time = 0; time < 2; time += 1) expect(await ask('bob')).toBe('validation_failed')
    expect(await ask('bob')).toBe('rate_limited')
  })

  it('gives one of two who ask for one name at once', async () => {
    const site = testAuth()
    const callers = [(await newMember(site, 'ann')).caller, (await newMember(site, 'bob')).caller]
    const change = { newUsername: 'zoe', currentPassword: GOOD_PASSWORD }
    const refusals = await Promise.all(callers.map((caller) => refusalOf(site.auth.changeUsername(change, caller))))
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(1)
    expect(refusals).toContain('validation_failed')
  })

  it('refuses whatever is no name', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const hostile = HOSTILE_VALUES.filter((value) => typeof value !== 'string' || !/^[\p{L}\p{N}_]+$/u.test(value))
    for (const value of [...hostile, 'x'.repeat(100_000)]) {
      const change = { newUsername: value as string, currentPassword: GOOD_PASSWORD }
      expect(await refusalOf(site.auth.changeUsername(change, caller)), String(value)).toBe('validation_failed')
      const again = { newUsername: 'anne', newUsernameAgain: value as string, currentPassword: GOOD_PASSWORD }
      expect(await refusalOf(site.auth.changeUsername(again, caller))).toBe('validation_failed')
    }
  })
})
