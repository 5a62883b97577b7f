import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import type { Answer } from './answers.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import { type ProfileFacts, pick } from './profile.ts'
import { readStandardClaims } from './standard-claims.ts'

export type SlackOptions = OidcClientOptions

/**
 * Log-in with Slack, by OpenID Connect. The API way takes `idToken` and `code`.
 *
 * The subject names the workspace, too, because Slack promises that user and team are unique together alone.
 *
 * An address counts as proven where the claim `email_verified` is `true`, as "Sign in with Slack" shows it.
 */
export function slack(options: SlackOptions): IdentityProviderFactory {
  const { issuer = 'https://slack.com' } = options
  return oidcProvider(
    { name: 'slack', title: 'Slack', ...options, issuer },
    { usesPkce: true, usesNonce: true, readClaims },
  )
}

const TEAM = 'https://slack.com/team_id'

function readClaims(claims: Answer): ProfileFacts {
  const { [TEAM]: team, sub } = claims
  if (typeof team !== 'string' || team === '') throw new IdentityProviderError('malformed_answer', 'no_team')
  const facts = readStandardClaims(claims)
  return { ...facts, subject: `${team}:${String(sub)}`, extra: { ...facts.extra, ...pick(claims, [TEAM]) } }
}
