import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OpenIdConnectOptions } from './oidc-options.ts'
import { readStandardClaims } from './standard-claims.ts'

export type { OpenIdConnectOptions } from './oidc-options.ts'

/**
 * Log-in by any OpenID Connect issuer, found by discovery.
 *
 * Redirect way: authorization code with PKCE, state, nonce and the check of `iss`. API way: `code`, `idToken`, and an
 * `accessToken` where the issuer tells by introspection (RFC 7662) that it was issued to this client.
 *
 * The issuer must be of HTTPS; plain HTTP is taken on this machine in development.
 *
 * @example
 * ```ts
 * openIdConnect({
 *   name: 'acme-id',
 *   title: 'Acme ID',
 *   issuer: 'https://id.acme.example',
 *   clientId: 'shop',
 *   clientSecret: '…',
 *   trustsEmailVerified: true,
 * })
 * ```
 */
export function openIdConnect(options: OpenIdConnectOptions): IdentityProviderFactory {
  const trusts = options.trustsEmailVerified === true
  return oidcProvider(options, {
    usesPkce: true,
    usesNonce: true,
    readClaims: (claims) => ({ ...readStandardClaims(claims), ...(trusts ? {} : { emailVerified: false }) }),
  })
}
