import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES } from '../../test/support/members.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const NEW_PASSWORD = 'a heron at the mill pond'

async function resetCode(site: TestAuth, email = 'ann@example.org'): Promise<string> {
  await site.auth.requestPasswordReset({ email })
  return newestCode(site, email)
}

describe('checkResetCode', () => {
  it('takes a code as often as it is asked, and changes nothing', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const code = await resetCode(site)
    for (const input of [{ code }, { code, userId: id }, { code }]) {
      expect(await refusalOf(site.auth.checkResetCode(input))).toBeNull()
    }
    expect((await logIn(site.auth, 'ann')).user).toMatchObject({ id })
    await site.auth.confirmPasswordReset({ code, newPassword: NEW_PASSWORD })
    expect(await refusalOf(site.auth.checkResetCode({ code }))).toBe('code_invalid')
  })

  it('refuses for the same reasons as the reset itself', async () => {
    const site = testAuth()
    const ann = await activeUser(site)
    const bob = await activeUser(site, 'bob')
    const code = await resetCode(site)
    const refused: readonly (readonly [unknown, unknown, object])[] = [
      [code, 'junk', { reason: 'user_unknown' }],
      [code, 4711, { reason: 'user_unknown' }],
      [code, bob.id, {}],
      [`${code}x`, ann.id, {}],
      ...HOSTILE_VALUES.map((value) => [value, ann.id, {}] as const),
    ]
    for (const [text, userId, details] of refused) {
      const input = { code: text as string, userId: userId as number }
      const refusal = { code: 'code_invalid', details }
      await expect(site.auth.checkResetCode(input)).rejects.toMatchObject(refusal)
      const reset = site.auth.confirmPasswordReset({ ...input, newPassword: NEW_PASSWORD })
      await expect(reset).rejects.toMatchObject(refusal)
    }
  })

  it('takes no code of another purpose, of another epoch, of a disabled user or of the past', async () => {
    const site = testAuth()
    await site.auth.register({ username: 'eve', email: 'eve@example.org', password: GOOD_PASSWORD })
    const other = await newestCode(site, 'eve@example.org')
    expect(await refusalOf(site.auth.checkResetCode({ code: other }))).toBe('code_invalid')
    const { id } = await activeUser(site)
    const code = await resetCode(site)
    site.clock.advance({ hours: 1 })
    expect(await refusalOf(site.auth.checkResetCode({ code }))).toBe('code_invalid')
    const second = await resetCode(site)
    expect(await refusalOf(site.auth.checkResetCode({ code: second }))).toBeNull()
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await refusalOf(site.auth.checkResetCode({ code: second }))).toBe('code_invalid')
  })

  it('counts misses of an address together with those of the reset, and good codes never', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 2, perSeconds: 60 } } })
    await activeUser(site)
    const code = await resetCode(site)
    const from = { address: '192.0.2.7' }
    for (let count = 0; count < 4; count += 1)
      expect(await refusalOf(site.auth.checkResetCode({ code }, from))).toBeNull()
    const bad = { code: 'nonsense', newPassword: NEW_PASSWORD }
    expect(await refusalOf(site.auth.confirmPasswordReset(bad, from))).toBe('code_invalid')
    expect(await refusalOf(site.auth.checkResetCode(bad, from))).toBe('code_invalid')
    expect(await refusalOf(site.auth.checkResetCode(bad, from))).toBe('rate_limited')
    expect(await refusalOf(site.auth.checkResetCode({ code }, from))).toBeNull()
  })
})
