import type { ByGeneration } from './rest-auth-messages.ts'

/** Words of a language that says to clients of both generations the same. */
export function bothGenerations<T>(words: T): ByGeneration<T> {
  return { first: words, second: words }
}
