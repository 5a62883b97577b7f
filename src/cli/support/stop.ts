/** How the program ends: 0 done; 1 refused, not found, or a check that failed; 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2

/** Ends a sub-command with words for a person. Whatever went before it has been undone or was never begun. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
