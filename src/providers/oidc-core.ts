import { introspectionRequest, processIntrospectionResponse, skipSubjectCheck } from 'oauth4webapi'
import type {
  BeginInput,
  BegunLogin,
  FinishInput,
  IdentityProof,
  IdentityProviderFactory,
  ProvenIdentity,
  ProviderTokens,
} from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import type { Answer } from './answers.ts'
import { authorizationRequest } from './authorization-request.ts'
import { checkOptions } from './check-options.ts'
import { type InspectedToken, type OidcClient, type OidcTraits, oidcClient } from './oidc-client.ts'
import type { OpenIdConnectOptions } from './oidc-options.ts'
import { exchangeCallback, exchangeCode, proveIdToken, readMetadata, readUserInfo } from './oidc-tokens.ts'
import { toIdentity } from './profile.ts'
import { refusing } from './refusal-of.ts'
import { bareToken, readTokens } from './tokens.ts'

/** What `openIdConnect` and the providers that speak OpenID Connect are made of. */
export function oidcProvider(options: OpenIdConnectOptions, traits: OidcTraits): IdentityProviderFactory {
  return (tools) => {
    const { name, title, issuer, clientId, parameters, endpoints = {}, responseMode = 'query' } = options
    const required = { issuer, clientId, ...traits.required }
    const addresses = { issuer, ...endpoints, ...traits.addresses }
    checkOptions({ name, title, required, addresses, parameters }, tools)
    const oidc = oidcClient(options, traits, tools)
    return {
      name,
      title,
      responseMode,
      begin: (input) => begin(oidc, input),
      finish: (input) => finish(oidc, input),
      verify: (proof) => verify(oidc, proof),
    }
  }
}

const SCOPES = ['openid', 'profile', 'email']

async function begin(oidc: OidcClient, input: BeginInput): Promise<BegunLogin> {
  const { authorization_endpoint: endpoint } = await readMetadata(oidc)
  if (endpoint === undefined) throw new IdentityProviderError('malformed_answer', 'bad_authorization_endpoint')
  const { clientId, scopes = SCOPES, parameters, responseMode } = oidc.options
  const { usesPkce, usesNonce } = oidc.traits
  const mode = responseMode === 'form_post' ? { response_mode: responseMode } : {}
  const request = { endpoint, clientId, scopes, usesPkce, usesNonce, parameters: { ...parameters, ...mode } }
  return authorizationRequest(request, input, oidc.tools)
}

async function finish(oidc: OidcClient, input: FinishInput): Promise<ProvenIdentity> {
  const { kept, ...grant } = await exchangeCallback(oidc, input)
  const tokens = readTokens(grant, oidc.tools.clock)
  const claims = await proveIdToken(oidc, {
    idToken: idTokenOf(grant),
    accessToken: tokens?.accessToken ?? null,
    nonce: kept.nonce,
    clientIds: [oidc.options.clientId],
    otherwise: 'malformed_answer',
  })
  return identityOf(oidc, { ...oidc.traits.readCallback?.(input.params), ...claims }, tokens)
}

/** An ID token first, because it says for whom it was issued; then as the vocabularies have it. */
async function verify(oidc: OidcClient, proof: IdentityProof): Promise<ProvenIdentity> {
  const { idToken, accessToken, code } = proof
  if (idToken !== undefined) return verifyIdToken(oidc, idToken, proof)
  if (accessToken !== undefined && (await inspectorOf(oidc)) !== null) return verifyAccessToken(oidc, accessToken)
  if (code !== undefined) return verifyCode(oidc, code, proof)
  throw new IdentityProviderError('missing_input')
}

async function verifyIdToken(oidc: OidcClient, idToken: string, proof: IdentityProof): Promise<ProvenIdentity> {
  const accessToken = proof.accessToken ?? null
  const { clientIds } = oidc
  const nonce = proof.nonce ?? null
  const claims = await proveIdToken(oidc, { idToken, accessToken, nonce, clientIds, otherwise: 'invalid_grant' })
  return identityOf(oidc, claims, accessToken === null ? null : bareToken(accessToken))
}

