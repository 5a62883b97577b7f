import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'en'
const characters = counted(language, { one: 'character', other: 'characters' })
const seconds = counted(language, { one: 'second', other: 'seconds' })

const attributes = {
  username: 'username',
  email: 'email address',
  firstName: 'first name',
  lastName: 'last name',
  other: 'account data',
}

/** English: the wire format. */
export const en: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'This field is required.',
    unknown_field: () => 'There is no such field.',
    not_writable: () => 'This field is read-only.',
    not_text: () => 'Not a valid string.',
    not_number: () => 'A valid number is required.',
    not_boolean: () => 'Must be a valid boolean.',
    not_date: ({ format }) =>
      `Datetime has wrong format.${format === undefined ? '' : ` Use one of these formats instead: ${format}.`}`,
    not_json: () => 'Value must be valid JSON.',
    not_a_choice: ({ input }) => (input === undefined ? 'Not a valid choice.' : `"${input}" is not a valid choice.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'This value is too long.'
        : `Ensure this field has no more than ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'This value is too small.' : `Ensure this value is greater than or equal to ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'This value is too large.' : `Ensure this value is less than or equal to ${max}.`,
    null_characters: () => 'Null characters are not allowed.',
    surrogate_characters: ({ codePoint }) =>
      `Surrogate characters are not allowed${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Enter a valid email address.',
    username_invalid: () =>
      'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
    username_reserved: () => 'Username can not be used. Please use other username.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'This field must be unique.'
        : `${model} with this ${field} already exists.`,
    password_too_short: ({ minLength }) =>
      `This password is too short.${minLength === undefined ? '' : ` It must contain at least ${characters(minLength)}.`}`,
    password_too_long: () => 'This password is too long.',
    password_too_common: () => 'This password is too common.',
    password_entirely_numeric: () => 'This password is entirely numeric.',
    password_too_similar: ({ attribute }) =>
      `The password is too similar to the ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'This password contains the name of this site.',
    wrong_password: () => 'Invalid password.',
    differs: () => "The two password fields didn't match.",
    custom: ({ message }) => (message === undefined ? 'Invalid value.' : `${message}`),
  },
  fields: {
    notNull: 'This field may not be null.',
    notBlank: 'This field may not be blank.',
    minLength: (minLength) => `Ensure this field has at least ${characters(minLength)}.`,
    notAnInteger: 'A valid integer is required.',
    numberTooLong: 'String value too large.',
    usernameTaken: 'A user with that username already exists.',
  },
  requests: {
    noData: 'No data provided',
    invalidData: (type) => `Invalid data. Expected a dictionary, but got ${type}.`,
    jsonParseError: (detail) => `JSON parse error - ${detail}`,
    multipartParseError: (detail) => `Multipart form parse error - ${detail}`,
    malformed: 'Malformed request.',
    unsupportedMediaType: (type) => `Unsupported media type "${type}" in request.`,
    notAcceptable: 'Could not satisfy the request Accept header.',
    methodNotAllowed: (method) => `Method "${method}" not allowed.`,
    notFound: 'Not found.',
    noMatch: (model) => `No ${model} matches the given query.`,
    invalidPage: 'Invalid page.',
    throttled: (wait) => `Request was throttled.${wait === null ? '' : ` Expected available in ${seconds(wait)}.`}`,
    payloadTooLarge: 'The request is too large.',
    serverError: 'A server error occurred.',
    unavailable: 'The service is temporarily unavailable.',
  },
  authentication: {
    credentialsMissing: 'Authentication credentials were not provided.',
    credentialsIncorrect: 'Incorrect authentication credentials.',
    permissionDenied: 'You do not have permission to perform this action.',
    invalidToken: 'Invalid token.',
    userInactiveOrDeleted: 'User inactive or deleted.',
    tokenHeader: {
      noCredentials: 'Invalid token header. No credentials provided.',
      containsSpaces: 'Invalid token header. Token string should not contain spaces.',
      invalidCharacters: 'Invalid token header. Token string should not contain invalid characters.',
    },
    basicHeader: {
      noCredentials: 'Invalid basic header. No credentials provided.',
      containsSpaces: 'Invalid basic header. Credentials string should not contain spaces.',
      notBase64: 'Invalid basic header. Credentials not correctly base64 encoded.',
    },
    invalidUsernameOrPassword: 'Invalid username/password.',
    cannotLogIn: 'Unable to log in with provided credentials.',
    userDisabled: 'User account is disabled.',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization header must contain two space-delimited values',
    notValidForAnyType: 'Given token not valid for any token type',
    invalid: 'Token is invalid',
    expired: 'Token is expired',
    wrongType: 'Token has wrong type',
    blacklisted: 'Token is blacklisted',
    noType: 'Token has no type',
    noId: 'Token has no id',
    missingClaim: (claim) => `Token has no '${claim}' claim`,
    noUserIdentification: 'Token contained no recognizable user identification',
    userNotFound: 'User not found',
    userInactive: 'User is inactive',
    noActiveAccount: 'No active account found with the given credentials',
    noActiveAccountForToken: 'No active account found for the given token.',
  },
  csrf: csrfWords,
}
