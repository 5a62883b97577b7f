/** One line of the result. */
export interface Row {
  readonly name: string
  readonly value: number
  /** `ratio` has no unit of its own. */
  readonly unit: 'ratio' | 'ms' | 'MiB'
  /** `null` where somebody else is measured. */
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null
  /** What the value was computed from. */
  readonly figures: string
}

/** `null` without a target. */
export function isReached({ value, target }: Row): boolean | null {
  if (target === null) return null
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}
