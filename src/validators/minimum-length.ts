import type { PasswordValidator } from '../contracts/validator.ts'
import { codePointLength } from '../util/text.ts'

/**
 * Refuses passwords of fewer than `min` code points: `password_too_short` with `minLength`.
 *
 * @throws {TypeError} unless `min` is a whole number of 1 or more
 */
export function minimumLength(min: number): PasswordValidator {
  if (!Number.isInteger(min) || min < 1)
    throw new TypeError(`minimumLength: write a whole number of 1 or more, not ${min}`)
  return {
    name: 'minimum-length',
    validate(password) {
      if (codePointLength(password) >= min) return []
      return [{ code: 'password_too_short', params: { minLength: min } }]
    },
  }
}
