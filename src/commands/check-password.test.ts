import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD } from '../../test/support/accounts.ts'
import { newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

const SIMILAR = { code: 'password_too_similar', params: { attribute: 'username' } }

describe('checkPassword', () => {
  it('lets a password pass that somebody may take', async () => {
    await expect(testAuth().auth.checkPassword({ password: GOOD_PASSWORD })).resolves.toBeUndefined()
  })

  it('complains under the field that it is told', async () => {
    const { auth } = testAuth()
    const problems = [{ code: 'password_too_common' }, { code: 'password_entirely_numeric' }]
    await expect(auth.checkPassword({ password: '12345678' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { password: problems } },
    })
    await expect(auth.checkPassword({ password: '12345678', field: 'newPassword1' })).rejects.toMatchObject({
      details: { fields: { newPassword1: problems } },
    })
  })

  it('tells a likeness to the caller, where it is for them', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann.smith')
    const input = { password: 'ann.smith', field: 'newPassword', isForCaller: true }
    await expect(site.auth.checkPassword(input, caller)).rejects.toMatchObject({
      details: { fields: { newPassword: expect.arrayContaining([SIMILAR]) } },
    })
    await expect(site.auth.checkPassword({ ...input, isForCaller: false }, caller)).resolves.toBeUndefined()
    await expect(site.auth.checkPassword(input)).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  it('refuses whatever is no text', async () => {
    const { auth } = testAuth()
    const inputs: readonly (readonly [unknown, string])[] = [
      [undefined, 'required'],
      [null, 'required'],
      ['', 'required'],
      [7, 'not_text'],
      [[], 'not_text'],
      [{}, 'not_text'],
      ['a\0b', 'null_characters'],
      ['\ud800', 'surrogate_characters'],
      ['a'.repeat(4097), 'password_too_long'],
    ]
    for (const [password, code] of inputs) {
      await expect(auth.checkPassword({ password: password as never })).rejects.toMatchObject({
        details: { fields: { password: [{ code }] } },
      })
    }
  })
})
