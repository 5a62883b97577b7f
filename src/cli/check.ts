import { type Finding, present, type Severity } from './review/finding.ts'
import { reviewDialects } from './review/review-dialects.ts'
import { reviewGuessing } from './review/review-guessing.ts'
import { reviewKeeping } from './review/review-keeping.ts'
import { reviewLocks } from './review/review-locks.ts'
import { reviewSite } from './review/review-site.ts'
import { type Application, lockProblem } from './support/application.ts'
import { type Preparation, prepareApplication } from './support/prepare-application.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'

interface CheckOptions extends CommonOptions {
  readonly deploy?: true
}

/** `portress check`. */
export const check: SubCommand = (command, run) => {
  describeCommand(command, ['check', 'check --deploy', 'check --json'])
    .description('Review the configuration for what weakens it. Exits with 1 when there is an error. Changes nothing.')
    .option('--deploy', 'judge as for a site that people use, whatever the environment is')
    .action((options: CheckOptions) => run(options, (terminal) => runCheck(options, terminal)))
}

async function runCheck(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const preparation = await prepareApplication(options)
  const findings = bySeverity(await review(preparation, options))
  terminal.printJson({ findings })
  terminal.print(findings.length === 0 ? 'Nothing was found.' : findings.map(describe).join('\n'))
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

async function review(preparation: Preparation, { deploy }: CheckOptions): Promise<readonly Finding[]> {
  const opened = openOrFinding(preparation)
  if ('severity' in opened) return [opened]
  const { auth } = opened
  try {
    const { config, mailDescription } = auth
    const isProduction = deploy === true || config.environment === 'production'
    const status = await auth.migrationStatus()
    const locks = reviewLocks(await lockProblem(auth))
    const site = reviewSite({ config, mailDescription, isProduction })
    const dialects = isProduction ? reviewDialects(auth.mounts) : []
    return present([...site, ...reviewGuessing(config), ...locks, ...dialects, ...reviewKeeping(opened, status)])
  } finally {
    await auth.close()
  }
}

/** What keeps it from starting is the first thing to be found; the rest can be seen once that is gone. */
function openOrFinding(preparation: Preparation): Application | Finding {
  const { port, logLevel } = preparation.environment
  try {
    return preparation.open({ logger: stderrLogger(logLevel ?? 'silent'), port, purpose: 'inspect' })
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { id: 'cannot-start', severity: 'error', message: error.message, advice: 'Correct this and check again.' }
  }
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

function describe({ id, severity, message, advice }: Finding): string {
  return `${severity.toUpperCase()} ${id}\n  ${message.replaceAll('\n', '\n  ')}\n  ${advice}`
}
