import type { BeginInput, BegunLogin, FinishInput, IdentityProviderTools } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { toBase64Url } from '../util/base64url.ts'
import { equalBytes } from '../util/secrets.ts'
import { asObject } from './answers.ts'
import { type OAuth1Secret, signOAuth1 } from './oauth1-signer.ts'

/** A client of an OAuth 1.0a provider. */
export interface OAuth1Client {
  readonly consumer: OAuth1Secret
  readonly endpoints: { readonly requestToken: string; readonly authorization: string; readonly accessToken: string }
  readonly tools: IdentityProviderTools
}

export type OAuth1Call = Pick<Parameters<typeof signOAuth1>[0], 'method' | 'url' | 'token' | 'extra'>

/** Calls with a signature: nonce and moment are new for each. */
export async function callSigned(
  { consumer, tools }: Pick<OAuth1Client, 'consumer' | 'tools'>,
  call: OAuth1Call,
): Promise<Response> {
  const nonce = toBase64Url(tools.random.bytes(16))
  const timestampSeconds = Math.floor(tools.clock.now().getTime() / 1000)
  const authorization = await signOAuth1({ ...call, consumer, nonce, timestampSeconds })
  return tools.fetch(call.url, { method: call.method, headers: { authorization, accept: 'application/json' } })
}

/** Asks for a request token, which then stands for this log-in (RFC 5849 §2.1 and §2.2). */
export async function beginOAuth1(client: OAuth1Client, { redirectUri }: BeginInput): Promise<BegunLogin> {
  const answer = await postForm(client, client.endpoints.requestToken, { extra: { oauth_callback: redirectUri } })
  // Without it the provider takes the callback from a request that anybody can write (session fixation of 2009).
  if (answer.get('oauth_callback_confirmed') !== 'true') {
    throw new IdentityProviderError('malformed_answer', 'callback_not_confirmed')
  }
  const token = readToken(answer)
  const url = new URL(client.endpoints.authorization)
  url.searchParams.set('oauth_token', token.key)
  return {
    url: url.href,
    kept: { key: token.key, secret: token.secret },
    echo: { parameter: 'oauth_token', value: token.key },
  }
}

/** Exchanges the request token of this log-in and its verifier for a token (RFC 5849 §2.3). */
export async function finishOAuth1(client: OAuth1Client, { params, kept }: FinishInput): Promise<OAuth1Secret> {
  const { key, secret } = asObject(kept) ?? {}
  if (typeof key !== 'string' || typeof secret !== 'string') throw new IdentityProviderError('state_mismatch', 'kept')
  if (params.get('denied') === key) throw new IdentityProviderError('denied_by_user')
  const tokens = params.getAll('oauth_token')
  const verifiers = params.getAll('oauth_verifier')
  if (tokens.length !== 1 || !sameText(tokens[0], key)) throw new IdentityProviderError('state_mismatch', 'oauth_token')
  const [verifier = ''] = verifiers
  if (verifiers.length !== 1 || verifier === '') throw new IdentityProviderError('state_mismatch', 'oauth_verifier')
  const token = { key, secret }
  return readToken(await postForm(client, client.endpoints.accessToken, { token, extra: { oauth_verifier: verifier } }))
}

async function postForm(
  client: OAuth1Client,
  address: string,
  call: Pick<OAuth1Call, 'token' | 'extra'>,
): Promise<URLSearchParams> {
  const response = await callSigned(client, { ...call, method: 'POST', url: new URL(address) })
  const { status } = response
  if (status >= 500 || status === 429) throw new IdentityProviderError('unreachable', `status_${status}`)
  // Before there is a token, all that can be wrong with a signed request is the application's own.
  if (status !== 200) {
    throw new IdentityProviderError(call.token === undefined ? 'misconfigured' : 'invalid_grant', `status_${status}`)
  }
  return new URLSearchParams(await response.text())
}

function readToken(answer: URLSearchParams): OAuth1Secret {
  const key = answer.get('oauth_token') ?? ''
  const secret = answer.get('oauth_token_secret') ?? ''
  const isWhole = key !== '' && secret !== '' && key.length + secret.length <= MAX_TOKEN_LENGTH
  if (!isWhole) throw new IdentityProviderError('malformed_answer', 'no_token')
  return { key, secret }
}

/** Key and secret have to fit into what is kept in a cookie. */
const MAX_TOKEN_LENGTH = 1_000

function sameText(a: string | undefined, b: string): boolean {
  const encoder = new TextEncoder()
  return a !== undefined && equalBytes(encoder.encode(a), encoder.encode(b))
}
