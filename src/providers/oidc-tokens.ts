import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  genericTokenEndpointRequest,
  getValidatedIdTokenClaims,
  nopkce,
  processAuthorizationCodeResponse,
  processGenericTokenEndpointResponse,
  processUserInfoResponse,
  type skipSubjectCheck,
  userInfoRequest,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from 'oauth4webapi'
import type { FinishInput, IdentityProof } from '../contracts/identity-provider.ts'
import { IdentityProviderError, type IdentityProviderReason } from '../contracts/identity-provider-error.ts'
import { type Answer, readGrant } from './answers.ts'
import { type KeptSecrets, readKept } from './authorization-request.ts'
import { matchesHash } from './matches-hash.ts'
import type { OidcClient } from './oidc-client.ts'
import { refusing } from './refusal-of.ts'
import { headerText } from './tokens.ts'
import { unprovenJwt } from './unproven-jwt.ts'

/** Exchanges the code of a callback that answers what was begun. */
export async function exchangeCallback(oidc: OidcClient, input: FinishInput): Promise<Answer & { kept: KeptSecrets }> {
  const metadata = await readMetadata(oidc)
  const kept = readKept(input.kept, oidc.traits)
  // State and `iss` come before the code: the code of another issuer is never sent to this one (RFC 9207 §2.4).
  const params = await refusing('state_mismatch', () =>
    validateAuthResponse(metadata, oidc.client, input.params, input.state),
  )
  if (params.get('code') === null) throw new IdentityProviderError('malformed_answer', 'no_code')
  const authentication = await oidc.authentication(metadata)
  const response = await refusing('malformed_answer', () =>
    authorizationCodeGrantRequest(
      metadata,
      oidc.client,
      authentication,
      params,
      input.redirectUri,
      kept.verifier ?? nopkce,
      oidc.http,
    ),
  )
  return { ...(await readGrant(response)), kept }
}

/** Exchanges a code that a client got by itself. */
export async function exchangeCode(oidc: OidcClient, code: string, proof: IdentityProof): Promise<Answer> {
  const metadata = await readMetadata(oidc)
  const authentication = await oidc.authentication(metadata)
  const parameters = {
    code,
    redirect_uri: proof.redirectUri,
    ...(proof.codeVerifier === undefined ? {} : { code_verifier: proof.codeVerifier }),
  }
  const { client, http } = oidc
  const response = await refusing('malformed_answer', () =>
    genericTokenEndpointRequest(metadata, client, authentication, 'authorization_code', parameters, http),
  )
  return readGrant(response)
}

/** An ID token that is still to be judged. */
export interface UnprovenToken {
  readonly idToken: string
  /** Came along with it, or `null`. */
  readonly accessToken: string | null
  /** `null`: any nonce will do, because nobody here had chosen one. */
  readonly nonce: string | null
  readonly clientIds: OidcClient['clientIds']
  /** Why it is refused where no other reason is the better one. */
  readonly otherwise: IdentityProviderReason
}

/**
 * Checks an ID token as OpenID Connect Core §3.1.3.7 has it, and gives its claims.
 *
 * Issuer, audience and keys come from the configuration and the issuer's metadata, never from the token.
 */
export async function proveIdToken(oidc: OidcClient, token: UnprovenToken): Promise<Answer> {
  const { otherwise, accessToken } = token
  const { header, claims: unproven } = unprovenJwt(token.idToken) ?? { header: {}, claims: {} }
  // RFC 8725 §3.11: the issuer's access and log-out tokens name us as their audience, too, and are no proof of a log-in.
  if (isOtherKind(header)) throw new IdentityProviderError(otherwise, 'typ')
  const metadata = issuedBy(await readMetadata(oidc), oidc.traits.issuerOf?.(unproven))
  const clientId = token.clientIds.find((id) => id === unproven['aud']) ?? token.clientIds[0]
  // The library judges ID tokens as parts of token answers only, so one that came alone is put into such an answer.
  const answer = Response.json({ access_token: accessToken ?? 'none', token_type: 'bearer', id_token: token.idToken })
  const claims = await refusing(otherwise, async () => {
    const client = { client_id: clientId }
    const grant =
      token.nonce === null
        ? await processGenericTokenEndpointResponse(metadata, client, answer)
        : await processAuthorizationCodeResponse(metadata, client, answer, { expectedNonce: token.nonce })
    await validateApplicationLevelSignature(metadata, answer, oidc.http)
    return getValidatedIdTokenClaims(grant)
  })
  if (claims === undefined) throw new IdentityProviderError(otherwise, 'no_id_token')
  const { azp, at_hash: hash } = claims
  // Core §3.1.3.7 (5): also where there is but one audience, a party that is not ours got the token.
  if (azp !== undefined && !token.clientIds.some((id) => id === azp)) {
    throw new IdentityProviderError('wrong_audience', 'azp')
  }
  if (accessToken !== null && hash !== undefined && !(await matchesHash(accessToken, hash, header['alg']))) {
    throw new IdentityProviderError(otherwise, 'at_hash')
  }
  return claims
}

/** ID tokens have no type, or `JWT`; what has one of its own is `at+jwt`, `logout+jwt`, `secevent+jwt` and their like. */
function isOtherKind({ typ }: Answer): boolean {
  return typeof typ === 'string' && /\+jwt$/i.test(typ)
}

/** What the issuer tells of somebody, who must be `subject` where that is known (OpenID Connect Core §5.3.4). */
export async function readUserInfo(
  oidc: OidcClient,
  accessToken: string,
  subject: string | typeof skipSubjectCheck,
): Promise<Answer> {
  const metadata = await readMetadata(oidc)
  const { client, http } = oidc
  const response = await refusing('malformed_answer', () =>
    userInfoRequest(metadata, client, headerText(accessToken), http),
  )
  if (response.status >= 500) throw new IdentityProviderError('unreachable', `userinfo_${response.status}`)
  if (response.status === 401 || response.status === 403) {
    throw new IdentityProviderError('invalid_grant', `userinfo_${response.status}`)
  }
  return refusing('malformed_answer', () => processUserInfoResponse(metadata, client, subject, response))
}

export async function readMetadata(oidc: OidcClient): Promise<AuthorizationServer> {
  return refusing('malformed_answer', oidc.metadata)
}

function issuedBy(metadata: AuthorizationServer, issuer: string | undefined): AuthorizationServer {
  return issuer === undefined ? metadata : { ...metadata, issuer }
}
