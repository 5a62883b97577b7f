import type { PasswordContext, PasswordValidator } from '../contracts/validator.ts'

export interface NotSimilarOptions {
  /** From 0.1 (nearly everything is similar) to 1 (only a password of the very same characters). @default 0.7 */
  readonly maxSimilarity?: number
}

/**
 * Refuses passwords made of the characters of the user's own name or address: `password_too_similar` with `attribute`,
 * the first that is similar.
 *
 * The measure is Django's: twice the characters in common by the sum of both lengths, so that an anagram is as similar
 * as the name itself. Its cost grows only with the sum of the lengths (CVE-2021-45115).
 *
 * @throws {TypeError} for a `maxSimilarity` outside of its range
 */
export function notSimilar({ maxSimilarity = 0.7 }: NotSimilarOptions = {}): PasswordValidator {
  if (!(maxSimilarity >= 0.1 && maxSimilarity <= 1)) {
    throw new TypeError(`notSimilar: write a maxSimilarity from 0.1 to 1, not ${maxSimilarity}`)
  }
  return {
    name: 'not-similar',
    validate(password, context) {
      const characters = countCharacters(password.toLowerCase())
      const isSimilar = (part: string) => similarity(characters, part, maxSimilarity) >= maxSimilarity
      const attribute = ATTRIBUTES.find((name) => partsOf(context[name]).some(isSimilar))
      return attribute === undefined ? [] : [{ code: 'password_too_similar', params: { attribute } }]
    },
  }
}

const ATTRIBUTES = ['username', 'firstName', 'lastName', 'email'] as const satisfies readonly (keyof PasswordContext)[]

/** The words of a value, and the value as a whole. */
function partsOf(value: string | null): readonly string[] {
  const lower = (value ?? '').toLowerCase()
  return [...new Set([...lower.split(/[^\p{L}\p{N}_]+/u), lower])].filter((part) => part !== '')
}

interface Characters {
  readonly length: number
  readonly counts: ReadonlyMap<string, number>
}

function countCharacters(text: string): Characters {
  const counts = new Map<string, number>()
  let length = 0
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1)
    length += 1
  }
  return { length, counts }
}

function similarity(password: Characters, text: string, maxSimilarity: number): number {
  const part = countCharacters(text)
  // A short word inside a long password says nothing about it.
  if (password.length >= 10 * part.length && part.length < (maxSimilarity / 2) * password.length) return 0
  let common = 0
  for (const [character, count] of part.counts) common += Math.min(count, password.counts.get(character) ?? 0)
  return (2 * common) / (password.length + part.length)
}
