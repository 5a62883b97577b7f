import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** A wire format: clients compare these sentences. */
export const en: RestRegistrationMessages = {
  language: 'en',
  done: {
    loggedIn: 'Login successful',
    loggedOut: 'Logout successful',
    userVerified: 'User verified successfully',
    passwordChanged: 'Password changed successfully',
    resetLinkSent: 'Reset link sent',
    resetLinkSentIfExists: 'Reset link sent if the user exists in database',
    passwordReset: 'Reset password successful',
    emailLinkSent: 'Register email link email sent',
    emailVerified: 'Email verified successfully',
  },
  refused: {
    userNotFound: 'User not found',
    loginInvalid: 'Login or password invalid.',
    emailTaken: 'This email is already registered.',
    userWithoutEmail: 'User without email cannot be verified',
    tokenError: 'Could not process authentication token',
    tokenNotProvided: 'Authentication token could not be provided',
    tokenNotRevoked: 'Authentication token cannot be revoked',
    tokenNotFound: 'Authentication token not found',
    signatureExpired: 'Signature expired',
    signatureInvalid: 'Invalid signature',
  },
  fields: {
    passwordsDiffer: "Passwords don't match",
    oldPasswordWrong: 'Old password is not correct',
  },
  mails: {
    register: {
      subject: 'Please verify your account',
      reason: (siteName, email) => `An account at ${siteName} was opened with the address ${email}.`,
      instruction: 'Was it you? Then go on here; if not, leave everything as it is:',
    },
    resetPassword: {
      subject: 'Reset password link was sent',
      reason: (siteName) => `Somebody asked for a new password for your account at ${siteName}.`,
      instruction: 'Was it you? Then choose one on this page; if not, leave everything as it is:',
    },
    registerEmail: {
      subject: 'Please verify new e-mail',
      reason: (siteName, email) => `Somebody wants to use ${email} for an account at ${siteName} from now on.`,
      instruction: 'Was it you? Then confirm it here; if not, leave everything as it is:',
    },
    registerEmailTaken: {
      subject: 'Your e-mail is already in use',
      reason: (siteName, email) => `Somebody wanted to use ${email} for an account at ${siteName}.`,
      instruction: 'There is an account with this address already, so nothing was changed.',
    },
  },
}
