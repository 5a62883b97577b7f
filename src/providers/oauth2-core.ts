import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  genericTokenEndpointRequest,
  nopkce,
  validateAuthResponse,
} from 'oauth4webapi'
import type {
  FinishInput,
  IdentityProof,
  IdentityProviderFactory,
  IdentityProviderTools,
  ProvenIdentity,
  ProviderTokens,
} from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { type Answer, readGrant } from './answers.ts'
import { authorizationRequest, readKept } from './authorization-request.ts'
import { checkOptions } from './check-options.ts'
import { type LibraryFetch, libraryFetch } from './library-fetch.ts'
import { type ProfileFacts, toIdentity } from './profile.ts'
import { refusing } from './refusal-of.ts'
import { bareToken, readTokens } from './tokens.ts'

/** What a client of any OAuth 2 provider needs. */
export interface OAuth2ClientOptions {
  readonly name: string
  readonly title: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  /** Further parameters of the authorization request. Those of the protocol are refused. @default {} */
  readonly parameters?: Readonly<Record<string, string>>
  /**
   * `true`: takes access tokens although the provider does not tell for whom it issued them. Any other application that
   * somebody logs in to with the same provider can then come in here as them. @default false
   */
  readonly dangerouslyTakesAnyAccessToken?: boolean
}

/** In what providers of plain OAuth 2 differ, which is nearly everything. */
export interface OAuth2Traits {
  readonly usesPkce: boolean
  /** Where the client's secret travels: in the form, or in a header (RFC 6749 §2.3.1). */
  readonly secretIn: 'form' | 'header'
  /** All addresses, by the options that set them; these two are always there. */
  readonly endpoints: { readonly authorization: string; readonly token: string } & Readonly<Record<string, string>>
  /** Asks the provider who the token's owner is. */
  readonly readProfile: (accessToken: string, oauth: OAuth2Client) => Promise<ProfileFacts>
  /**
   * Throws `wrong_audience` unless a token that a client brought was issued to this application. Left out where the
   * provider does not tell.
   */
  readonly assertAudience?: (accessToken: string, oauth: OAuth2Client) => Promise<void>
}

/** What is made once and shared by all log-ins. */
export interface OAuth2Client {
  readonly options: OAuth2ClientOptions
  readonly traits: OAuth2Traits
  readonly tools: IdentityProviderTools
}

/** What `oAuth2` and the providers with OAuth 2 alone are made of. */
export function oauth2Provider(options: OAuth2ClientOptions, traits: OAuth2Traits): IdentityProviderFactory {
  return (tools) => {
    const { name, title, clientId, clientSecret, parameters, scopes } = options
    checkOptions({ name, title, required: { clientId, clientSecret }, addresses: traits.endpoints, parameters }, tools)
    const oauth = { options, traits, tools }
    const { usesPkce } = traits
    const endpoint = traits.endpoints.authorization
    const request = { endpoint, clientId, scopes, usesPkce, usesNonce: false, parameters: parameters ?? {} }
    return {
      name,
      title,
      begin: (input) => authorizationRequest(request, input, tools),
      finish: (input) => finish(oauth, input),
      verify: (proof) => verify(oauth, proof),
    }
  }
}

async function finish(oauth: OAuth2Client, input: FinishInput): Promise<ProvenIdentity> {
  const { traits, tools } = oauth
  const { server, client, secret, http } = library(oauth)
  const kept = readKept(input.kept, { usesPkce: traits.usesPkce, usesNonce: false })
  const answer = new URLSearchParams(input.params)
  // Without metadata there is no issuer to compare it with (RFC 9207 §2.4); the redirect URI of its own is what keeps
  // the callbacks of providers apart (RFC 9700 §4.4.2.2).
  answer.delete('iss')
  const params = await refusing('state_mismatch', () => validateAuthResponse(server, client, answer, input.state))
  if (params.get('code') === null) throw new IdentityProviderError('malformed_answer', 'no_code')
  const response = await refusing('malformed_answer', () =>
    authorizationCodeGrantRequest(server, client, secret, params, input.redirectUri, kept.verifier ?? nopkce, http),
  )
  return identityOf(oauth, requireToken(await readGrant(response), tools))
}

/** An access token first, as the vocabularies have it. */
async function verify(oauth: OAuth2Client, proof: IdentityProof): Promise<ProvenIdentity> {
  const { accessToken, code } = proof
  const { options, traits } = oauth
  const takesTokens = traits.assertAudience !== undefined || options.dangerouslyTakesAnyAccessToken === true
  if (accessToken !== undefined && takesTokens) {
    if (options.dangerouslyTakesAnyAccessToken !== true) await traits.assertAudience?.(accessToken, oauth)
    return identityOf(oauth, bareToken(accessToken))
  }
  if (code === undefined) throw new IdentityProviderError('missing_input')
  return identityOf(oauth, await exchangeCode(oauth, code, proof))
}

async function exchangeCode(oauth: OAuth2Client, code: string, proof: IdentityProof): Promise<ProviderTokens> {
  const { server, client, secret, http } = library(oauth)
  const verifier = proof.codeVerifier === undefined ? {} : { code_verifier: proof.codeVerifier }
  const parameters = { code, redirect_uri: proof.redirectUri, ...verifier }
  const response = await refusing('malformed_answer', () =>
    genericTokenEndpointRequest(server, client, secret, 'authorization_code', parameters, http),
  )
  return requireToken(await readGrant(response), oauth.tools)
}

async function identityOf(oauth: OAuth2Client, tokens: ProviderTokens): Promise<ProvenIdentity> {
  return toIdentity(await oauth.traits.readProfile(tokens.accessToken, oauth), tokens)
}

function requireToken(grant: Answer, { clock }: IdentityProviderTools): ProviderTokens {
  const tokens = readTokens(grant, clock)
  if (tokens === null) throw new IdentityProviderError('malformed_answer', 'no_access_token')
  return tokens
}

interface LibraryParts {
  readonly server: { readonly issuer: string; readonly token_endpoint: string }
  readonly client: Client
  readonly secret: ReturnType<typeof ClientSecretPost>
  readonly http: { readonly [customFetch]: LibraryFetch; readonly [allowInsecureRequests]: boolean }
}

function library({ options, traits, tools }: OAuth2Client): LibraryParts {
  const { clientId, clientSecret } = options
  const { endpoints, secretIn } = traits
  return {
    server: { issuer: new URL(endpoints.authorization).origin, token_endpoint: endpoints.token },
    client: { client_id: clientId },
    secret: secretIn === 'form' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret),
    http: { [customFetch]: libraryFetch(tools), [allowInsecureRequests]: tools.environment === 'development' },
  }
}
