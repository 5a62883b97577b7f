import { describe, expect, it } from 'vitest'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { en as today } from '../drf/en.ts'
import { firstGeneration } from './first-generation.ts'

const { drf, djoser } = firstGeneration

describe('the words of the first generation', () => {
  it.each<[text: string, sentence: string]>([
    ['This field is required.', drf.fieldErrors.required({})],
    ['This field is required.', drf.fields.notNull],
    ['This field is required.', drf.fields.notBlank],
    ['Enter a valid email address.', drf.fieldErrors.email_invalid({})],
    ['Enter a valid username.', drf.fieldErrors.username_invalid({})],
    [
      'Ensure this value has at most 30 characters (it has 31).',
      drf.fieldErrors.too_long({ maxLength: 30, length: 31 }),
    ],
    ['Ensure this value has at most 1 character (it has 2).', drf.fieldErrors.too_long({ maxLength: 1, length: 2 })],
    ['Ensure this value has at most 30 characters.', drf.fieldErrors.too_long({ maxLength: 30 })],
    ['User with this Username already exists.', drf.fields.usernameTaken],
    ['User with this Username already exists.', drf.fieldErrors.taken({ model: 'user', field: 'username' })],
    [
      'Custom user with this Email address already exists.',
      drf.fieldErrors.taken({ model: 'custom user', field: 'email address' }),
    ],
    ['No input provided', drf.requests.noData],
    ['Invalid data', drf.requests.invalidData('list')],
    ["Unsupported media type 'text/plain' in request.", drf.requests.unsupportedMediaType('text/plain')],
    ["Could not satisfy the request's Accept header", drf.requests.notAcceptable],
    ["Method 'PUT' not allowed.", drf.requests.methodNotAllowed('PUT')],
    ['Not found', drf.requests.notFound],
    ['Authentication credentials were not provided.', drf.authentication.credentialsMissing],
    ['Invalid token', drf.authentication.invalidToken],
    ['User inactive or deleted', drf.authentication.userInactiveOrDeleted],
    ['User account is disabled.', drf.authentication.userDisabled],
    ['CSRF token missing or incorrect.', drf.csrf.tokenMissing],
    ['CSRF token missing or incorrect.', drf.csrf.tokenIncorrect('X-Csrftoken')],
    ['CSRF token missing or incorrect.', drf.csrf.tokenLength('X-Csrftoken')],
    ['CSRF token missing or incorrect.', drf.csrf.tokenCharacters(null)],
    ['Unable to login with provided credentials.', djoser.cannotLogIn],
    ['Invalid token for given user.', djoser.tokenInvalid],
    ["The two username fields didn't match.", djoser.fieldsDiffer('username')],
    ["The two password fields didn't match.", djoser.passwordsDiffer],
    ['Invalid password.', djoser.passwordInvalid],
    ['Account activation on Acme', djoser.mails.activation.subject('Acme')],
    ['Password reset on Acme', djoser.mails.passwordReset.subject('Acme')],
  ])('writes «%s»', (text, sentence) => {
    expect(sentence).toBe(text)
  })

  it('does without what a complaint does not carry', () => {
    for (const [code, text] of sentencesOf(drf.fieldErrors, {})) expect(text, code).toMatch(WITHOUT_HOLES)
    expect(drf.fieldErrors.taken({ model: 'user' })).toBe(today.fieldErrors.taken({}))
  })
})
