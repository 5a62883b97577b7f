import type { PasswordContext, PasswordValidator } from '../contracts/validator.ts'
import { caseFold } from '../util/case-fold.ts'
import { codePointLength } from '../util/text.ts'

/**
 * Refuses passwords that are little more than where one is or who one is: `password_context_word`.
 *
 * The site's words, the user name and the address's local part are taken away, forwards and backwards; when fewer than
 * four letters remain, as of `Acme2024!`, the password is refused (OWASP ASVS 5.0, 6.1.2 and 6.2.11). A sentence that
 * happens to have such a word in it is fine.
 */
export function noContextWords(): PasswordValidator {
  return {
    name: 'no-context-words',
    validate(password, context) {
      // Nobody guesses a name written so often, and normalising is not free.
      if (password.length > MAX_JUDGED_LENGTH) return []
      const text = fold(password)
      const rest = contextWords(context).reduce((left, word) => left.replaceAll(word, ' '), text)
      if (rest === text || countLetters(rest) >= MIN_LETTERS) return []
      return [{ code: 'password_context_word' }]
    },
  }
}

const MAX_JUDGED_LENGTH = 256
const MIN_LETTERS = 4
const MIN_WORD_LENGTH = 3

/** Every word forwards and backwards, the longest first, so that a part of a name does not spoil the whole. */
function contextWords(context: PasswordContext): readonly string[] {
  const local = context.email?.split('@', 1)[0] ?? ''
  const words = [...context.siteWords, context.username ?? '', local].flatMap(spellings)
  const both = words.flatMap((word) => [word, [...word].reverse().join('')])
  return [...new Set(both)].sort((a, b) => b.length - a.length)
}

/** The text as a whole, without its gaps, and word by word: `Acme Corp`, `acmecorp`, `acme` and `corp`. */
function spellings(text: string): readonly string[] {
  const whole = fold(text)
  const parts = whole.split(/[^\p{L}\p{N}]+/u)
  return [whole, parts.join(''), ...parts].filter((word) => codePointLength(word) >= MIN_WORD_LENGTH)
}

function fold(text: string): string {
  return caseFold(text.normalize('NFKC'))
}

function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
