import type { AdminText } from '../options.ts'

/** The text as it reads in a language. */
export function textIn(text: AdminText, language: string): string {
  return typeof text === 'string' ? text : text(language)
}
