/**
 * Why a provider did not prove anybody.
 *
 * - `denied_by_user`: the person, or the provider on their behalf, said no (`access_denied`, RFC 6749 §4.1.2.1)
 * - `invalid_grant`: code, token or verifier was refused, is expired, or was used before (RFC 6749 §5.2)
 * - `wrong_audience`: it is good, but was issued to another application
 * - `state_mismatch`: the callback is not the answer to what was begun: state, nonce, request token or issuer (RFC 9207)
 *   differ
 * - `missing_input`: nothing was given that this provider takes as proof
 * - `unreachable`: no answer, a late one, one that is too long, or a 5xx
 * - `malformed_answer`: an answer that cannot be read, fails a check, or names nobody
 * - `misconfigured`: the provider refuses the application itself, such as `invalid_client` or an unknown redirect URI
 */
export type IdentityProviderReason =
  | 'denied_by_user'
  | 'invalid_grant'
  | 'wrong_audience'
  | 'state_mismatch'
  | 'missing_input'
  | 'unreachable'
  | 'malformed_answer'
  | 'misconfigured'

/**
 * How a provider refuses. Anything else that it throws is a fault of the program and ends as a 500.
 *
 * `detail` is for the log of the operator: the provider's own error code, never a secret, never shown to a client.
 */
export class IdentityProviderError extends Error {
  override readonly name = 'IdentityProviderError'
  readonly reason: IdentityProviderReason
  readonly detail: string | null

  constructor(reason: IdentityProviderReason, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? reason : `${reason}: ${detail}`, options)
    this.reason = reason
    this.detail = detail
  }
}
