/** The sentences of the originals that both generations have (contract §1.3, §2 to §4). */
export const WORDS = {
  REQUIRED: 'This field is required.',
  BLANK: 'This field may not be blank.',
  NULL: 'This field may not be null.',
  STRING: 'Not a valid string.',
  EMAIL: 'Enter a valid email address.',
  NUL: 'Null characters are not allowed.',
  SURROGATE: 'Surrogate characters are not allowed: U+D800.',
  TAKEN: 'A user with that username already exists.',
  CHARACTERS: 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
  BLACKLISTED: 'Username can not be used. Please use other username.',
  CANNOT_LOG_IN: 'Unable to log in with provided credentials.',
  NOT_VERIFIED: 'E-mail is not verified.',
  NEED_USERNAME: 'Must include "username" and "password".',
  NEED_EMAIL: 'Must include "email" and "password".',
  NEED_EITHER: 'Must include either "username" or "email" and "password".',
  SHORT: 'This password is too short. It must contain at least 8 characters.',
  COMMON: 'This password is too common.',
  NUMERIC: 'This password is entirely numeric.',
  SIMILAR: 'The password is too similar to the username.',
  INVALID_VALUE: 'Invalid value',
} as const

/** `Ensure this field has no more than … characters.` */
export const tooLong = (maxLength: number): string => `Ensure this field has no more than ${maxLength} characters.`

/** `{"detail": …}` of both generations. */
export const DETAILS = {
  anonymous: { detail: 'Authentication credentials were not provided.' },
  invalidToken: { detail: 'Invalid token.' },
  notFound: { detail: 'Not found.' },
  loggedOut: { detail: 'Successfully logged out.' },
  passwordSaved: { detail: 'New password has been saved.' },
  resetSent: { detail: 'Password reset e-mail has been sent.' },
  resetDone: { detail: 'Password has been reset with the new password.' },
} as const

/** `{"non_field_errors": [sentence]}` with 400. */
export const nonField = (sentence: string): readonly unknown[] => [400, { non_field_errors: [sentence] }]
