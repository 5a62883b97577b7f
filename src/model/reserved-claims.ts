/** Claims that mean something in every token of simplejwt, or in any JWT (RFC 7519 §4.1): nobody else may set them. */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set([
  'token_type',
  'exp',
  'iat',
  'jti',
  'sid',
  'nbf',
  'aud',
  'iss',
])
