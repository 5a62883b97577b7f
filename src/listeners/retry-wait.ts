/** A day. A timer that is asked for more than 25 days does not wait at all. */
const LONGEST_MILLISECONDS = 86_400_000

/** How long to wait after so many tries: each time four times as long. */
export const retryWait = (firstMilliseconds: number, tried: number): number =>
  Math.min(firstMilliseconds * 4 ** (tried - 1), LONGEST_MILLISECONDS)
