import { describe, expect, it } from 'vitest'
import { en } from './en.ts'

describe('the English catalogue of the djoser door', () => {
  it.each<[text: string, sentence: string]>([
    ['Unable to log in with provided credentials.', en.cannotLogIn],
    ['Invalid token for given user.', en.tokenInvalid],
    ["Invalid user id or user doesn't exist.", en.userIdInvalid],
    ['Stale token for given user.', en.tokenStale],
    ["The two password fields didn't match.", en.passwordsDiffer],
    ["The two username fields didn't match.", en.fieldsDiffer('username')],
    ["The two email fields didn't match.", en.fieldsDiffer('email')],
    ['Invalid password.', en.passwordInvalid],
    ['User with given email does not exist.', en.emailUnknown],
    ['Unable to create account.', en.cannotCreate],
    ['Account activation on Acme', en.mails.activation.subject('Acme')],
    ['Acme - Your account has been successfully created and activated!', en.mails.confirmation.subject('Acme')],
    ['Password reset on Acme', en.mails.passwordReset.subject('Acme')],
    ['Acme - Your password has been successfully changed!', en.mails.passwordChanged.subject('Acme')],
    ['Username reset on Acme', en.mails.usernameReset.subject('Acme')],
    ['Acme - Your username has been successfully changed!', en.mails.usernameChanged.subject('Acme')],
    ["Your username, in case you've forgotten: ann", en.mail.username('ann')],
    ['The Acme team', en.mail.team('Acme')],
  ])('writes «%s»', (text, sentence) => {
    expect(sentence).toBe(text)
  })
})
