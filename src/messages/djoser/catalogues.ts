import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import type { DjoserMessages } from './djoser-messages.ts'
import { en } from './en.ts'

/** The sentences of the djoser door. What it shares with others is there in more languages than these. */
export const djoserCatalogues: LazyCatalogues<DjoserMessages> = lazyCatalogues(en, {
  ca: async () => (await import('./ca.ts')).ca,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fa: async () => (await import('./fa.ts')).fa,
  fr: async () => (await import('./fr.ts')).fr,
  id: async () => (await import('./id.ts')).id,
  ja: async () => (await import('./ja.ts')).ja,
  ka: async () => (await import('./ka.ts')).ka,
  me: async () => (await import('./me.ts')).me,
  pl: async () => (await import('./pl.ts')).pl,
  'pt-BR': async () => (await import('./pt-br.ts')).ptBR,
  ru: async () => (await import('./ru.ts')).ru,
})

/** The catalogue for a language tag or an `Accept-Language`, English where there is none or it is not loaded. */
export function djoserMessagesFor(language: string): DjoserMessages {
  return djoserCatalogues.messagesFor(language)
}
