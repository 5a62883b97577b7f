import type { RateLimitPolicy } from './rate-limit.ts'

export type SlidingWindowOutcome =
  /** `passes` is what to keep, this one included. */
  | { readonly outcome: 'passed'; readonly passes: readonly number[] }
  | { readonly outcome: 'refused'; readonly retryAt: number }

/**
 * A limit that keeps the moment of each pass: no more than `count` in any period, wherever it begins. What is refused is
 * not kept, so whoever goes on asking does not wait longer for it.
 *
 * `passRateLimit` needs one number for the same purpose, and lets the next one through earlier.
 */
export function passSlidingWindow(
  passes: readonly number[],
  now: number,
  { count, periodMilliseconds }: RateLimitPolicy,
): SlidingWindowOutcome {
  const kept = passes.filter((at) => at > now - periodMilliseconds)
  // More than `count` where the limit was a higher one before.
  const oldest = kept[kept.length - count]
  return oldest === undefined
    ? { outcome: 'passed', passes: [...kept, now] }
    : { outcome: 'refused', retryAt: oldest + periodMilliseconds }
}
