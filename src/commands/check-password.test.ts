import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD } from '../../test/support/accounts.ts'
import { testAuth } from '../../test/support/test-auth.ts'

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
