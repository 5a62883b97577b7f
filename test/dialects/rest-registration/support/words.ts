/** Sentences that the contract fixes (§2.1, §2.2). */
export const WORDS = {
  REQUIRED: 'This field is required.',
  NULL: 'This field may not be null.',
  BLANK: 'This field may not be blank.',
  STRING: 'Not a valid string.',
  NUL: 'Null characters are not allowed.',
  BOOLEAN: 'Must be a valid boolean.',
  INTEGER: 'A valid integer is required.',
  EMAIL: 'Enter a valid email address.',
  USERNAME_TAKEN: 'A user with that username already exists.',
} as const

export const LOGIN_INVALID = { detail: 'Login or password invalid.' }

export const ANONYMOUS = { detail: 'Authentication credentials were not provided.' }

export const NOT_FOUND = { detail: 'Not found.' }

export const detail = (status: number, sentence: string): unknown => [status, { detail: sentence }]

export const done = (sentence: string): unknown => detail(200, sentence)

/** The endpoints that anybody may post to, and those for whoever has logged in (§2). */
export const PUBLIC_ROWS = [
  'POST register/',
  'POST verify-registration/',
  'POST login/',
  'POST send-reset-password-link/',
  'POST reset-password/',
  'POST verify-email/',
] as const

export const SIGNED_IN_ROWS = [
  'POST logout/',
  'POST profile/',
  'PUT profile/',
  'PATCH profile/',
  'POST change-password/',
  'POST register-email/',
] as const
