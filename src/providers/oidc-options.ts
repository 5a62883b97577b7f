import type { IdentityProviderTools } from '../contracts/identity-provider.ts'

/** How an OpenID Connect issuer is reached and what it is trusted with. */
export interface OpenIdConnectOptions {
  /** Its name in addresses and in the database: `a-z`, `0-9` and `-`, beginning with a letter, at most 32. */
  readonly name: string
  /** As people read it. */
  readonly title: string
  /** Exactly as its ID tokens name it. Its metadata lies at `/.well-known/openid-configuration` below. */
  readonly issuer: string
  readonly clientId: string
  /** Leave out for a public client. A function is asked before each use, for secrets that are made anew. */
  readonly clientSecret?: string | ((tools: IdentityProviderTools) => Promise<string>)
  /** The ids of the same application on other platforms: their ID tokens are taken on the API way. @default [] */
  readonly otherClientIds?: readonly string[]
  /** @default ['openid', 'profile', 'email'] */
  readonly scopes?: readonly string[]
  /** Further parameters of the authorization request, such as `prompt`. Those of the protocol are refused. @default {} */
  readonly parameters?: Readonly<Record<string, string>>
  /** @default 'query' */
  readonly responseMode?: 'query' | 'form_post'
  /** Addresses that take the place of those in the issuer's metadata. */
  readonly endpoints?: {
    readonly authorization?: string
    readonly token?: string
    readonly userInfo?: string
    readonly keys?: string
  }
  /**
   * `true`: an address counts as proven where the claim `email_verified` is `true`. Only for an issuer that has its users
   * prove their addresses: whoever runs it can come in as the owner of any address. @default false
   */
  readonly trustsEmailVerified?: boolean
  /**
   * `true`: takes access tokens although the issuer does not tell for whom it issued them. Any other application that
   * somebody logs in to at the same issuer can then come in here as them. @default false
   */
  readonly dangerouslyTakesAnyAccessToken?: boolean
}

/** What the built-in providers that speak OpenID Connect let one set. */
export interface OidcClientOptions
  extends Pick<
    OpenIdConnectOptions,
    'clientId' | 'otherClientIds' | 'scopes' | 'parameters' | 'endpoints' | 'dangerouslyTakesAnyAccessToken'
  > {
  readonly clientSecret: string
  /** @default the provider's own, such as `google` */
  readonly name?: string
  /** @default the provider's own, such as `Google` */
  readonly title?: string
  /** For a provider that runs elsewhere, such as a GitLab of one's own. */
  readonly issuer?: string
}
