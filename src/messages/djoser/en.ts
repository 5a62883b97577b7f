import { en as drf } from '../drf/en.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** English: the wire format, but for the bodies of mails. */
export const en: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Invalid token for given user.',
  userIdInvalid: "Invalid user id or user doesn't exist.",
  tokenStale: 'Stale token for given user.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `The two ${field} fields didn't match.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'User with given email does not exist.',
  cannotCreate: 'Unable to create account.',
  mails: {
    activation: {
      subject: (siteName) => `Account activation on ${siteName}`,
      reason: (siteName) => `This mail reaches you because your account on ${siteName} is waiting to be activated.`,
      instruction: 'To activate it, please open this page:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Your account has been successfully created and activated!`,
      reason: (siteName) => `Your account on ${siteName} has been created and is active from now on.`,
    },
    passwordReset: {
      subject: (siteName) => `Password reset on ${siteName}`,
      reason: (siteName) =>
        `This mail reaches you because somebody, probably you, wants a new password for your account on ${siteName}.`,
      instruction: 'To choose a new password, please open this page:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Your password has been successfully changed!`,
      reason: (siteName) => `The password of your account on ${siteName} has been changed.`,
    },
    usernameReset: {
      subject: (siteName) => `Username reset on ${siteName}`,
      reason: (siteName) =>
        `This mail reaches you because somebody, probably you, wants a new username for your account on ${siteName}.`,
      instruction: 'To choose a new username, please open this page:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Your username has been successfully changed!`,
      reason: (siteName) => `The username of your account on ${siteName} has been changed.`,
    },
  },
  mail: {
    username: (username) => `Your username, in case you've forgotten: ${username}`,
    thanks: 'Thank you for being with us!',
    team: (siteName) => `The ${siteName} team`,
  },
}
