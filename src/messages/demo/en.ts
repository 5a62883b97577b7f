import type { DemoMessages } from './demo-messages.ts'

export const en: DemoMessages = {
  language: 'en',
  frame: {
    title: (siteName) => `Try the accounts of ${siteName}`,
    explanation:
      'Everything on this page is real: register, confirm your address, log in, and look after your account.',
    needsScript: 'This page needs JavaScript, because it calls the API as your own pages would.',
    skip: 'Skip to content',
    loggedInAs: (name) => `Logged in as ${name}`,
    logOut: 'Log out',
    places: 'What else runs here',
    openOutbox: 'Open the outbox',
  },
  fields: {
    identifier: 'User name or e-mail address',
    username: 'User name',
    email: 'E-mail address',
    password: 'Password',
    currentPassword: 'Current password',
    newPassword: 'New password',
    newEmail: 'New e-mail address',
    firstName: 'First name',
    lastName: 'Last name',
  },
  optional: 'optional',
  register: {
    title: 'Register',
    explanation: 'Any address will do while mails are kept here.',
    button: 'Create account',
    done: (email) => `We have written to ${email}. Confirm the address with the link in that mail, then log in.`,
    doneWithoutMail: 'Your account is ready. You can log in now.',
  },
  login: {
    title: 'Log in',
    button: 'Log in',
    lockHint:
      'The address must be confirmed first. Three wrong passwords lock an account for a while, and the next try tells for how long; ' +
      'your own API keeps that to itself unless it is told otherwise.',
    tooOften: 'That was tried too often.',
    wait: (seconds) => `Try again in ${seconds}`,
    waitOver: 'You can try again now.',
    done: (name) => `Welcome, ${name}.`,
  },
  forgotten: {
    title: 'Forgotten your password?',
    button: 'Send me a link',
    done: (email) => `If ${email} belongs to an account, a link to set a new password is in its mailbox.`,
  },
  account: {
    signedOut: 'Your session is over. Please log in again.',
    loggedOut: 'You are logged out.',
  },
  profile: { title: 'Profile', button: 'Save', done: 'Your profile is saved.' },
  password: {
    title: 'Password',
    explanation: 'A new password ends all your other sessions.',
    button: 'Change password',
    done: 'Your password is changed.',
  },
  email: {
    title: 'E-mail address',
    current: (email) => `Your address is ${email}.`,
    unproven: (email) => `Your address is ${email}. It has not been confirmed yet.`,
    none: 'You have not given an address.',
    button: 'Change address',
    done: (email) => `We have written to ${email}. Your address changes once you confirm it there.`,
  },
  sessions: {
    title: 'Sessions',
    explanation: 'Where you are logged in. End what you do not know.',
    thisOne: 'this one',
    lastUsed: (moment) => `Last used ${moment}`,
    unknownAgent: 'Unknown program',
    end: 'End',
    endNamed: (agent) => `End the session of ${agent}`,
    endOthers: 'End all others',
    ended: 'The session is over.',
    othersEnded: 'All other sessions are over.',
  },
  deletion: {
    title: 'Delete account',
    explanation: 'Everything that is kept about you is removed. This cannot be undone.',
    button: 'Delete my account',
    done: 'Your account is deleted.',
  },
  problems: {
    network: 'There is no connection. Please try again.',
    unexpected: 'The server did not answer as expected. Please try again.',
  },
}
