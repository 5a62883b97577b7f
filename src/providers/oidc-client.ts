import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  type JWKSCacheInput,
  jwksCache,
  None,
} from 'oauth4webapi'
import type { IdentityProviderTools } from '../contracts/identity-provider.ts'
import type { Answer } from './answers.ts'
import { type LibraryFetch, libraryFetch } from './library-fetch.ts'
import { oidcMetadata } from './oidc-metadata.ts'
import type { OpenIdConnectOptions } from './oidc-options.ts'
import type { ProfileFacts } from './profile.ts'

/** In what an issuer differs from the standard, or says more than it. */
export interface OidcTraits {
  /** Whether it takes `code_challenge` (RFC 7636). An issuer that does not know it ignores it, but for one. */
  readonly usesPkce: boolean
  /** Whether it repeats the nonce in its ID tokens, as OpenID Connect Core §3.1.2.1 has it. */
  readonly usesNonce: boolean
  /** What its claims mean. */
  readonly readClaims: (claims: Answer) => ProfileFacts
  /** What it told beside the ID token, in the callback. Only what nobody gains by inventing may be taken from there. */
  readonly readCallback?: (params: URLSearchParams) => Answer
  /** The issuer that must have signed a token, where there is one for each tenant; told by claims not yet checked. */
  readonly issuerOf?: (claims: Answer) => string
  /** Whether somebody who was proven may come in: told by claims that have been checked. @default everybody */
  readonly mayEnter?: (claims: Answer) => boolean
  /** Where its metadata lies, and the issuer that it names there, where that is not the issuer itself. */
  readonly discovery?: URL
  /** Whom an access token was issued to, and for. Left out where that cannot be asked. */
  readonly inspectAccessToken?: (accessToken: string, oidc: OidcClient) => Promise<InspectedToken>
  /** Further options that must be texts, and that must be addresses, by name. */
  readonly required?: Readonly<Record<string, unknown>>
  readonly addresses?: Readonly<Record<string, unknown>>
}

export interface InspectedToken {
  /** Whom the token was issued to; must be one of ours. */
  readonly clientId: unknown
  /** Whose it is; `null` where only the user info tells. */
  readonly subject: string | null
}

/** A relying party: what is made once and shared by all log-ins. */
export interface OidcClient {
  readonly options: OpenIdConnectOptions
  readonly traits: OidcTraits
  readonly tools: IdentityProviderTools
  readonly client: Client
  /** Ours first, then those of the same application on other platforms. */
  readonly clientIds: readonly [string, ...string[]]
  metadata(): Promise<AuthorizationServer>
  /** How the client proves itself to the provider. */
  authentication(metadata: AuthorizationServer): Promise<ClientAuth>
  readonly http: HttpOptions
}

/** Makes every request of `oauth4webapi` go through the engine, and keeps the issuer's keys between log-ins. */
export interface HttpOptions {
  readonly [customFetch]: LibraryFetch
  readonly [allowInsecureRequests]: boolean
  /** Kept for five minutes; a key that is not among them makes them be fetched anew, once a minute at most. */
  readonly [jwksCache]: JWKSCacheInput
}

export function oidcClient(
  options: OpenIdConnectOptions,
  traits: OidcTraits,
  tools: IdentityProviderTools,
): OidcClient {
  const issuer = new URL(options.issuer)
  const source = { issuer, discovery: traits.discovery ?? issuer, endpoints: endpointsOf(options) }
  return {
    options,
    traits,
    tools,
    client: { client_id: options.clientId },
    clientIds: [options.clientId, ...(options.otherClientIds ?? [])],
    metadata: oidcMetadata(source, tools),
    async authentication(metadata) {
      const { clientSecret } = options
      if (clientSecret === undefined) return None()
      const secret = typeof clientSecret === 'string' ? clientSecret : await clientSecret(tools)
      return takesPost(metadata) ? ClientSecretPost(secret) : ClientSecretBasic(secret)
    },
    http: {
      [customFetch]: libraryFetch(tools),
      [allowInsecureRequests]: tools.environment === 'development',
      [jwksCache]: {},
    },
  }
}

/** In the body where that is taken: how a secret is written into a header is read in several ways. */
function takesPost({ token_endpoint_auth_methods_supported: methods }: AuthorizationServer): boolean {
  return Array.isArray(methods) && methods.includes('client_secret_post')
}

function endpointsOf({ endpoints = {} }: OpenIdConnectOptions): Partial<AuthorizationServer> {
  const named = {
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userInfo,
    jwks_uri: endpoints.keys,
  }
  return Object.fromEntries(Object.entries(named).filter(([, address]) => address !== undefined))
}
