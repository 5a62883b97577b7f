import { importPKCS8, SignJWT } from 'jose'
import type { IdentityProviderFactory, IdentityProviderTools } from '../contracts/identity-provider.ts'
import { type Answer, asObject } from './answers.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import { type ProfileFacts, pick } from './profile.ts'
import { readStandardClaims } from './standard-claims.ts'

export interface AppleOptions extends Omit<OidcClientOptions, 'clientSecret' | 'dangerouslyTakesAnyAccessToken'> {
  /** The services id of the web site. The bundle ids of its apps belong into `otherClientIds`. */
  readonly clientId: string
  readonly teamId: string
  /** The id of the private key. */
  readonly keyId: string
  /** The text of the `.p8` file. */
  readonly privateKey: string
}

/**
 * Sign in with Apple, by OpenID Connect with its own ways: a secret that is a JWT signed with ES256, a callback that is
 * posted, and a name that comes once, at the first log-in. The API way takes `idToken` and `code`.
 *
 * An address counts as proven where the claim `email_verified` is `true`, which Apple writes as a text or a boolean:
 * "Authenticating users with Sign in with Apple" has it as whether the service verifies the address.
 */
export function apple(options: AppleOptions): IdentityProviderFactory {
  const { issuer = 'https://appleid.apple.com', scopes = ['openid', 'name', 'email'], ...rest } = options
  const { teamId, keyId, privateKey, ...client } = rest
  const secret = { teamId, keyId, privateKey, clientId: client.clientId, audience: issuer }
  return oidcProvider(
    {
      name: 'apple',
      title: 'Apple',
      ...client,
      issuer,
      scopes,
      clientSecret: (tools) => signSecret(secret, tools),
      // Apple refuses to send name or address in any other way.
      responseMode: 'form_post',
    },
    { usesPkce: true, usesNonce: true, readClaims, readCallback, required: { teamId, keyId, privateKey } },
  )
}

interface SecretParts {
  readonly teamId: string
  readonly keyId: string
  readonly privateKey: string
  readonly clientId: string
  readonly audience: string
}

const SECRET_LIFETIME_SECONDS = 300

/** Made for each use and good for five minutes; Apple would take one for half a year, which then would have to be kept. */
async function signSecret(secret: SecretParts, { clock }: IdentityProviderTools): Promise<string> {
  const { teamId, keyId, privateKey, clientId, audience } = secret
  const issuedAt = Math.floor(clock.now().getTime() / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + SECRET_LIFETIME_SECONDS)
    .sign(await importPKCS8(privateKey, 'ES256'))
}

/** The name, which the browser posts unsigned: good for a greeting. The address beside it is not, and stays unread. */
function readCallback(params: URLSearchParams): Answer {
  const name = asObject(parseUser(params.get('user'))?.['name'])
  return name === null ? {} : { given_name: name['firstName'], family_name: name['lastName'] }
}

function parseUser(text: string | null): Answer | null {
  if (text === null || text.length > MAX_USER_LENGTH) return null
  try {
    return asObject(JSON.parse(text))
  } catch {
    return null
  }
}

const MAX_USER_LENGTH = 4_096

function readClaims(claims: Answer): ProfileFacts {
  const { email_verified: verified } = claims
  const facts = readStandardClaims(claims)
  return {
    ...facts,
    emailVerified: verified === true || verified === 'true',
    extra: { ...facts.extra, ...pick(claims, ['is_private_email']) },
  }
}
