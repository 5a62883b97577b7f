import type { Problems } from '../util/option-problems.ts'
import type { SimpleJwtOptions } from './options.ts'
import type { ResolvedConfig } from './resolved-config.ts'

const DAY_SECONDS = 86_400

/** A plain name. Those that mean something else in every such token, or in any JWT, are taken. */
const CLAIM = /^(?!(?:token_type|exp|iat|jti|sid|nbf|aud|iss)$)[a-z]\w*$/i

/** Fills in and checks what the tokens of simplejwt are made by. None of them outlives the longest session. */
export function resolveSimpleJwt(
  options: SimpleJwtOptions,
  absoluteSeconds: number,
  problems: Problems,
): ResolvedConfig['simpleJwt'] {
  // A wrong length of sessions has its own line already.
  const longest = Number.isSafeInteger(absoluteSeconds) && absoluteSeconds > 0 ? absoluteSeconds : 400 * DAY_SECONDS
  const resolved = {
    accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds ?? Math.min(300, longest),
    refreshTokenLifetimeSeconds: options.refreshTokenLifetimeSeconds ?? Math.min(DAY_SECONDS, longest),
    rotateRefreshTokens: options.rotateRefreshTokens ?? false,
    blacklistAfterRotation: options.blacklistAfterRotation ?? false,
    userIdClaim: options.userIdClaim ?? 'user_id',
    leewaySeconds: options.leewaySeconds ?? 0,
    updateLastLogin: options.updateLastLogin ?? false,
  }
  for (const name of ['accessTokenLifetimeSeconds', 'refreshTokenLifetimeSeconds'] as const) {
    problems.wholeNumber(`simpleJwt.${name}`, resolved[name], { min: 1, max: longest })
  }
  problems.wholeNumber('simpleJwt.leewaySeconds', resolved.leewaySeconds, { min: 0, max: 300 })
  if (!CLAIM.test(resolved.userIdClaim)) {
    problems.add('simpleJwt.userIdClaim', 'must be a plain name that no other claim has, such as "user_id"')
  }
  return resolved
}
