import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { BeginInput, BegunLogin, FinishInput, IdentityProviderTools } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { toBase64Url } from '../util/base64url.ts'
import { asObject } from './answers.ts'

/** What an authorization request is made of besides redirect URI and state. */
export interface AuthorizationRequest {
  readonly endpoint: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly usesPkce: boolean
  readonly usesNonce: boolean
  readonly parameters: Readonly<Record<string, string>>
}

/** What only the browser that began brings back; `null` where the provider does not take it. */
export interface KeptSecrets {
  readonly verifier: string | null
  readonly nonce: string | null
}

/** Builds where the browser goes (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1). */
export async function authorizationRequest(
  request: AuthorizationRequest,
  { redirectUri, state }: BeginInput,
  { random }: IdentityProviderTools,
): Promise<BegunLogin> {
  // 32 bytes make a verifier of 43 characters, the shortest that RFC 7636 §4.1 allows and all that is needed.
  const kept: KeptSecrets = {
    verifier: request.usesPkce ? toBase64Url(random.bytes(32)) : null,
    nonce: request.usesNonce ? toBase64Url(random.bytes(32)) : null,
  }
  const url = new URL(request.endpoint)
  const parameters = {
    ...request.parameters,
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: redirectUri,
    scope: request.scopes.join(' '),
    state,
    ...(kept.nonce === null ? {} : { nonce: kept.nonce }),
    ...(kept.verifier === null ? {} : await challenge(kept.verifier)),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href, kept: { verifier: kept.verifier, nonce: kept.nonce } }
}

/**
 * Reads again what was kept, which must be what this provider keeps.
 *
 * @throws {IdentityProviderError} `state_mismatch` where it is another provider's
 */
export function readKept(
  kept: FinishInput['kept'],
  uses: Pick<AuthorizationRequest, 'usesPkce' | 'usesNonce'>,
): KeptSecrets {
  const { verifier = null, nonce = null } = asObject(kept) ?? {}
  if (!isExpected(verifier, uses.usesPkce) || !isExpected(nonce, uses.usesNonce)) {
    throw new IdentityProviderError('state_mismatch', 'kept')
  }
  return { verifier, nonce }
}

function isExpected(value: unknown, isUsed: boolean): value is string | null {
  return isUsed ? typeof value === 'string' && value !== '' : value === null
}

async function challenge(verifier: string): Promise<Readonly<Record<string, string>>> {
  return { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
}
