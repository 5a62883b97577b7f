import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { type Answer, readProtected } from './answers.ts'
import type { InspectedToken, OidcClient } from './oidc-client.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import type { ProfileFacts } from './profile.ts'
import { pick } from './profile.ts'
import { readStandardClaims } from './standard-claims.ts'

export interface GoogleOptions extends OidcClientOptions {
  /** Lets in accounts of this Google Workspace domain alone. @default everybody */
  readonly hostedDomain?: string
  /** Where an access token is looked up. @default 'https://oauth2.googleapis.com/tokeninfo' */
  readonly tokenInfo?: string
}

/**
 * Log-in with Google, by OpenID Connect. The API way takes `idToken`, `code`, and an `accessToken` that Google's token info
 * says was issued to this client.
 *
 * An address counts as proven where Google says so and runs its mailbox: `gmail.com`, or a Workspace domain (claim `hd`).
 * Others were proven when the account was made and may have changed hands since, says Google's "Verify the Google ID token
 * on your server side".
 */
export function google(options: GoogleOptions): IdentityProviderFactory {
  const { issuer = 'https://accounts.google.com', hostedDomain, parameters } = options
  const { tokenInfo = 'https://oauth2.googleapis.com/tokeninfo' } = options
  const hint = hostedDomain === undefined ? {} : { hd: hostedDomain }
  return oidcProvider(
    { name: 'google', title: 'Google', ...options, issuer, parameters: { ...hint, ...parameters } },
    {
      usesPkce: true,
      usesNonce: true,
      readClaims,
      mayEnter: (claims) => hostedDomain === undefined || claims['hd'] === hostedDomain,
      addresses: { tokenInfo },
      inspectAccessToken: (accessToken, oidc) => inspect(tokenInfo, accessToken, oidc),
    },
  )
}

function readClaims(claims: Answer): ProfileFacts {
  const facts = readStandardClaims(claims)
  const isGoogles = isText(claims['hd']) || (isText(facts.email) && /@(?:gmail|googlemail)\.com$/i.test(facts.email))
  return {
    ...facts,
    emailVerified: facts.emailVerified === true && isGoogles,
    extra: { ...facts.extra, ...pick(claims, ['hd']) },
  }
}

async function inspect(tokenInfo: string, accessToken: string, { tools }: OidcClient): Promise<InspectedToken> {
  const url = new URL(tokenInfo)
  url.searchParams.set('access_token', accessToken)
  const { aud, sub } = await readProtected(await tools.fetch(url))
  return { clientId: aud, subject: isText(sub) ? sub : null }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
