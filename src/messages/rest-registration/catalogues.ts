import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import { en } from './en.ts'
import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** The sentences of the rest-registration door, in the languages of the original. */
export const restRegistrationCatalogues: LazyCatalogues<RestRegistrationMessages> = lazyCatalogues(en, {
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  id: async () => (await import('./id.ts')).id,
  'pt-BR': async () => (await import('./pt-br.ts')).ptBR,
})

/** The catalogue for a language tag or an `Accept-Language`, English where there is none or it is not loaded. */
export function restRegistrationMessagesFor(language: string): RestRegistrationMessages {
  return restRegistrationCatalogues.messagesFor(language)
}
