import { chooseLanguage } from '../choose-language.ts'
import { ca } from './ca.ts'
import { de } from './de.ts'
import type { DrfMessages } from './drf-messages.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fa } from './fa.ts'
import { fr } from './fr.ts'
import { id } from './id.ts'
import { ja } from './ja.ts'
import { ka } from './ka.ts'
import { me } from './me.ts'
import { pl } from './pl.ts'
import { ptBR } from './pt-br.ts'
import { ru } from './ru.ts'

/** The languages of the doors in the manner of Django REST framework, by BCP 47 tag, the default first. */
export const drfCatalogues: Readonly<Record<string, DrfMessages>> = {
  en,
  ca,
  de,
  es,
  fa,
  fr,
  id,
  ja,
  ka,
  me,
  pl,
  'pt-BR': ptBR,
  ru,
}

/** The catalogue for a language tag or an `Accept-Language`, English where there is none. */
export function drfMessagesFor(language: string): DrfMessages {
  return drfCatalogues[chooseLanguage(language, Object.keys(drfCatalogues))] ?? en
}
