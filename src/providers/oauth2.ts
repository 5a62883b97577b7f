import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { type Answer, readProtected } from './answers.ts'
import { type OAuth2ClientOptions, oauth2Provider } from './oauth2-core.ts'
import type { ProfileFacts } from './profile.ts'
import { headerText } from './tokens.ts'

export type { ProfileFacts } from './profile.ts'

/** A provider that Portress does not know: where it is, and what its profile says. */
export interface OAuth2Options extends OAuth2ClientOptions {
  readonly endpoints: {
    readonly authorization: string
    readonly token: string
    /** Answers a bearer token (RFC 6750 §2.1) with a JSON object about its owner. */
    readonly profile: string
  }
  /** What the profile means. `emailVerified` only where the provider's documentation says that the address was proven. */
  readonly readProfile: (profile: Answer) => ProfileFacts
  /** `false` for a provider that stumbles over PKCE (RFC 7636). @default true */
  readonly usesPkce?: boolean
  /** Where the client's secret travels (RFC 6749 §2.3.1). @default 'form' */
  readonly secretIn?: 'form' | 'header'
}

/**
 * Log-in by any OAuth 2 provider with an address that tells who a token's owner is. The API way takes `code`; what is
 * an OpenID Connect issuer as well is better served by `openIdConnect`.
 *
 * @example
 * ```ts
 * oAuth2({
 *   name: 'forge',
 *   title: 'The Forge',
 *   clientId: 'shop',
 *   clientSecret: '…',
 *   scopes: ['profile'],
 *   endpoints: {
 *     authorization: 'https://forge.example/authorize',
 *     token: 'https://forge.example/token',
 *     profile: 'https://forge.example/me',
 *   },
 *   readProfile: (me) => ({ subject: me.id, email: me.mail, emailVerified: me.mail_confirmed, extra: {} }),
 * })
 * ```
 */
export function oAuth2(options: OAuth2Options): IdentityProviderFactory {
  const { endpoints, readProfile, usesPkce = true, secretIn = 'form', ...client } = options
  return oauth2Provider(client, {
    usesPkce,
    secretIn,
    endpoints,
    async readProfile(accessToken, { tools }) {
      const headers = { authorization: `Bearer ${headerText(accessToken)}`, accept: 'application/json' }
      return readProfile(await readProtected(await tools.fetch(endpoints.profile, { headers })))
    },
  })
}
