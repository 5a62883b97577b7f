/** The value that a share of all values does not exceed: `0.5` is the median. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new TypeError('there is no quantile of nothing')
  return value
}

export function median(values: Iterable<number>): number {
  return quantile(values, 0.5)
}
