import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MigrationDraft } from '../contracts/store.ts'
import type { Application } from './support/application.ts'
import { messageOf } from './support/explain-error.ts'
import { prepareApplication } from './support/prepare-application.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'

interface MakeOptions extends CommonOptions {
  readonly drop?: true
  readonly dir?: string
}

/** `portress makemigrations`. */
export const makemigrations: SubCommand = (command, run) => {
  describeCommand(command, ['makemigrations', 'makemigrations --drop', 'makemigrations --dir db/portress'])
    .description('Write the migration that the declared fields need. Read it and keep it; then run: portress migrate')
    .option('--drop', 'also drop the columns of fields that are no longer declared, with all they hold')
    .option(
      '--dir <folder>',
      'folder of the migrations (default: migrationsFolder, or migrations beside the configuration)',
    )
    .action((options: MakeOptions) => run(options, (terminal) => runMake(options, terminal)))
}

async function runMake(options: MakeOptions, terminal: Terminal): Promise<ExitCode> {
  const preparation = await prepareApplication(options)
  const { port, logLevel } = preparation.environment
  const logger = stderrLogger(logLevel ?? 'silent')
  const given = options.dir === undefined ? {} : { migrationsFolder: resolve(options.dir) }
  const application = preparation.open({ logger, port, purpose: 'inspect', ...given })
  try {
    const draft = await draftOrStop(application, options.drop === true)
    if (draft === null) {
      const kept = await keptColumns(application, options)
      const nothing = 'Nothing to write: the migrations hold every declared field.'
      terminal.print([nothing, ...describeColumns({ kept, dropped: [] })].join('\n'))
      terminal.printJson({ file: null, kept, dropped: [] })
      return 0
    }
    const file = writeDraft(draft, folderOf(application, options))
    terminal.printJson({ file, kept: draft.kept, dropped: draft.dropped })
    terminal.print([`Wrote ${file}`, ...describeColumns(draft), 'Read it, then run: portress migrate'].join('\n'))
    return 0
  } finally {
    await application.auth.close()
  }
}

async function draftOrStop({ auth }: Application, dropUndeclared: boolean): Promise<MigrationDraft | null> {
  try {
    return await auth.draftMigration({ dropUndeclared })
  } catch (error) {
    // A change that only a person can write, or a damaged file: the message says which.
    if (error instanceof TypeError) throw new Stop(1, error.message, { cause: error })
    throw error
  }
}

/** What is kept without a migration to say so: what one that drops would drop. */
async function keptColumns(application: Application, { drop }: MakeOptions): Promise<readonly string[]> {
  if (drop) return []
  return (await draftOrStop(application, true))?.dropped ?? []
}

function folderOf({ auth, configFile }: Application, { dir }: MakeOptions): string {
  if (dir !== undefined) return resolve(dir)
  const { migrationsFolder } = auth.config
  if (migrationsFolder !== null) return resolve(migrationsFolder)
  throw new Stop(2, `${configFile ?? 'The configuration'} must set migrationsFolder, so that the file is found again.`)
}

function writeDraft({ fileName, text }: MigrationDraft, folder: string): string {
  const file = join(folder, fileName)
  try {
    mkdirSync(folder, { recursive: true })
    // Never over a file that somebody may have worked on.
    writeFileSync(file, text, { flag: 'wx' })
    return file
  } catch (error) {
    throw new Stop(1, `The migration could not be written: ${messageOf(error)}`, { cause: error })
  }
}

function describeColumns({ kept, dropped }: Pick<MigrationDraft, 'kept' | 'dropped'>): readonly string[] {
  return [
    ...kept.map((column) => `Kept ${column}, which is no longer declared; --drop drops it`),
    ...dropped.map((column) => `DROPS ${column} with all it holds`),
  ]
}
