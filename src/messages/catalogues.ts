import { chooseLanguage } from './choose-language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Messages } from './messages.ts'

/** The languages that Portress speaks, by BCP 47 tag, the default first. */
export const catalogues: Readonly<Record<string, Messages>> = { en, de }

/** The catalogue for a language tag: `de-AT` gives the German one, a language nobody wrote one for the English. */
export function messagesFor(language: string): Messages {
  const tag = chooseLanguage(language, Object.keys(catalogues))
  return catalogues[tag] ?? en
}
