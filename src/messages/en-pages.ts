import type { PageWords } from './messages.ts'

/** What the pages say in English. */
export const enPages: PageWords = {
  verifyEmail: {
    title: 'Confirm your e-mail address',
    explanation: 'Press the button to confirm that the address is yours.',
    button: 'Confirm address',
    done: 'Your address is confirmed. You can log in now.',
  },
  resetPassword: {
    title: 'Set a new password',
    explanation: 'Choose a password that you use nowhere else. Everybody who is logged in will be logged out.',
    newPassword: 'New password',
    newPasswordAgain: 'New password again',
    passwordsDiffer: 'This is not the same password.',
    button: 'Set new password',
    done: 'Your new password is set. You can log in with it now.',
  },
  resetUsername: {
    title: 'Choose a new user name',
    explanation: 'Choose the name that your account has from now on. The old one becomes free for others.',
    newUsername: 'New user name',
    button: 'Use this name',
    done: 'Your new user name is set.',
  },
  confirmEmailChange: {
    title: 'Confirm your new e-mail address',
    explanation: 'Press the button to use this address for your account from now on.',
    button: 'Confirm new address',
    done: 'Your new address is in use.',
  },
  cancelEmailChange: {
    title: 'Keep your e-mail address',
    explanation:
      'Press the button to keep, or get back, the address that you were mailed at. Everybody who is logged in will ' +
      'be logged out, and the present password stops working.',
    button: 'Keep this address',
    done: 'This is the address of your account. We have sent you a mail to set a new password.',
  },
  unlock: {
    title: 'Unlock your account',
    explanation: 'Press the button to be able to log in again at once.',
    button: 'Unlock account',
    done: 'Your account is unlocked. You can log in now.',
  },
  social: {
    login: {
      title: (provider) => `Log in with ${provider}`,
      explanation: (provider) => `You log in at ${provider} and then come back here.`,
      button: (provider) => `Go to ${provider}`,
    },
    connect: {
      title: (provider) => `Connect ${provider}`,
      explanation: (provider) => `From then on you can log in here with ${provider}.`,
      button: (provider) => `Go to ${provider}`,
    },
    lastStep: {
      title: (provider) => `Back from ${provider}`,
      explanation: () => 'One more step, and it is done.',
      button: () => 'Finish',
    },
    done: 'Done. It goes on by itself.',
    goOn: 'Go on',
    denied: (provider) => `You did not allow it at ${provider}. Nothing has changed.`,
    unfitLink: 'The link to this page is incomplete, or leads somewhere that is not allowed.',
    incomplete: (provider) =>
      `${provider} does not tell everything that an account here needs. Please register first, and connect ${provider} then.`,
  },
  codeMissing: 'This page needs the complete link from a mail.',
  noAnswer: 'The server did not answer. Please try again.',
  backToSite: (siteName) => `Go to ${siteName}`,
  index: {
    title: (siteName) => `Accounts of ${siteName}`,
    explanation: 'The account system is running.',
    mounts: 'It answers at these addresses:',
    labels: {
      docs: 'The Portress API below /api, to be read and tried',
      openApi: 'The Portress API below /api, as an OpenAPI document',
      restAuth: 'The dj-rest-auth API, as an OpenAPI document',
      admin: 'The admin, for staff',
      outbox: 'The mails that were kept here instead of being sent',
      development: 'Try social log-in offline: come in as Ada',
    },
  },
  outbox: {
    title: 'Outbox',
    explanation: 'No mail leaves this server. During development you can read them here.',
    erasing: 'Mails are sent from here, and what they say is erased once they are sent.',
    empty: 'There are no mails yet.',
    to: 'To',
    subject: 'Subject',
    createdAt: 'Written',
    state: 'State',
    waiting: 'waiting',
    sent: 'sent',
    kept: 'kept here',
    failed: 'failed',
    lastFailure: 'Last failure',
    erased: 'This mail has been erased.',
    asText: 'Text',
    asHtml: 'HTML',
    back: 'All mails',
  },
}
