import type { PasswordValidator } from '../contracts/validator.ts'
import { trimWhiteSpace } from '../util/text.ts'

/**
 * Refuses the 49,000 passwords that are guessed first, in any case and with white space around: `password_too_common`.
 *
 * The list is read at the first password, so that a program that never sets one does not pay for it.
 */
export function notCommon(): PasswordValidator {
  return {
    name: 'not-common',
    async validate(password) {
      const { COMMON_PASSWORDS } = await import('./common-passwords.ts')
      const word = trimWhiteSpace(password).toLowerCase()
      return hasEntry(COMMON_PASSWORDS, word) ? [{ code: 'password_too_common' }] : []
    },
  }
}

/** Binary search in a sorted text of entries with a space between them: no 49,000 strings are kept for it. */
function hasEntry(list: string, word: string): boolean {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = list.lastIndexOf(' ', middle - 1) + 1
    const end = indexOfEnd(list, middle)
    const entry = list.slice(start, end)
    if (entry === word) return true
    if (entry < word) low = end + 1
    else high = start
  }
  return false
}

function indexOfEnd(list: string, from: number): number {
  const end = list.indexOf(' ', from)
  return end < 0 ? list.length : end
}
