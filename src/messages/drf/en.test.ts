import { describe, expect, it } from 'vitest'
import { sentencesOf } from '../../../test/support/sentences.ts'
import { en } from './en.ts'

const { fieldErrors, fields, requests, authentication, jwt, csrf } = en

/** By path; what no contract has a text for is left out. */
const withoutParameters: Readonly<Record<string, string>> = {
  'fieldErrors.required': 'This field is required.',
  'fieldErrors.not_text': 'Not a valid string.',
  'fieldErrors.not_number': 'A valid number is required.',
  'fieldErrors.not_boolean': 'Must be a valid boolean.',
  'fieldErrors.not_json': 'Value must be valid JSON.',
  'fieldErrors.null_characters': 'Null characters are not allowed.',
  'fieldErrors.email_invalid': 'Enter a valid email address.',
  'fieldErrors.username_invalid':
    'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
  'fieldErrors.username_reserved': 'Username can not be used. Please use other username.',
  'fieldErrors.taken': 'This field must be unique.',
  'fieldErrors.password_too_common': 'This password is too common.',
  'fieldErrors.password_entirely_numeric': 'This password is entirely numeric.',
  'fieldErrors.wrong_password': 'Invalid password.',
  'fieldErrors.differs': "The two password fields didn't match.",
  'fields.notNull': 'This field may not be null.',
  'fields.notBlank': 'This field may not be blank.',
  'fields.notAnInteger': 'A valid integer is required.',
  'fields.numberTooLong': 'String value too large.',
  'fields.usernameTaken': 'A user with that username already exists.',
  'requests.noData': 'No data provided',
  'requests.malformed': 'Malformed request.',
  'requests.notAcceptable': 'Could not satisfy the request Accept header.',
  'requests.notFound': 'Not found.',
  'requests.invalidPage': 'Invalid page.',
  'requests.serverError': 'A server error occurred.',
  'authentication.credentialsMissing': 'Authentication credentials were not provided.',
  'authentication.credentialsIncorrect': 'Incorrect authentication credentials.',
  'authentication.permissionDenied': 'You do not have permission to perform this action.',
  'authentication.invalidToken': 'Invalid token.',
  'authentication.userInactiveOrDeleted': 'User inactive or deleted.',
  'authentication.tokenHeader.noCredentials': 'Invalid token header. No credentials provided.',
  'authentication.tokenHeader.containsSpaces': 'Invalid token header. Token string should not contain spaces.',
  'authentication.tokenHeader.invalidCharacters':
    'Invalid token header. Token string should not contain invalid characters.',
  'authentication.basicHeader.noCredentials': 'Invalid basic header. No credentials provided.',
  'authentication.basicHeader.containsSpaces': 'Invalid basic header. Credentials string should not contain spaces.',
  'authentication.basicHeader.notBase64': 'Invalid basic header. Credentials not correctly base64 encoded.',
  'authentication.invalidUsernameOrPassword': 'Invalid username/password.',
  'authentication.cannotLogIn': 'Unable to log in with provided credentials.',
  'authentication.userDisabled': 'User account is disabled.',
  'jwt.headerNeedsTwoValues': 'Authorization header must contain two space-delimited values',
  'jwt.notValidForAnyType': 'Given token not valid for any token type',
  'jwt.invalid': 'Token is invalid',
  'jwt.expired': 'Token is expired',
  'jwt.wrongType': 'Token has wrong type',
  'jwt.blacklisted': 'Token is blacklisted',
  'jwt.noType': 'Token has no type',
  'jwt.noId': 'Token has no id',
  'jwt.noUserIdentification': 'Token contained no recognizable user identification',
  'jwt.userNotFound': 'User not found',
  'jwt.userInactive': 'User is inactive',
  'jwt.noActiveAccount': 'No active account found with the given credentials',
  'jwt.noActiveAccountForToken': 'No active account found for the given token.',
  'csrf.cookieNotSet': 'CSRF cookie not set.',
  'csrf.cookieLength': 'CSRF cookie has incorrect length.',
  'csrf.cookieCharacters': 'CSRF cookie has invalid characters.',
  'csrf.tokenMissing': 'CSRF token missing.',
  'csrf.refererMissing': 'Referer checking failed - no Referer.',
  'csrf.refererMalformed': 'Referer checking failed - Referer is malformed.',
  'csrf.refererInsecure': 'Referer checking failed - Referer is insecure while host is secure.',
}

