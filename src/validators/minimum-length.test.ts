import { describe, expect, it } from 'vitest'
import { validatorConformance } from '../testing/validator-conformance.ts'
import { minimumLength } from './minimum-length.ts'

describe('minimumLength', () => {
  validatorConformance({
    newValidator: () => minimumLength(8),
    refuses: [
      { password: '', code: 'password_too_short' },
      { password: 'x7#Kq9!', code: 'password_too_short' },
      // Fourteen UTF-16 units, but seven characters.
      { password: '🔑'.repeat(7), code: 'password_too_short' },
    ],
    accepts: [{ password: 'x7#Kq9!v' }, { password: '🔑'.repeat(8) }, { password: ' '.repeat(8) }],
  })

  it('says how long a password must be', () => {
    const context = { username: null, email: null, firstName: '', lastName: '', siteWords: [] }
    expect(minimumLength(15).validate('short', context)).toEqual([
      { code: 'password_too_short', params: { minLength: 15 } },
    ])
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses %s as a length', (min) => {
    expect(() => minimumLength(min)).toThrow(TypeError)
  })
})
