import type { Generation } from '../drf/view.ts'
import type { DjoserSettings } from './settings.ts'
import { sharedWords } from './words.ts'

/** How 2.x says things. */
export const secondGeneration = (settings: DjoserSettings): Generation => ({
  words: (language) => sharedWords(settings, language),
  json: 'compact',
  mailStyle: settings.name,
})
