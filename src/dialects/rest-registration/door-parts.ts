import { drfMessagesFor } from '../../messages/drf/catalogues.ts'
import { restRegistrationMessagesFor } from '../../messages/rest-registration/catalogues.ts'
import type { RestRegistrationMessages } from '../../messages/rest-registration/rest-registration-messages.ts'
import type { JsonValue } from '../../model/field.ts'
import type { FieldSet } from '../drf/field-set.ts'
import type { FieldReader } from '../drf/fields.ts'
import { replacedInput } from '../drf/replaced-input.ts'
import { serializer } from '../drf/serializer.ts'
import type { DrfAnswer, DrfCall, Generation } from '../drf/view.ts'
import { businessError } from './errors.ts'
import type { RestRegistrationInput } from './options.ts'
import { type Profile, profileOf } from './profile.ts'
import type { RestRegistrationSettings } from './settings.ts'
import { successAnswer } from './success-answer.ts'

type Speaking = Pick<DrfCall, 'words'>

/** What the views of this door are made of, made once. */
export interface DoorParts {
  readonly settings: RestRegistrationSettings
  readonly generation: Generation
  /** The door's own sentences, in the language of a call. */
  readonly words: (call: Speaking) => RestRegistrationMessages
  /** What an endpoint reads, unless the site has put something in its place. */
  readonly input: (name: RestRegistrationInput, readers: Readonly<Record<string, FieldReader>>) => FieldSet
  readonly profile: Profile
  /** 200 with a message, and whatever else goes with it. */
  readonly succeed: (message: string, extra?: Readonly<Record<string, JsonValue>>) => DrfAnswer
  /** 400 with a message. */
  readonly fail: (message: string) => DrfAnswer
}

export function doorParts(settings: RestRegistrationSettings): DoorParts {
  return {
    settings,
    generation: { words: drfMessagesFor, json: 'compact', mailStyle: settings.name },
    words: ({ words: { language } }) => restRegistrationMessagesFor(language),
    input: (name, readers) => replacedInput(settings.schemas[name]) ?? serializer(readers),
    profile: profileOf(settings),
    succeed: (message, extra = {}) => successAnswer(settings, { message, status: 200, extra }),
    fail: (message) => businessError(settings, message),
  }
}
