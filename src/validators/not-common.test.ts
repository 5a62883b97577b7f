import { describe, expect, it } from 'vitest'
import { validatorConformance } from '../testing/validator-conformance.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { notCommon } from './not-common.ts'

const context = { username: null, email: null, firstName: '', lastName: '', siteWords: [] }

describe('notCommon', () => {
  const code = 'password_too_common'
  validatorConformance({
    newValidator: notCommon,
    refuses: [
      { password: 'password', code },
      { password: 'PassWord', code },
      { password: ' password\u0085', code },
      { password: 'qwertyuiop', code },
      { password: '12345678', code },
    ],
    accepts: [{ password: 'x7#Kq9!v' }, { password: 'correct horse battery' }, { password: 'password password' }],
  })

  it('refuses every entry of the list, the first and the last included', async () => {
    const validator = notCommon()
    const entries = COMMON_PASSWORDS.split(' ')
    for (const entry of entries) {
      if ((await validator.validate(entry, context)).length === 0) expect.fail(entry)
    }
  })

  it('knows at least the 3,000 most used passwords that are long enough (ASVS 6.2.4)', () => {
    expect(COMMON_PASSWORDS.split(' ').filter((entry) => entry.length >= 8).length).toBeGreaterThan(15_000)
  })

  it('does not take two neighbours of the list, or a part of an entry, for an entry', async () => {
    const [first = '', second = ''] = COMMON_PASSWORDS.split(' ').slice(20_000)
    for (const password of [`${first} ${second}`, '', ' ', 'asswordpasswor', 'passwor d', 'zzzzzzzzzzzzz~']) {
      expect(await notCommon().validate(password, context)).toEqual([])
    }
  })

  it('has a list in the order in which it is searched', () => {
    const entries = COMMON_PASSWORDS.split(' ')
    expect(entries.every((entry, index) => index === 0 || (entries[index - 1] ?? '') < entry)).toBe(true)
  })
})
