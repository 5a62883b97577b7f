import type { FieldErrorCode } from '../../errors.ts'
import type { FieldErrorParams } from '../messages.ts'
import type { CsrfWords } from './csrf-words.ts'

/**
 * Every sentence that the doors in the manner of Django REST framework share, in one language. A catalogue that lacks
 * one does not compile.
 *
 * The English sentences are a wire format: clients compare them, so they are exact to the last full stop. What is read
 * by programs stands in no sentence of its own: the codes (`token_not_valid`), the names of types and of formats.
 */
export interface DrfMessages {
  /** BCP 47, but for `me`: Montenegrin under the tag that these clients ask for. */
  readonly language: string
  /** What is wrong with one field. The field's name is not part of it. */
  readonly fieldErrors: { readonly [K in FieldErrorCode]: (params: DrfFieldErrorParams) => string }
  /** Complaints that only these doors tell apart. */
  readonly fields: DrfFieldWords
  readonly requests: DrfRequestWords
  readonly authentication: DrfAuthenticationWords
  readonly jwt: DrfJwtWords
  readonly csrf: CsrfWords
}

/** What a `FieldError` may carry, and what a door adds. A sentence does without what is missing. */
export interface DrfFieldErrorParams extends FieldErrorParams {
  /** What a password resembles, as the validator names it: `username`, `email`, `firstName`, `lastName`. */
  readonly attribute?: string | number
  /** The lone surrogate, written `U+D800`. */
  readonly codePoint?: string | number
  /** How a date is to be written. */
  readonly format?: string | number
  /** What was sent in place of a choice. */
  readonly input?: string | number
  /** What must be unique, both or neither: the name of the model, and that of the field as people read it. */
  readonly model?: string | number
  readonly field?: string | number
  /** How long the value is that is too long. */
  readonly length?: string | number
}

export interface DrfFieldWords {
  /** The key is there, its value is `null`. */
  readonly notNull: string
  /** The key is there, its value is an empty text. */
  readonly notBlank: string
  readonly minLength: (minLength: number) => string
  readonly notAnInteger: string
  /** A number written as a text of excessive length. */
  readonly numberTooLong: string
  /** In place of `taken` for the stock user's name. */
  readonly usernameTaken: string
}

export interface DrfRequestWords {
  /** The body is JSON's `null`. */
  readonly noData: string
  /** The body is no object; `type` is what it is, in the words of the original: `list`, `str`, `int`. */
  readonly invalidData: (type: string) => string
  readonly jsonParseError: (detail: string) => string
  readonly multipartParseError: (detail: string) => string
  /** A body that could not be read, for want of a better reason. */
  readonly malformed: string
  readonly unsupportedMediaType: (type: string) => string
  readonly notAcceptable: string
  readonly methodNotAllowed: (method: string) => string
  readonly notFound: string
  /** There is no record of `model` for the id in the path. */
  readonly noMatch: (model: string) => string
  readonly invalidPage: string
  /** `null`: nobody knows for how long. */
  readonly throttled: (seconds: number | null) => string
  readonly payloadTooLarge: string
  readonly serverError: string
  readonly unavailable: string
}

export interface DrfAuthenticationWords {
  readonly credentialsMissing: string
  readonly credentialsIncorrect: string
  readonly permissionDenied: string
  readonly invalidToken: string
  readonly userInactiveOrDeleted: string
  /** A header `Authorization: Token …` that cannot hold one. */
  readonly tokenHeader: {
    readonly noCredentials: string
    readonly containsSpaces: string
    readonly invalidCharacters: string
  }
  /** A header `Authorization: Basic …` that cannot hold name and password. */
  readonly basicHeader: {
    readonly noCredentials: string
    readonly containsSpaces: string
    readonly notBase64: string
  }
  readonly invalidUsernameOrPassword: string
  /** A log-in by body, where no field is to blame. */
  readonly cannotLogIn: string
  readonly userDisabled: string
}

/** The words of the library that these doors take their JSON Web Tokens from. */
export interface DrfJwtWords {
  readonly headerNeedsTwoValues: string
  /** Around one of the next, when a token came in the header. */
  readonly notValidForAnyType: string
  readonly invalid: string
  readonly expired: string
  readonly wrongType: string
  readonly blacklisted: string
  readonly noType: string
  readonly noId: string
  readonly missingClaim: (claim: string) => string
  readonly noUserIdentification: string
  readonly userNotFound: string
  readonly userInactive: string
  /** The answer to a wrong name or password. */
  readonly noActiveAccount: string
  readonly noActiveAccountForToken: string
}
