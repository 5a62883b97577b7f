import type { DjoserMessages } from '../../messages/djoser/djoser-messages.ts'
import { firstGeneration } from '../../messages/djoser/first-generation.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { DjoserSettings } from './settings.ts'
import { withConstants, withSharedConstants } from './words.ts'

/** The sentences of 0.x, with those that the site has replaced. It knew no languages: they are the same for everybody. */
export function firstGenerationWords({ constants }: Pick<DjoserSettings, 'constants'>): {
  readonly drf: DrfMessages
  readonly djoser: DjoserMessages
} {
  return {
    drf: withSharedConstants(firstGeneration.drf, constants),
    djoser: withConstants(firstGeneration.djoser, constants),
  }
}
