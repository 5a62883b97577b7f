/** Every limit on how often something may be asked for, switched off: for tests about something else. */
export const NO_RATE_LIMITS = {
  mailsPerRecipient: false,
  mailsPerAddress: false,
  registrationsPerAddress: false,
  socialLoginsPerAddress: false,
  passwordsPerAddress: false,
  codesPerAddress: false,
  changesPerUser: false,
  exportsPerUser: false,
} as const
