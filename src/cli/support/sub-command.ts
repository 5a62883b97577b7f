import type { Command } from 'commander'
import type { ExitCode } from './stop.ts'
import type { Terminal } from './terminal.ts'

/** What each file of a sub-command exports: it says what the command takes and what it then does. */
export type SubCommand = (command: Command, run: Runner) => void

/** Runs the work of a sub-command: gives it a terminal, tells what it throws, and sets the exit code. */
export type Runner = (options: CommonOptions, work: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>

/** Options that every sub-command has. */
export interface CommonOptions {
  readonly config?: string
  readonly json?: true
}

/** Adds the options that every sub-command has, and the examples at the end of its help. */
export function describeCommand(command: Command, examples: readonly string[]): Command {
  return command
    .option('--config <file>', 'configuration file (default: PORTRESS_CONFIG, or portress.config.ts, .js or .mjs here)')
    .option('--json', 'print one line of JSON instead of text')
    .addHelpText(
      'after',
      ['', 'Examples:', ...examples.map((example) => `  portress ${example}`), EXIT_CODES].join('\n'),
    )
}

const EXIT_CODES = `
Exit codes: 0 done · 1 refused, not found, or a check failed · 2 wrong usage or configuration`
