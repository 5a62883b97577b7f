import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const complaint = (fields: Readonly<Record<string, unknown>>) => ({ code: 'validation_failed', details: { fields } })

describe('checkRegistration', () => {
  it('lets what is free and acceptable pass, and reserves nothing', async () => {
    const { auth } = testAuth()
    const input = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }
    for (let time = 0; time < 2; time += 1) await expect(auth.checkRegistration(input)).resolves.toBeUndefined()
  })

  it('asks for nothing that is not given', async () => {
    await expect(testAuth().auth.checkRegistration({})).resolves.toBeUndefined()
  })

  it('tells everything that is wrong with what is given, and nothing else', async () => {
    const site = testAuth()
    await newMember(site, 'ann')
    await expect(site.auth.checkRegistration({ username: 'ANN', password: 'kx7#q' })).rejects.toMatchObject(
      complaint({
        username: [{ code: 'taken' }],
        password: [{ code: 'password_too_short', params: { minLength: 8 } }],
      }),
    )
  })

  it('keeps quiet about whose address it is, unless it is asked to tell', async () => {
    const site = testAuth()
    await newMember(site, 'ann')
    const email = 'ANN@example.org'
    await expect(site.auth.checkRegistration({ email })).resolves.toBeUndefined()
    await expect(site.auth.checkRegistration({ email, dangerouslyTellTaken: true })).rejects.toMatchObject(
      complaint({ email: [{ code: 'taken' }] }),
    )
  })

  it('takes nothing hostile for a name, an address or a password', async () => {
    const { auth } = testAuth()
    const unfit = HOSTILE_VALUES.filter((one) => typeof one !== 'string' && one !== undefined)
    for (const part of ['username', 'email', 'password']) {
      for (const value of unfit) {
        expect(await refusalOf(auth.checkRegistration({ [part]: value })), `${part}: ${value}`).toBe(
          'validation_failed',
        )
      }
    }
  })

  it('counts as a registration', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, registrationsPerAddress: { count: 2, perSeconds: 3600 } }
    const { auth } = testAuth({ rateLimits })
    const ask = () => refusalOf(auth.checkRegistration({ email: 'ann@example.org' }, { address: '192.0.2.1' }))
    expect([await ask(), await ask(), await ask()]).toEqual([null, null, 'rate_limited'])
  })
})
