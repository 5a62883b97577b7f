import { RESERVED_CLAIMS } from '../model/reserved-claims.ts'
import type { Problems } from '../util/option-problems.ts'
import type { SimpleJwtOptions } from './options.ts'
import { longestToken } from './resolve-drf-jwt.ts'
import type { ResolvedConfig } from './resolved-config.ts'

const DAY_SECONDS = 86_400

/** A plain name. */
const CLAIM = /^[a-z]\w*$/i

const NO_CLAIMS = {}

/** Fills in and checks what the tokens of simplejwt are made by. None of them outlives the longest session. */
export function resolveSimpleJwt(
  options: SimpleJwtOptions,
  absoluteSeconds: number,
  problems: Problems,
): ResolvedConfig['simpleJwt'] {
  const longest = longestToken(absoluteSeconds)
  const resolved = {
    accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds ?? Math.min(300, longest),
    refreshTokenLifetimeSeconds: options.refreshTokenLifetimeSeconds ?? Math.min(DAY_SECONDS, longest),
    rotateRefreshTokens: options.rotateRefreshTokens ?? false,
    blacklistAfterRotation: options.blacklistAfterRotation ?? false,
    userIdClaim: options.userIdClaim ?? 'user_id',
    leewaySeconds: options.leewaySeconds ?? 0,
    updateLastLogin: options.updateLastLogin ?? false,
    claims: options.claims ?? (() => NO_CLAIMS),
  }
  for (const name of ['accessTokenLifetimeSeconds', 'refreshTokenLifetimeSeconds'] as const) {
    problems.wholeNumber(`simpleJwt.${name}`, resolved[name], { min: 1, max: longest })
  }
  problems.wholeNumber('simpleJwt.leewaySeconds', resolved.leewaySeconds, { min: 0, max: 300 })
  if (!CLAIM.test(resolved.userIdClaim) || RESERVED_CLAIMS.has(resolved.userIdClaim.toLowerCase())) {
    problems.add('simpleJwt.userIdClaim', 'must be a plain name that no other claim has, such as "user_id"')
  }
  return resolved
}
