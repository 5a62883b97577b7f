/** The sentences of the first generation, by the short names of the contract. */
export const OLD_WORDS = {
  REQ: 'This field is required.',
  MAIL: 'Enter a valid email address.',
  MAX: 'Ensure this value has at most 30 characters (it has 31).',
  UNIQ: 'User with this Username already exists.',
  UCHAR: 'Enter a valid username.',
  CRED: 'Unable to login with provided credentials.',
  TOK: 'Invalid token for given user.',
  PMIS: "The two password fields didn't match.",
  UMIS: "The two username fields didn't match.",
  PASS: 'Invalid password.',
  SHORT: 'This password is too short. It must contain at least 8 characters.',
} as const

/** `{"detail": …}` of the first generation: no full stops but in the first. */
export const OLD_DETAILS = {
  anonymous: { detail: 'Authentication credentials were not provided.' },
  invalidToken: { detail: 'Invalid token' },
  inactive: { detail: 'User inactive or deleted' },
  notFound: { detail: 'Not found' },
} as const