describe('the English catalogue of the DRF doors', () => {
  it.each(Object.entries(withoutParameters))('says %s as the original does', (path, text) => {
    expect(sentencesOf({ fieldErrors, fields, requests, authentication, jwt, csrf }, {}).get(path)).toBe(text)
  })

  it.each<[text: string, sentence: string]>([
    ['Ensure this field has no more than 150 characters.', fieldErrors.too_long({ maxLength: 150 })],
    ['Ensure this field has no more than 1 character.', fieldErrors.too_long({ maxLength: 1 })],
    ['Ensure this field has at least 4 characters.', fields.minLength(4)],
    ['Ensure this value is greater than or equal to 3.', fieldErrors.too_small({ min: 3 })],
    ['Ensure this value is less than or equal to 0.', fieldErrors.too_large({ max: 0 })],
    ['"mauve" is not a valid choice.', fieldErrors.not_a_choice({ input: 'mauve', choices: 'red, blue' })],
    [
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DD.',
      fieldErrors.not_date({ format: 'YYYY-MM-DD' }),
    ],
    ['Surrogate characters are not allowed: U+D800.', fieldErrors.surrogate_characters({ codePoint: 'U+D800' })],
    ['user with this email already exists.', fieldErrors.taken({ model: 'user', field: 'email' })],
    [
      'custom user with this email address already exists.',
      fieldErrors.taken({ model: 'custom user', field: 'email address' }),
    ],
    ['The password is too similar to the username.', fieldErrors.password_too_similar({ attribute: 'username' })],
    ['The password is too similar to the email address.', fieldErrors.password_too_similar({ attribute: 'email' })],
    ['The password is too similar to the first name.', fieldErrors.password_too_similar({ attribute: 'firstName' })],
    ['The password is too similar to the last name.', fieldErrors.password_too_similar({ attribute: 'lastName' })],
    [
      'This password is too short. It must contain at least 8 characters.',
      fieldErrors.password_too_short({ minLength: 8 }),
    ],
    [
      'This password is too short. It must contain at least 1 character.',
      fieldErrors.password_too_short({ minLength: 1 }),
    ],
    ['No palindromes.', fieldErrors.custom({ message: 'No palindromes.' })],
    ['Invalid data. Expected a dictionary, but got list.', requests.invalidData('list')],
    ['JSON parse error - Expecting value', requests.jsonParseError('Expecting value')],
    [
      'Multipart form parse error - Invalid boundary in multipart: None',
      requests.multipartParseError('Invalid boundary in multipart: None'),
    ],
    ['Unsupported media type "text/plain" in request.', requests.unsupportedMediaType('text/plain')],
    ['Unsupported media type "" in request.', requests.unsupportedMediaType('')],
    ['Method "PUT" not allowed.', requests.methodNotAllowed('PUT')],
    ['No User matches the given query.', requests.noMatch('User')],
    ['Request was throttled. Expected available in 59 seconds.', requests.throttled(59)],
    ['Request was throttled. Expected available in 1 second.', requests.throttled(1)],
    ['Request was throttled.', requests.throttled(null)],
    ["Token has no 'exp' claim", jwt.missingClaim('exp')],
    ['CSRF Failed: CSRF cookie not set.', csrf.failed(csrf.cookieNotSet)],
    ["CSRF token from the 'X-Csrftoken' HTTP header incorrect.", csrf.tokenIncorrect('X-Csrftoken')],
    ["CSRF token from the 'X-Csrftoken' HTTP header has incorrect length.", csrf.tokenLength('X-Csrftoken')],
    ["CSRF token from the 'X-Csrftoken' HTTP header has invalid characters.", csrf.tokenCharacters('X-Csrftoken')],
    ['CSRF token from POST incorrect.', csrf.tokenIncorrect(null)],
    [
      'Origin checking failed - https://evil.example does not match any trusted origins.',
      csrf.originUntrusted('https://evil.example'),
    ],
    [
      'Referer checking failed - https://evil.example/ does not match any trusted origins.',
      csrf.refererUntrusted('https://evil.example/'),
    ],
  ])('writes «%s»', (text, sentence) => {
    expect(sentence).toBe(text)
  })
})
