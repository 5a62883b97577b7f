import type { PasswordValidator } from '../contracts/validator.ts'

/** Refuses passwords that consist of digits, in whatever script or shape: `password_entirely_numeric`. */
export function notEntirelyNumeric(): PasswordValidator {
  return {
    name: 'not-entirely-numeric',
    validate(password) {
      return DIGITS_ONLY.test(password) ? [{ code: 'password_entirely_numeric' }] : []
    },
  }
}

// What Python's `isdigit` accepts, so that a Django site beside us judges alike: decimal digits, then the 128 characters
// of Unicode's numeric type "digit" (superscripts, circled digits, …). Fractions and Roman numerals are none.
const DIGITS_ONLY = new RegExp(
  `^[\\p{Nd}${[
    '²³¹፩-፱᧚⁰⁴-⁹₀-₉',
    '①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒',
    '\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}',
  ].join('')}]+$`,
  'u',
)
