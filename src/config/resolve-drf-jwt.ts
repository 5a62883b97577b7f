import type { Problems } from '../util/option-problems.ts'
import type { DrfJwtOptions } from './options.ts'
import type { ResolvedConfig } from './resolved-config.ts'

/** Fills in and checks what the tokens of djangorestframework-jwt are made by. None outlives the longest session. */
export function resolveDrfJwt(
  options: DrfJwtOptions,
  absoluteSeconds: number,
  problems: Problems,
): ResolvedConfig['drfJwt'] {
  const longest = longestToken(absoluteSeconds)
  const accessTokenLifetimeSeconds = options.accessTokenLifetimeSeconds ?? Math.min(300, longest)
  problems.wholeNumber('drfJwt.accessTokenLifetimeSeconds', accessTokenLifetimeSeconds, { min: 1, max: longest })
  return { accessTokenLifetimeSeconds }
}

const DAY_SECONDS = 86_400

/** Seconds. A wrong length of sessions has its own line already. */
export function longestToken(absoluteSeconds: number): number {
  return Number.isSafeInteger(absoluteSeconds) && absoluteSeconds > 0 ? absoluteSeconds : 400 * DAY_SECONDS
}
