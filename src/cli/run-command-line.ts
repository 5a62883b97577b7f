import { createRequire } from 'node:module'
import process from 'node:process'
import { Command, CommanderError } from 'commander'
import { SUB_COMMANDS } from './sub-commands.ts'
import { explainError } from './support/explain-error.ts'
import type { Runner } from './support/sub-command.ts'
import { createTerminal } from './support/terminal.ts'

/** Reads the arguments, runs the sub-command they name and sets the exit code. Never throws. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  // Somebody who reads only the first lines, such as `head`, is no failure.
  process.stdout.on('error', () => process.exit())
  try {
    const program = await buildProgram(args)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has printed already: the help that was asked for, or what is wrong with the arguments.
    process.exitCode = error.exitCode === 0 ? 0 : 2
  }
}

async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('portress')
    .description('The account system for TypeScript servers.')
    .version(readVersion(), '--version')
    .exitOverride()
    .addHelpText('after', '\n`portress <command> --help` tells what a command takes, with examples.')
  const wanted = args.find((argument) => Object.hasOwn(SUB_COMMANDS, argument))
  for (const [name, { summary, load }] of Object.entries(SUB_COMMANDS)) {
    const command = program.command(name).description(summary)
    if (name !== wanted) continue
    const configure = await load()
    configure(command, run)
  }
  return program
}

const run: Runner = async (options, work) => {
  const terminal = createTerminal({ isJson: options.json ?? false, output: process.stdout, errors: process.stderr })
  try {
    process.exitCode = await work(terminal)
  } catch (error) {
    const { exitCode, ...told } = explainError(error)
    terminal.complain(told.message)
    terminal.printJson({ error: told })
    process.exitCode = exitCode
  }
}

/** From the package's own manifest, which lies two folders above both the source and what was compiled. */
function readVersion(): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)('../../package.json')
  return manifest.version
}
