/** One line of the result. */
export interface Row {
  readonly name: string
  readonly value: number
  /** `ratio` has no unit of its own. */
  readonly unit: 'ratio' | 'ms' | 'MiB'
  readonly target: { readonly atLeast: number } | { readonly atMost: number }
  /** What the value was computed from. */
  readonly figures: string
}

export function isReached({ value, target }: Row): boolean {
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}
