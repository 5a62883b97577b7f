import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import { readStandardClaims } from './standard-claims.ts'

export type LinkedinOptions = OidcClientOptions

/**
 * Log-in with LinkedIn, by OpenID Connect. The API way takes `idToken` and `code`; it takes no access token, because
 * LinkedIn's OpenID Connect does not tell for whom one is.
 *
 * LinkedIn puts no nonce into its ID tokens, and refuses a client with a secret that sends a PKCE verifier. A code is then
 * bound to its log-in by the state, and to this client by its secret.
 *
 * An address counts as proven where the claim `email_verified` is `true`, which "Sign In with LinkedIn using OpenID
 * Connect" lists as whether the member's e-mail is verified.
 */
export function linkedin(options: LinkedinOptions): IdentityProviderFactory {
  const { issuer = 'https://www.linkedin.com/oauth' } = options
  return oidcProvider(
    { name: 'linkedin', title: 'LinkedIn', ...options, issuer },
    { usesPkce: false, usesNonce: false, readClaims: readStandardClaims },
  )
}
