import { jsonLine } from './json-line.ts'
import { printableLines } from './printable.ts'

/** Where a sub-command puts its words. What is printed is harmless, whatever it was made of. */
export interface Terminal {
  /** Whether one line of JSON is wanted instead of text. */
  readonly isJson: boolean
  /** For a person, on the standard output; nothing where JSON is wanted. */
  print(text: string): void
  /** For a program, on the standard output; nothing where text is wanted. */
  printJson(value: unknown): void
  /** For a person, on the standard error output. */
  complain(text: string): void
}

export interface TerminalOptions {
  readonly isJson: boolean
  readonly output: { write(text: string): unknown }
  readonly errors: { write(text: string): unknown }
}

export function createTerminal({ isJson, output, errors }: TerminalOptions): Terminal {
  return {
    isJson,
    print(text) {
      if (!isJson) output.write(`${printableLines(text)}\n`)
    },
    printJson(value) {
      if (isJson) output.write(`${jsonLine(value)}\n`)
    },
    complain(text) {
      errors.write(`${printableLines(text)}\n`)
    },
  }
}
