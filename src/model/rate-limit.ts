/**
 * A rate limit as one number, the generic cell rate algorithm: the moment up to which the allowance is used up.
 * Each pass moves it forward by its share of the period, and a pass that would move it too far is refused.
 */
export interface RateLimitPolicy {
  readonly count: number
  readonly periodMilliseconds: number
}

export type RateLimitOutcome =
  | { readonly outcome: 'passed'; readonly usedUpTo: number }
  | { readonly outcome: 'refused'; readonly retryAt: number }

export function passRateLimit(usedUpTo: number, now: number, policy: RateLimitPolicy): RateLimitOutcome {
  const share = policy.periodMilliseconds / policy.count
  const next = Math.max(usedUpTo, now) + share
  const retryAt = next - policy.periodMilliseconds
  if (retryAt > now) return { outcome: 'refused', retryAt }
  return { outcome: 'passed', usedUpTo: next }
}
