import type { RestAuthMessages } from './rest-auth-messages.ts'

/** A wire format: clients compare these sentences. */
export const en: RestAuthMessages = {
  language: 'en',
  login: {
    mustInclude: {
      username: 'Must include "username" and "password".',
      email: 'Must include "email" and "password".',
      either: 'Must include either "username" or "email" and "password".',
    },
    cannotLogIn: 'Unable to log in with provided credentials.',
    emailNotVerified: 'E-mail is not verified.',
  },
  logout: {
    done: 'Successfully logged out.',
    notLoggedIn: 'You should be logged in to logout. Check whether the token is passed.',
    tokenRemains:
      'Neither cookies or blacklist are enabled, so the token has not been deleted server side. ' +
      'Please make sure the token is deleted client side.',
    noRefreshInCookie: 'Refresh token was not included in cookie data.',
    noRefreshInBody: 'Refresh token was not included in request data.',
  },
  passwords: {
    saved: 'New password has been saved.',
    resetSent: 'Password reset e-mail has been sent.',
    resetDone: 'Password has been reset with the new password.',
    oldPasswordWrong: {
      first: 'Invalid password',
      second: 'Your old password was entered incorrectly. Please enter it again.',
    },
    invalidValue: 'Invalid value',
    differ: {
      first: "The two password fields didn't match.",
      second: 'The two password fields didn’t match.',
    },
  },
  registration: {
    verificationSent: 'Verification e-mail sent.',
    ok: 'ok',
    emailTaken: {
      first: 'A user is already registered with this e-mail address.',
      second: 'User is already registered with this e-mail address.',
    },
    passwordsDiffer: "The two password fields didn't match.",
    usernameRefused: 'Username can not be used. Please use other username.',
    passwordTooShort: {
      first: (minLength) => `Password must be a minimum of ${minLength} characters.`,
      second: (minLength) => `This password is too short. It must contain at least ${minLength} characters.`,
    },
  },
  social: {
    inputMissing: 'Incorrect input. access_token or code is required.',
    valueIncorrect: 'Incorrect value',
    exchangeFailed: 'Failed to exchange code for access token',
    noPrivateAccess: (host) => `No access to private resources at "${host}".`,
    noPasswordSet: 'Your account has no password set up.',
  },
  noRefreshToken: 'No valid refresh token found.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Password reset on ${siteName}`,
        second: (siteName) => `[${siteName}] Password Reset Email`,
      },
      reason: (siteName) => `Somebody asked for a new password for your account at ${siteName}.`,
      instruction: 'Was it you? Then choose one on this page; if not, leave everything as it is:',
      username: (username) => `Your user name is ${username}.`,
    },
    confirmEmail: {
      subject: {
        first: (siteName) => `[${siteName}] Please Confirm Your E-mail Address`,
        second: (siteName) => `[${siteName}] Please Confirm Your Email Address`,
      },
      reason: (siteName) => `This address was given for an account at ${siteName}.`,
      instruction: 'Confirm on this page that it is yours; if the account is not, leave everything as it is:',
    },
    accountExists: {
      subject: {
        first: (siteName) => `[${siteName}] Account Already Exists`,
        second: (siteName) => `[${siteName}] Account Already Exists`,
      },
      reason: (siteName) =>
        `Somebody tried to open an account at ${siteName} with this address, which has one already.`,
      instruction: 'Was it you, and the password is forgotten? Then ask for a new one here:',
    },
    thanks: (siteName) => `Thank you for using ${siteName}!`,
  },
}
