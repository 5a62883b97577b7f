import type { JsonValue } from '../model/field.ts'
import type { Clock, RandomSource } from './clock.ts'

/**
 * What a provider may use. It reads no clock, draws no bytes and opens no connection but through these.
 *
 * A provider holds nothing of a single log-in in its closure: all requests share it.
 */
export interface IdentityProviderTools {
  readonly clock: Clock
  readonly random: RandomSource
  /**
   * Calls the provider. It has a time limit, follows no redirect and reads at most a megabyte; where that, or the
   * network, is in the way it rejects with `IdentityProviderError('unreachable')`. What a status means is the provider's
   * to judge.
   */
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>
  /**
   * Only in development a provider may be reached without TLS, and that on this machine alone. What cannot be used in
   * production throws a `TypeError` when it is opened there.
   */
  readonly environment: 'production' | 'development'
}

/** What the `social.providers` option takes: it opens the provider once the tools are there, and asks nobody yet. */
export type IdentityProviderFactory = (tools: IdentityProviderTools) => IdentityProvider

/**
 * Somebody who vouches for people: an OpenID Connect issuer, an OAuth 2 or an OAuth 1.0a provider.
 *
 * It only proves who somebody is over there. Whether that is a user here, and may come in, is the engine's to decide.
 * Everything that it refuses it refuses by `IdentityProviderError`.
 */
export interface IdentityProvider {
  /**
   * Its name in addresses and in the database: one to 32 of `a-z`, `0-9` and `-`, beginning with a letter. Unique among
   * the configured ones, and never given to another issuer later: identities are kept under it.
   */
  readonly name: string
  /** As people read it: `GitHub`. */
  readonly title: string
  /**
   * How the callback comes: by `GET`, or as a form that the provider's page posts (OAuth 2.0 Form Post Response Mode),
   * which a cookie with `SameSite=Lax` does not travel with. @default 'query'
   */
  readonly responseMode?: 'query' | 'form_post'
  /**
   * `true`: what clients of the API way bring is an access token with its secret (OAuth 1.0a). Doors whose clients were
   * written for that ask for both. @default false
   */
  readonly takesTokenSecret?: boolean
  /**
   * Begins the redirect way. OAuth 2: an authorization request with PKCE `S256` (RFC 7636), the state, and for OpenID
   * Connect a nonce. OAuth 1.0a: asks for a request token first (RFC 5849 §2.1) and checks `oauth_callback_confirmed`.
   *
   * @throws {IdentityProviderError}
   */
  begin(input: BeginInput): Promise<BegunLogin>
  /**
   * Proves who came back. The engine has checked already that the callback belongs to what was begun in this browser, and
   * that it is the first: nobody is called for a forged or repeated one. The provider checks `iss` (RFC 9207), exchanges
   * the code, and checks the ID token (OpenID Connect Core §3.1.3.7).
   *
   * @throws {IdentityProviderError}
   */
  finish(input: FinishInput): Promise<ProvenIdentity>
  /**
   * Proves who sent a token or code that a client got from the provider by itself. What was issued to another
   * application is refused with `wrong_audience`; where the provider offers no way to tell, it takes no bare access
   * token unless an option named `dangerously…` says so.
   *
   * @throws {IdentityProviderError} `missing_input` where none of what this provider takes was given
   */
  verify(proof: IdentityProof): Promise<ProvenIdentity>
}

export interface BeginInput {
  /** Where the provider sends the browser back to. From the configuration, one for each provider. */
  readonly redirectUri: string
  /** A random value, new for each log-in: the `state` of OAuth 2. */
  readonly state: string
}

export interface BegunLogin {
  /** Where the browser goes. */
  readonly url: string
  /**
   * What `finish` needs: the PKCE verifier, the nonce, the secret of an OAuth 1.0a request token. It travels in a cookie
   * that is sealed, so that neither the browser nor anybody else can read or change it. At most 1,500 bytes as JSON.
   */
  readonly kept: JsonValue
  /**
   * The parameter by which the callback names what was begun, compared before anything else.
   *
   * @default `state` with the given state; `oauth_token` with the request token for OAuth 1.0a (RFC 5849 §2.2)
   */
  readonly echo?: { readonly parameter: string; readonly value: string }
}

export interface FinishInput {
  /** The parameters of the callback, from the query or the posted form. */
  readonly params: URLSearchParams
  readonly kept: JsonValue
  /** The same as `begin` was given. */
  readonly redirectUri: string
  readonly state: string
}

/** What a client of the API way may send. Each is a text of at most 8,192 characters without NUL, or is not there. */
export interface IdentityProof {
  /** An access token of OAuth 2, or with `tokenSecret` one of OAuth 1.0a. */
  readonly accessToken?: string
  readonly code?: string
  /** An ID token of OpenID Connect. */
  readonly idToken?: string
  /** The secret of an OAuth 1.0a token. */
  readonly tokenSecret?: string
  /** The PKCE verifier of the client that began with the provider by itself, for `code`. */
  readonly codeVerifier?: string
  /** What the client had put into its request, for an ID token that carries one. */
  readonly nonce?: string
  /** The redirect URI that the code was issued for. From the configuration, never from the client. */
  readonly redirectUri: string
}

/** Whom a provider vouches for. */
export interface ProvenIdentity {
  /**
   * Who it is over there, for ever: `sub`, or the numeric id as text. Never a name or an address, which change hands.
   * Where one provider has several issuers, such as the tenants of Microsoft, it names the issuer, too. Compared byte
   * for byte; 1 to 255 characters.
   */
  readonly subject: string
  readonly email: string | null
  /**
   * `true` only where the provider explicitly says that this person has proven this address, and the provider is known to
   * mean it. Missing, `"true"` or `1` are `false`.
   */
  readonly emailVerified: boolean
  /** Empty where there is none. */
  readonly firstName: string
  readonly lastName: string
  /** What a user name could be made of: the login or screen name over there. A wish, not an identifier. */
  readonly usernameHint: string | null
  /**
   * What is worth keeping of the profile. Nothing of it ever becomes a field of the user. More than 16 KiB of it as JSON
   * is dropped as a whole.
   */
  readonly extraData: Readonly<Record<string, JsonValue>>
  /** Left out where there is none to keep. Stored only where `social.storeTokens` asks for it, sealed. */
  readonly tokens?: ProviderTokens
}

/** What calls the provider on the person's behalf. */
export interface ProviderTokens {
  readonly accessToken: string
  readonly refreshToken: string | null
  /** The secret of an OAuth 1.0a token. */
  readonly tokenSecret: string | null
  readonly expiresAt: Date | null
}
