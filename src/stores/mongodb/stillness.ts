/**
 * Tells for how many milliseconds something has looked the same, by looking at it again and again. How long others stand still is
 * measured here and not by what they write down: clocks of several machines never agree.
 */
export function stillnessMeter(): (sign: string) => number {
  let last: string | null = null
  let since = 0
  return (sign) => {
    const now = performance.now()
    if (sign !== last) since = now
    last = sign
    return now - since
  }
}
