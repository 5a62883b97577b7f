import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import { en } from './en.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** The sentences of the rest-auth door, in languages that `drfCatalogues` has, too. */
export const restAuthCatalogues: LazyCatalogues<RestAuthMessages> = lazyCatalogues(en, {
  ar: async () => (await import('./ar.ts')).ar,
  cs: async () => (await import('./cs.ts')).cs,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  it: async () => (await import('./it.ts')).it,
  ko: async () => (await import('./ko.ts')).ko,
  nl: async () => (await import('./nl.ts')).nl,
  pl: async () => (await import('./pl.ts')).pl,
  'pt-BR': async () => (await import('./pt-br.ts')).ptBR,
  ro: async () => (await import('./ro.ts')).ro,
  ru: async () => (await import('./ru.ts')).ru,
  sv: async () => (await import('./sv.ts')).sv,
  tr: async () => (await import('./tr.ts')).tr,
  uk: async () => (await import('./uk.ts')).uk,
  'zh-Hans': async () => (await import('./zh-hans.ts')).zhHans,
})

/** The catalogue for a language tag or an `Accept-Language`, English where there is none or it is not loaded. */
export function restAuthMessagesFor(language: string): RestAuthMessages {
  return restAuthCatalogues.messagesFor(language)
}
