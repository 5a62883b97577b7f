import type { ErrorCode } from '../errors.ts'

/**
 * The status of every refusal, for dialects that no older vocabulary binds to other ones. A new code does not compile
 * until it has one.
 */
export const DEFAULT_STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_credentials: 401,
  // Not 401: the session is good, and a client must not take this for its end.
  wrong_current_password: 403,
  not_authenticated: 401,
  token_invalid: 401,
  code_invalid: 400,
  email_not_verified: 403,
  user_not_active: 403,
  locked_out: 429,
  rate_limited: 429,
  overloaded: 503,
  unavailable: 503,
  validation_failed: 400,
  malformed_request: 400,
  unsupported_media_type: 415,
  payload_too_large: 413,
  registration_closed: 403,
  forbidden: 403,
  cross_site_request: 403,
  not_found: 404,
  method_not_allowed: 405,
  refused_by_hook: 403,
  provider_refused: 401,
  provider_unavailable: 502,
  social_state_invalid: 400,
  email_in_use: 409,
  identity_taken: 409,
  last_way_in: 409,
}
