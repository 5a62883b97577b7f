import type { Clock } from '../contracts/clock.ts'
import type { ProviderTokens } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import type { Answer } from './answers.ts'

/** The tokens of a grant, as far as they are ones; `null` without an access token. */
export function readTokens(grant: Answer, clock: Clock): ProviderTokens | null {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: lifetime } = grant
  if (typeof accessToken !== 'string' || accessToken === '') return null
  const seconds = Number(lifetime)
  const isLimited = lifetime !== undefined && lifetime !== null && seconds > 0 && seconds <= MAX_LIFETIME_SECONDS
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
    tokenSecret: null,
    expiresAt: isLimited ? new Date(clock.now().getTime() + seconds * 1000) : null,
  }
}

/** The token of a client that told nothing about it but itself. */
export function bareToken(accessToken: string, tokenSecret: string | null = null): ProviderTokens {
  return { accessToken, refreshToken: null, tokenSecret, expiresAt: null }
}

/**
 * The token, if it can stand in a header: `VSCHAR` of RFC 6749 §A.12 without the space. Anything else is nobody's token, and
 * no request is made for it.
 *
 * @throws {IdentityProviderError} `invalid_grant`
 */
export function headerText(accessToken: string): string {
  if (!/^[!-~]+$/.test(accessToken)) throw new IdentityProviderError('invalid_grant', 'not_a_token')
  return accessToken
}

/** Ten years: what claims to live longer is taken for a mistake, and would leave the range of dates. */
const MAX_LIFETIME_SECONDS = 315_360_000
