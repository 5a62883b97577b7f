import type { DjmongoauthMessages } from './djmongoauth-messages.ts'

/** English, the only language of the original: the wire format, but for the bodies of mails. */
export const en: DjmongoauthMessages = {
  language: 'en',
  errors: {
    missing: (key) => `'${key}'`,
    unknownUser: 'User matching query does not exist.',
    wrongPassword: (username) => `Password is incorrect for user ${username}`,
    taken: 'Username or email has already been registered',
    noToken: 'No token found in request header!',
    unparsableToken: (token) => `Failed to parse x_auth_token: ${token}`,
    incompleteToken: 'list index out of range',
    unreadableExpiry: (text) => `invalid literal for int() with base 10: '${text}'`,
    expiredToken: 'Unable to log out since token has already expired',
    unknownSession: 'Session key not found!',
    unknownTokenUser: 'User not found!',
    malformedUserId: (id) => `'${id}' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string`,
    noActiveSession: (username) =>
      username === null ? 'No active session found' : `No active session found for user ${username}`,
    unknownCode: 'TemporaryAuthenticator matching query does not exist.',
    expiredCode: 'Invalid session!',
    noAddress: 'the account has no e-mail address',
    field: (field, complaint) => `${field}: ${complaint}`,
    mailNotSent: {
      verify: (cause) => `Failed to send verification email: ${cause}`,
      reset: (cause) => `Failed to send password reset email: ${cause}`,
    },
    linkNotProcessed: (cause) => `Cannot process email verification request: ${cause}`,
    notAuthenticated: (cause) => `User is not authenticated: ${cause}`,
    fault: (requestId) => `The server made a mistake, noted as ${requestId}`,
  },
  mails: {
    verify: {
      subject: (site) => `Verify your e-mail to finish signing up for ${site}`,
      greeting: (username) => (username === null ? 'Hello:' : `Hello ${username}:`),
      reason: (site) => `Your account on ${site} was given this e-mail address. Please confirm that it is yours.`,
      instruction: 'To do so, open this page:',
      expiry: (moment) => `The link is good until ${moment}.`,
      ending: (site) => `Thank you for joining ${site}!`,
    },
    reset: {
      subject: (site) => `Reset your password on ${site}`,
      greeting: (username) => (username === null ? 'Hello,' : `Hello ${username},`),
      reason: (site) => `Somebody, probably you, wants a new password for your account on ${site}.`,
      instruction: 'To choose one, open this page:',
      expiry: (moment) => `The link is good until ${moment}.`,
      ending: () => 'If that was not you, ignore this mail: nothing has been changed.',
    },
  },
}
