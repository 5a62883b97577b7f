import type { RestAuthMessages } from '../../messages/rest-auth/rest-auth-messages.ts'
import type { FieldSet } from '../drf/field-set.ts'
import type { FieldReader } from '../drf/fields.ts'
import { replacedInput } from '../drf/replaced-input.ts'
import { serializer } from '../drf/serializer.ts'
import type { DrfCall, Generation } from '../drf/view.ts'
import { generationOf } from './generation.ts'
import type { RestAuthInput } from './options.ts'
import type { RestAuthSettings } from './settings.ts'
import { type UserDetails, userDetailsOf } from './user-details.ts'
import { doorWords } from './words.ts'

/** What the views of this door are made of, made once. */
export interface DoorParts {
  readonly settings: RestAuthSettings
  readonly generation: Generation
  /** The door's own sentences, in the language of a call. */
  readonly words: (call: Pick<DrfCall, 'words'>) => RestAuthMessages
  /** What an endpoint reads, unless the site has put something in its place. */
  readonly input: (name: RestAuthInput, readers: Readonly<Record<string, FieldReader>>) => FieldSet
  readonly details: UserDetails
}

export function doorParts(settings: RestAuthSettings): DoorParts {
  return {
    settings,
    generation: generationOf(settings),
    words: ({ words: { language } }) => doorWords(settings, language),
    input: (name, readers) => replacedInput(settings.schemas[name]) ?? serializer(readers),
    details: userDetailsOf(settings),
  }
}
