/** `error` makes `portress check` fail; `info` is good to know. */
export type Severity = 'error' | 'warning' | 'info'

/** One thing that weakens the configuration. */
export interface Finding {
  /** Stable, so that programs can tell findings apart. */
  readonly id: string
  readonly severity: Severity
  readonly message: string
  /** What to do about it. */
  readonly advice: string
}

/** The findings among what was looked at. */
export function present(findings: readonly (Finding | null | false)[]): readonly Finding[] {
  return findings.filter((finding): finding is Finding => finding !== null && finding !== false)
}
