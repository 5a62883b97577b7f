import type { MigrationStatus } from '../contracts/store.ts'
import { prepareApplication } from './support/prepare-application.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import type { ExitCode } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'

interface MigrateOptions extends CommonOptions {
  readonly check?: true
  readonly sql?: true
}

/** `portress migrate`. */
export const migrate: SubCommand = (command, run) => {
  describeCommand(command, ['migrate', 'migrate --check', 'migrate --sql > pending.sql'])
    .description('Apply the migrations that the database still needs.')
    .option('--check', 'change nothing; exit with 1 when something is pending or wrong')
    .option('--sql', 'change nothing; print the SQL of what is pending')
    .action((options: MigrateOptions) => run(options, (terminal) => runMigrate(options, terminal)))
}

async function runMigrate(options: MigrateOptions, terminal: Terminal): Promise<ExitCode> {
  const preparation = await prepareApplication(options)
  const { port, logLevel } = preparation.environment
  const { auth } = preparation.open({ logger: stderrLogger(logLevel ?? 'silent'), port })
  try {
    const isReadOnly = options.check === true || options.sql === true
    const applied = isReadOnly ? [] : await auth.migrate()
    const status = await auth.migrationStatus()
    terminal.printJson({ applied, ...describeStatus(status) })
    if (options.sql) terminal.print(sqlOf(status))
    else terminal.print(sentences(applied, status).join('\n'))
    for (const problem of status.problems) terminal.complain(`Problem: ${problem}`)
    const isWrong = status.problems.length > 0 || (options.check === true && status.pending.length > 0)
    return isWrong ? 1 : 0
  } finally {
    await auth.close()
  }
}

function describeStatus({ pending, problems }: MigrationStatus): object {
  return { pending: pending.map(({ name, statements }) => ({ name, sql: statements.join(';\n') })), problems }
}

function sentences(applied: readonly string[], { pending }: MigrationStatus): readonly string[] {
  if (applied.length === 0 && pending.length === 0) return ['Nothing to apply.']
  return [...applied.map((name) => `Applied ${name}`), ...pending.map(({ name }) => `Pending: ${name}`)]
}

function sqlOf({ pending }: MigrationStatus): string {
  if (pending.length === 0) return '-- Nothing is pending.'
  return pending.map(({ name, statements }) => `-- ${name}\n${statements.map(terminated).join('\n')}\n`).join('\n')
}

const terminated = (statement: string): string => (statement.trimEnd().endsWith(';') ? statement : `${statement};`)
