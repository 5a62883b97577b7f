/** The sentences of the original, by the short names of its message catalogue (contract §1.4). */
export const WORDS = {
  REQ: 'This field is required.',
  BLANK: 'This field may not be blank.',
  NULL: 'This field may not be null.',
  STR: 'Not a valid string.',
  MAIL: 'Enter a valid email address.',
  MAX: 'Ensure this field has no more than 150 characters.',
  MAX_EMAIL: 'Ensure this field has no more than 254 characters.',
  UNIQ: 'A user with that username already exists.',
  UCHAR: 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
  NUL: 'Null characters are not allowed.',
  SURR: 'Surrogate characters are not allowed: U+D800.',
  CRED: 'Unable to log in with provided credentials.',
  TOK: 'Invalid token for given user.',
  UID: "Invalid user id or user doesn't exist.",
  STALE: 'Stale token for given user.',
  PMIS: "The two password fields didn't match.",
  UMIS: "The two username fields didn't match.",
  PASS: 'Invalid password.',
  NOMAIL: 'User with given email does not exist.',
  NOCREATE: 'Unable to create account.',
  NOTFOUND: 'Not found.',
  SHORT: 'This password is too short. It must contain at least 8 characters.',
  COMMON: 'This password is too common.',
  NUMERIC: 'This password is entirely numeric.',
  SIMILAR: 'The password is too similar to the username.',
} as const

/** `{"detail": …}` of refusals that are about the request and no field. */
export const DETAILS = {
  anonymous: { detail: 'Authentication credentials were not provided.' },
  forbidden: { detail: 'You do not have permission to perform this action.' },
  invalidToken: { detail: 'Invalid token.' },
  inactive: { detail: 'User inactive or deleted.' },
  notFound: { detail: 'Not found.' },
  noMatch: { detail: 'No User matches the given query.' },
} as const
