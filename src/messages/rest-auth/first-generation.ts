import type { DrfMessages } from '../drf/drf-messages.ts'

const tokenWrong = 'CSRF token missing or incorrect.'

/** The Django of generation 0.9 had one sentence for everything that can be wrong with a CSRF token. */
export function csrfAsFirstGeneration(words: DrfMessages): DrfMessages {
  return {
    ...words,
    csrf: {
      ...words.csrf,
      tokenMissing: tokenWrong,
      tokenIncorrect: () => tokenWrong,
      tokenLength: () => tokenWrong,
      tokenCharacters: () => tokenWrong,
    },
  }
}

/** Django's forms spoke for themselves in one place of 0.9. */
export const emailTooLong = (maxLength: number, length: number): string =>
  `Ensure this value has at most ${maxLength} characters (it has ${length}).`
