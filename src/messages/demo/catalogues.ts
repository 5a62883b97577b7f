import { type LazyCatalogues, lazyCatalogues } from '../lazy-catalogues.ts'
import type { DemoMessages } from './demo-messages.ts'
import { en } from './en.ts'

/** The sentences of the page on which an account can be tried. */
export const demoCatalogues: LazyCatalogues<DemoMessages> = lazyCatalogues(en, {
  de: async () => (await import('./de.ts')).de,
})
