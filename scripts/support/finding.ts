/** One place where a rule of this code base is broken. */
export interface Finding {
  readonly rule: string
  /** From the root, with forward slashes. */
  readonly file: string
  readonly line?: number
  readonly message: string
}

/** Prints findings and makes the process fail if there are any. `subject` completes "No trouble with …". */
export function report(subject: string, findings: readonly Finding[]): void {
  for (const { rule, file, line, message } of findings) {
    console.error(`${line === undefined ? file : `${file}:${line}`}  ${message}  (${rule})`)
  }
  if (findings.length > 0) process.exitCode = 1
  else console.log(`No trouble with ${subject}.`)
}
