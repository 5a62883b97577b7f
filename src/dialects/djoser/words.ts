import { djoserMessagesFor } from '../../messages/djoser/catalogues.ts'
import type { DjoserMessages } from '../../messages/djoser/djoser-messages.ts'
import { drfMessagesFor } from '../../messages/drf/catalogues.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { DjoserConstant } from './options.ts'
import type { DjoserSettings } from './settings.ts'

type Constants = Pick<DjoserSettings, 'constants'>

/** The sentences of this door in a language, with those that the site has replaced. */
export function djoserWords({ constants }: Constants, language: string): DjoserMessages {
  return withConstants(djoserMessagesFor(language), constants)
}

/** The sentences that it shares with others. Most of what is replaced is said through `djoserWords` alone. */
export function sharedWords({ constants }: Constants, language: string): DrfMessages {
  return withSharedConstants(drfMessagesFor(language), constants)
}

type Replaced = { readonly [K in DjoserConstant]?: string }

/** Puts the site's own sentences in place of a catalogue's, also of an older generation's. */
export function withConstants(words: DjoserMessages, constants: Replaced): DjoserMessages {
  const { usernameMismatchError } = constants
  return {
    ...words,
    cannotLogIn: constants.invalidCredentialsError ?? words.cannotLogIn,
    tokenInvalid: constants.invalidTokenError ?? words.tokenInvalid,
    userIdInvalid: constants.invalidUidError ?? words.userIdInvalid,
    tokenStale: constants.staleTokenError ?? words.tokenStale,
    passwordsDiffer: constants.passwordMismatchError ?? words.passwordsDiffer,
    fieldsDiffer: usernameMismatchError === undefined ? words.fieldsDiffer : () => usernameMismatchError,
    passwordInvalid: constants.invalidPasswordError ?? words.passwordInvalid,
    emailUnknown: constants.emailNotFound ?? words.emailUnknown,
    cannotCreate: constants.cannotCreateUserError ?? words.cannotCreate,
  }
}

/** The same for the sentence that every door has about a user who was barred. */
export function withSharedConstants(words: DrfMessages, { inactiveAccountError }: Replaced): DrfMessages {
  if (inactiveAccountError === undefined) return words
  return { ...words, authentication: { ...words.authentication, userDisabled: inactiveAccountError } }
}
