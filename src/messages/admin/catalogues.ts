import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import type { AdminMessages } from './admin-messages.ts'
import { en } from './en.ts'

/** The sentences of the pages for operators. */
export const adminCatalogues: LazyCatalogues<AdminMessages> = lazyCatalogues(en, {
  de: async () => (await import('./de.ts')).de,
})

/** The catalogue for a language tag or an `Accept-Language`, English where there is none or it is not loaded. */
export function adminMessagesFor(language: string): AdminMessages {
  return adminCatalogues.messagesFor(language)
}
