import { enPages } from './en-pages.ts'
import { formatWait } from './format-wait.ts'
import type { Messages } from './messages.ts'

const language = 'en'

/** English. */
export const en: Messages = {
  language,
  fieldErrors: {
    required: () => 'This is required.',
    unknown_field: () => 'There is no such field.',
    not_writable: () => 'This cannot be set here.',
    not_text: () => 'This must be text.',
    not_number: () => 'This must be a number.',
    not_boolean: () => 'This must be true or false.',
    not_date: () => 'This must be a date.',
    not_json: () => 'This must be valid JSON.',
    not_a_choice: ({ choices }) =>
      choices === undefined ? 'Choose one of the values offered.' : `Choose one of: ${choices}.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'This is too long.' : `Use at most ${characters(maxLength)}.`,
    too_small: ({ min }) => (min === undefined ? 'This is too small.' : `This must be ${min} or more.`),
    too_large: ({ max }) => (max === undefined ? 'This is too large.' : `This must be ${max} or less.`),
    null_characters: () => 'Null characters are not allowed.',
    surrogate_characters: () => 'This contains characters that are not valid Unicode.',
    email_invalid: () => 'Enter a valid e-mail address.',
    username_invalid: () => 'Use letters and digits of one alphabet and the characters . + - _ only.',
    username_reserved: () => 'This name is reserved.',
    taken: () => 'This is already taken.',
    password_too_short: ({ minLength }) =>
      minLength === undefined ? 'This password is too short.' : `Use a password of at least ${characters(minLength)}.`,
    password_too_long: () => 'This password is too long.',
    password_too_common: () => 'This password is among those that are guessed first.',
    password_entirely_numeric: () => 'A password cannot consist of digits alone.',
    password_too_similar: () => 'This password is too similar to your name or address.',
    password_context_word: () => 'This password contains the name of this site.',
    wrong_password: () => 'This password is wrong.',
    differs: () => 'The two entries are not the same.',
    custom: ({ message }) => (message === undefined ? 'This is not acceptable.' : `${message}`),
  },
  errors: {
    invalid_credentials: () => 'The name or the password is wrong.',
    wrong_current_password: () => 'The current password is wrong.',
    not_authenticated: () => 'Please log in first.',
    token_invalid: () => 'Your session has ended. Please log in again.',
    code_invalid: () => 'This link does not work: it has expired, was already used, or is not complete.',
    email_not_verified: () => 'Please confirm your e-mail address first. The link is in the mail that we sent you.',
    user_not_active: () => 'This account is not active.',
    locked_out: ({ retryAfterSeconds }) =>
      retryAfterSeconds === undefined
        ? 'Too many wrong passwords. Nobody can log in with this name until it is unlocked.'
        : `Too many wrong passwords. ${tryAgain(retryAfterSeconds)}`,
    rate_limited: ({ retryAfterSeconds }) => `This was asked for too often. ${tryAgain(retryAfterSeconds)}`,
    overloaded: ({ retryAfterSeconds }) => `There is too much to do at the moment. ${tryAgain(retryAfterSeconds)}`,
    unavailable: ({ retryAfterSeconds }) =>
      `The service cannot be reached at the moment. ${tryAgain(retryAfterSeconds)}`,
    validation_failed: () => 'Please check what you entered.',
    malformed_request: () => 'The request could not be read.',
    unsupported_media_type: () => 'The request is of a type that cannot be read here.',
    payload_too_large: () => 'The request is too large.',
    registration_closed: () => 'Registration is closed.',
    forbidden: () => 'You may not do this.',
    cross_site_request: () => 'This request came from another site and was refused.',
    not_found: () => 'There is nothing here.',
    method_not_allowed: () => 'This cannot be done here.',
    refused_by_hook: ({ message }) => message ?? 'This was refused.',
    provider_refused: () => 'That log-in did not work. Please try again.',
    provider_unavailable: () => 'This way of logging in is not available right now. Please try again later.',
    social_state_invalid: () => 'This log-in has expired or was begun elsewhere. Please start again.',
    email_in_use: () =>
      'There is an account with this e-mail address already. Log in the way you did before, then connect this one.',
    identity_taken: () => 'This is connected to another account already.',
    last_way_in: () => 'This is your only way to log in. Set a password first.',
  },
  mail: {
    greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
    linkExpires: (moment) => `The link works once, until ${moment}.`,
    linkAsText: 'If the button does nothing, copy this address into your browser:',
    footer: (siteName) => `${siteName} sent this mail automatically. Nobody reads answers to it.`,
    unknown: 'unknown',
  },
  mails: {
    'verify-email': {
      subject: ({ siteName }) => `Confirm your e-mail address for ${siteName}`,
      before: ({ siteName }) => [
        `Somebody, probably you, registered at ${siteName} with this e-mail address.`,
        'Please confirm that the address is yours:',
      ],
      button: 'Confirm address',
      after: () => ['If it was not you, ignore this mail and do not open the link.'],
    },
    'already-registered': {
      subject: ({ siteName }) => `You already have an account at ${siteName}`,
      before: ({ siteName }) => [
        `Somebody, probably you, wanted to use this e-mail address for another account at ${siteName}. It already ` +
          'belongs to one, so nothing has changed.',
        'To use your account, log in with this address and your password. If you have forgotten the password, ask for ' +
          'a new one on the log-in page.',
      ],
      button: null,
      after: () => ['If it was not you, you need not do anything.'],
    },
    'reset-password': {
      subject: ({ siteName }) => `Set a new password for ${siteName}`,
      before: ({ siteName }) => [
        `Somebody, probably you, asked to set a new password for your account at ${siteName}.`,
        'You can set it here:',
      ],
      button: 'Set new password',
      after: () => ['If it was not you, ignore this mail: your password stays as it is.'],
    },
    invitation: {
      subject: ({ siteName }) => `Your account at ${siteName}`,
      before: ({ siteName }) => [
        `An account at ${siteName} has been made for you, with this e-mail address.`,
        'Choose your password to log in for the first time:',
      ],
      button: 'Choose password',
      after: () => [
        'If the link has expired, ask for a new password on the log-in page.',
        'If you know nothing of this, ignore this mail: nobody can log in to the account before a password is chosen.',
      ],
    },
    'no-account': {
      subject: ({ siteName }) => `No account at ${siteName} has this address`,
      before: ({ siteName }) => [
        `Somebody, probably you, asked to set a new password at ${siteName} for this e-mail address. No account has it.`,
        'Perhaps you registered with another address, or not yet.',
      ],
      button: null,
      after: () => ['If it was not you, you need not do anything.'],
    },
    'confirm-email-change': {
      subject: ({ siteName }) => `Confirm your new e-mail address for ${siteName}`,
      before: ({ siteName }) => [
        `Somebody, probably you, wants to use this e-mail address for an account at ${siteName}.`,
        'Please confirm that the address is yours:',
      ],
      button: 'Confirm new address',
      after: () => ['If it was not you, ignore this mail: the address will not be used.'],
    },
    'email-change-requested': {
      subject: ({ siteName }) => `Your e-mail address at ${siteName} is about to change`,
      before: ({ siteName, newEmail }) => [
        `Somebody, probably you, asked to change the e-mail address of your account at ${siteName}. It changes once ` +
          'the new address is confirmed.',
        `New address: ${newEmail}`,
        'If it was not you, stop the change here:',
      ],
      button: 'Stop the change',
      after: () => [
        'You will then get another mail to set a new password, because somebody else can log in to your account.',
        'If it was you, you need not do anything.',
      ],
    },
    'email-changed': {
      subject: ({ siteName }) => `Your e-mail address at ${siteName} has changed`,
      before: ({ siteName, newEmail }) => [
        `The e-mail address of your account at ${siteName} has changed. From now on, mails go to the new address only.`,
        `New address: ${newEmail}`,
        'If it was not you, take the change back here:',
      ],
      button: 'Take the change back',
      after: () => [
        'You will then get another mail to set a new password, because somebody else can log in to your account.',
        'If it was you, you need not do anything.',
      ],
    },
    'password-changed': {
      subject: ({ siteName }) => `Your password at ${siteName} has changed`,
      before: ({ siteName }) => [
        `The password of your account at ${siteName} has changed. Everybody who was logged in elsewhere was logged out.`,
      ],
      button: null,
      after: () => ['If it was not you, set a new password at once: ask for one on the log-in page.'],
    },
    'locked-out': {
      subject: ({ siteName }) => `Your account at ${siteName} is locked`,
      before: ({ siteName, until }) => [
        `Somebody entered a wrong password for your account at ${siteName} several times. To keep guessers out, ` +
          `nobody can log in from a new device ${until === null ? 'until it is unlocked' : 'for a while'}.`,
        ...(until === null ? [] : [`Locked until: ${until}`]),
        'If it was you, unlock the account here:',
      ],
      button: 'Unlock account',
      after: () => ['If it was not you, you need not do anything: the guesses were wrong.'],
    },
    'new-device': {
      subject: ({ siteName }) => `New log-in to your account at ${siteName}`,
      before: ({ siteName, agent, address, at }) => [
        `Somebody, probably you, logged in to your account at ${siteName} from a device that is new to us.`,
        `Device: ${agent}\nNetwork address: ${address}\nTime: ${at}`,
      ],
      button: null,
      after: () => ['If it was not you, set a new password at once: ask for one on the log-in page.'],
    },
    'reset-username': {
      subject: ({ siteName }) => `Choose a new user name for ${siteName}`,
      before: ({ siteName }) => [
        `Somebody, probably you, asked to choose a new user name for your account at ${siteName}.`,
        'You can choose it here:',
      ],
      button: 'Choose new user name',
      after: () => ['If it was not you, ignore this mail: your user name stays as it is.'],
    },
    'identity-connected': {
      subject: ({ siteName }) => `A new way to log in to your account at ${siteName}`,
      before: ({ siteName, provider, agent, address, at }) => [
        `Somebody, probably you, connected ${provider} with your account at ${siteName}. From now on, who logs in at ` +
          `${provider} can come in without your password.`,
        `Device: ${agent}\nNetwork address: ${address}\nTime: ${at}`,
      ],
      button: null,
      after: () => [
        'If it was not you, set a new password at once: ask for one on the log-in page. Then disconnect what you do not know.',
      ],
    },
    'username-changed': {
      subject: ({ siteName }) => `Your user name at ${siteName} has changed`,
      before: ({ siteName }) => [
        `The user name of your account at ${siteName} has changed. The old name is no longer yours.`,
      ],
      button: null,
      after: () => ['If it was not you, set a new password at once: ask for one on the log-in page.'],
    },
  },
  pages: enPages,
}

function characters(count: string | number): string {
  return Number(count) === 1 ? '1 character' : `${count} characters`
}

function tryAgain(retryAfterSeconds: number | undefined): string {
  if (retryAfterSeconds === undefined) return 'Please try again later.'
  return `Please try again ${formatWait(retryAfterSeconds, language)}.`
}
