import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { hmacSha256 } from '../util/secrets.ts'
import { type Answer, asObject, readObject, readProtected } from './answers.ts'
import { type OAuth2Client, type OAuth2ClientOptions, oauth2Provider } from './oauth2-core.ts'
import { type ProfileFacts, pick } from './profile.ts'

export interface FacebookOptions extends Pick<OAuth2ClientOptions, 'clientId' | 'clientSecret' | 'parameters'> {
  /** @default 'facebook' */
  readonly name?: string
  /** @default 'Facebook' */
  readonly title?: string
  /** @default ['public_profile', 'email'] */
  readonly scopes?: readonly string[]
  /** With its version. @default 'https://graph.facebook.com/v19.0' */
  readonly graph?: string
  /** @default 'https://www.facebook.com/v19.0/dialog/oauth' */
  readonly dialog?: string
}

/**
 * Log-in with Facebook, by OAuth 2. The API way takes `code`, and an `accessToken` that `debug_token` says was issued to
 * this application for a user, and is still good.
 *
 * Every call carries `appsecret_proof`, so that a stolen token is of no use without the application's secret. An address
 * never counts as proven: Facebook's documentation of the user node does not say that it was.
 */
export function facebook(options: FacebookOptions): IdentityProviderFactory {
  const { graph = 'https://graph.facebook.com/v19.0', scopes = ['public_profile', 'email'], ...client } = options
  const { dialog = 'https://www.facebook.com/v19.0/dialog/oauth' } = options
  return oauth2Provider(
    { name: 'facebook', title: 'Facebook', ...client, scopes },
    {
      usesPkce: true,
      secretIn: 'form',
      endpoints: { authorization: dialog, token: `${graph}/oauth/access_token`, graph },
      readProfile: (accessToken, oauth) => readProfile(graph, accessToken, oauth),
      assertAudience: (accessToken, oauth) => assertAudience(graph, accessToken, oauth),
    },
  )
}

const FIELDS = ['id', 'name', 'first_name', 'last_name', 'email']

async function readProfile(
  graph: string,
  accessToken: string,
  { options, tools }: OAuth2Client,
): Promise<ProfileFacts> {
  const url = graphAddress(`${graph}/me`, {
    fields: FIELDS.join(','),
    access_token: accessToken,
    appsecret_proof: appSecretProof(accessToken, options.clientSecret),
  })
  const me = await readProtected(await tools.fetch(url, { headers: { accept: 'application/json' } }))
  return {
    subject: me['id'],
    email: me['email'],
    emailVerified: false,
    firstName: me['first_name'],
    lastName: me['last_name'],
    extra: pick(me, FIELDS),
  }
}

/** "Debugging access tokens": asked with the application's own token, so that nobody else can answer for it. */
async function assertAudience(graph: string, accessToken: string, { options, tools }: OAuth2Client): Promise<void> {
  const { clientId, clientSecret } = options
  const url = graphAddress(`${graph}/debug_token`, {
    input_token: accessToken,
    access_token: `${clientId}|${clientSecret}`,
  })
  const answer = await readObject(await tools.fetch(url, { headers: { accept: 'application/json' } }))
  const data = asObject(answer['data'])
  if (data === null) throw refusalOf(answer)
  if (data['is_valid'] !== true) throw new IdentityProviderError('invalid_grant', 'not_valid')
  if (data['app_id'] !== clientId) throw new IdentityProviderError('wrong_audience', 'app_id')
  if (data['type'] !== 'USER') throw new IdentityProviderError('wrong_audience', 'type')
}

/** 190 and 101: our own token is refused. Anything else is about the other one, which is another application's. */
function refusalOf({ error }: Answer): IdentityProviderError {
  const code = asObject(error)?.['code']
  if (code === 190 || code === 101) return new IdentityProviderError('misconfigured', String(code))
  return code === 100
    ? new IdentityProviderError('wrong_audience', 'code_100')
    : new IdentityProviderError('malformed_answer', 'debug_token')
}

/** "Secure Graph API calls with appsecret_proof": HMAC-SHA256 of the token by the application's secret, in hex. */
function appSecretProof(accessToken: string, appSecret: string): string {
  const digest = hmacSha256(new TextEncoder().encode(appSecret), accessToken)
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function graphAddress(address: string, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}