async function verifyCode(oidc: OidcClient, code: string, proof: IdentityProof): Promise<ProvenIdentity> {
  const grant = await exchangeCode(oidc, code, proof)
  const tokens = readTokens(grant, oidc.tools.clock)
  const claims = await proveIdToken(oidc, {
    idToken: idTokenOf(grant),
    accessToken: tokens?.accessToken ?? null,
    nonce: proof.nonce ?? null,
    clientIds: [oidc.options.clientId],
    otherwise: 'malformed_answer',
  })
  return identityOf(oidc, claims, tokens)
}

async function verifyAccessToken(oidc: OidcClient, accessToken: string): Promise<ProvenIdentity> {
  const inspect = await inspectorOf(oidc)
  if (inspect === null) throw new IdentityProviderError('missing_input')
  const { clientId, subject } = await inspect(accessToken, oidc)
  if (!oidc.clientIds.some((ours) => ours === clientId)) {
    throw new IdentityProviderError('wrong_audience', 'access_token')
  }
  const userInfo = await readUserInfo(oidc, accessToken, subject ?? skipSubjectCheck)
  return identityOf(oidc, userInfo, bareToken(accessToken))
}

type Inspector = (accessToken: string, oidc: OidcClient) => Promise<InspectedToken>

/** How this issuer tells for whom an access token is, or `null` where it does not and so takes none. */
async function inspectorOf(oidc: OidcClient): Promise<Inspector | null> {
  if (oidc.options.dangerouslyTakesAnyAccessToken === true) return inspectNothing
  if (oidc.traits.inspectAccessToken !== undefined) return oidc.traits.inspectAccessToken
  const metadata = await readMetadata(oidc)
  return metadata.introspection_endpoint === undefined || oidc.options.clientSecret === undefined ? null : introspect
}

/** RFC 7662. A resource server may look at tokens of others, so that `active` alone says nothing about us. */
async function introspect(accessToken: string, oidc: OidcClient): Promise<InspectedToken> {
  const metadata = await readMetadata(oidc)
  const { client, http } = oidc
  const answer = await refusing('malformed_answer', async () => {
    const authentication = await oidc.authentication(metadata)
    const response = await introspectionRequest(metadata, client, authentication, accessToken, http)
    if (response.status >= 500) throw new IdentityProviderError('unreachable', `introspection_${response.status}`)
    return processIntrospectionResponse(metadata, client, response)
  })
  if (!answer.active) throw new IdentityProviderError('invalid_grant', 'inactive')
  return { clientId: answer.client_id, subject: answer.sub ?? null }
}

async function inspectNothing(_accessToken: string, { options }: OidcClient): Promise<InspectedToken> {
  return { clientId: options.clientId, subject: null }
}

function idTokenOf(grant: Answer): string {
  const { id_token: idToken } = grant
  if (typeof idToken !== 'string') throw new IdentityProviderError('malformed_answer', 'no_id_token')
  return idToken
}

/**
 * Asks the user info where the ID token lacks the address: many issuers put claims of scopes there alone (OpenID Connect
 * Core §5.4). What both tell, the signed one tells.
 */
async function identityOf(oidc: OidcClient, claims: Answer, tokens: ProviderTokens | null): Promise<ProvenIdentity> {
  const metadata = await readMetadata(oidc)
  const { sub, email } = claims
  if (oidc.traits.mayEnter?.(claims) === false) throw new IdentityProviderError('denied_by_user', 'not_allowed')
  const isComplete = email !== undefined || tokens === null || metadata.userinfo_endpoint === undefined
  if (isComplete || typeof sub !== 'string') return toIdentity(oidc.traits.readClaims(claims), tokens)
  const userInfo = await readUserInfo(oidc, tokens.accessToken, sub)
  // Whether an address is proven is said of the one beside it, and the ID token has none.
  const { email_verified: _claim, xms_edov: _microsofts, ...others } = claims
  return toIdentity(oidc.traits.readClaims({ ...userInfo, ...others }), tokens)
}
