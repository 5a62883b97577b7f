import type { AuthError } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { NamedField } from '../drf/field-errors.ts'
import { NON_FIELD } from '../drf/field-set.ts'
import type { DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DjoserSettings } from './settings.ts'
import { djoserWords } from './words.ts'

/** What rows of this door say in its own words. */
export interface Refusals {
  /** `{"current_password": […]}`. */
  readonly wrongPassword: (error: AuthError, call: DrfCall) => DrfAnswer
  /** `{"uid": […]}`, `{"token": […]}`, or 403 for an account that is active already. */
  readonly badCode: (error: AuthError, call: DrfCall) => DrfAnswer
  /** `{"non_field_errors": […]}` of a log-in. */
  readonly cannotLogIn: (error: AuthError, call: DrfCall) => DrfAnswer
  /** A list with one sentence. */
  readonly emailUnknown: (error: AuthError, call: DrfCall) => DrfAnswer
  /** A list with one sentence, where the name was free when it was looked up. */
  readonly cannotCreate: (error: AuthError, call: DrfCall) => DrfAnswer | null
  readonly currentPassword: NamedField
  readonly passwordsDiffer: NamedField
  readonly fieldsDiffer: (field: string) => NamedField
}

export function refusalsOf(settings: DjoserSettings): Refusals {
  const words = (call: Pick<DrfCall, 'words'>) => djoserWords(settings, call.words.language)
  return {
    wrongPassword: (_, call) => ({ status: 400, body: { current_password: [words(call).passwordInvalid] } }),
    badCode: ({ details }, call) => {
      const { userIdInvalid, tokenInvalid, tokenStale } = words(call)
      if (details.reason === 'already_active') return { status: 403, body: { detail: tokenStale } }
      if (details.reason === 'user_unknown') return { status: 400, body: { uid: [userIdInvalid] } }
      return { status: 400, body: { token: [tokenInvalid] } }
    },
    cannotLogIn: (_, call) => ({ status: 400, body: { [NON_FIELD]: [words(call).cannotLogIn] } }),
    emailUnknown: (_, call) => ({ status: 400, body: [words(call).emailUnknown] }),
    cannotCreate: ({ details }, call) =>
      details.reason === 'taken_meanwhile' ? { status: 400, body: [words(call).cannotCreate] } : null,
    currentPassword: {
      name: 'current_password',
      sentence: ({ code }, { language }) =>
        code === 'wrong_password' ? djoserWords(settings, language).passwordInvalid : null,
    },
    passwordsDiffer: nonField(({ language }) => djoserWords(settings, language).passwordsDiffer),
    fieldsDiffer: (field) => nonField(({ language }) => djoserWords(settings, language).fieldsDiffer(field)),
  }
}

const nonField = (sentence: (words: DrfMessages) => string): NamedField => ({
  name: NON_FIELD,
  sentence: (_, words) => sentence(words),
})
