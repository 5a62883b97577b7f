import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import { readStandardClaims } from './standard-claims.ts'

export type GitlabOptions = OidcClientOptions

/**
 * Log-in with GitLab, by OpenID Connect. `issuer` names a GitLab of one's own, such as `https://git.acme.example`. The API
 * way takes `idToken`, `code`, and an `accessToken` that GitLab's introspection says was issued to this client.
 *
 * An address counts as proven where the claim `email_verified` is `true`: GitLab's "OpenID Connect identity provider"
 * lists it as whether the user's e-mail is verified. The administrators of an own GitLab can say so of any address.
 */
export function gitlab(options: GitlabOptions): IdentityProviderFactory {
  const { issuer = 'https://gitlab.com' } = options
  return oidcProvider(
    { name: 'gitlab', title: 'GitLab', ...options, issuer },
    { usesPkce: true, usesNonce: true, readClaims: readStandardClaims },
  )
}
