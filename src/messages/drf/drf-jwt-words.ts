/**
 * Why a token of djangorestframework-jwt is refused. The same in every language, as in the original, which was never
 * translated.
 */
export const drfJwtWords = {
  noCredentials: 'Invalid Authorization header. No credentials provided.',
  containsSpaces: 'Invalid Authorization header. Credentials string should not contain spaces.',
  /** Also of a token with a wrong signature: the original does not tell the two apart. */
  undecodable: 'Error decoding signature.',
  expired: 'Signature has expired.',
  /** There is no user of the name that the token was made for. */
  userUnknown: 'Invalid signature.',
  userDisabled: 'User account is disabled.',
  claimMissing: 'Invalid payload.',
} as const
