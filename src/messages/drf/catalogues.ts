import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import type { DrfMessages } from './drf-messages.ts'
import { en } from './en.ts'

/** The sentences that the doors in the manner of Django REST framework share. */
export const drfCatalogues: LazyCatalogues<DrfMessages> = lazyCatalogues(en, {
  ar: async () => (await import('./ar.ts')).ar,
  ca: async () => (await import('./ca.ts')).ca,
  cs: async () => (await import('./cs.ts')).cs,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fa: async () => (await import('./fa.ts')).fa,
  fr: async () => (await import('./fr.ts')).fr,
  id: async () => (await import('./id.ts')).id,
  it: async () => (await import('./it.ts')).it,
  ja: async () => (await import('./ja.ts')).ja,
  ka: async () => (await import('./ka.ts')).ka,
  ko: async () => (await import('./ko.ts')).ko,
  me: async () => (await import('./me.ts')).me,
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
export function drfMessagesFor(language: string): DrfMessages {
  return drfCatalogues.messagesFor(language)
}
