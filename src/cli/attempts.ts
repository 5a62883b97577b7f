import { InvalidArgumentError, Option } from 'commander'
import type { Auth } from '../auth.ts'
import type { Attempt, AttemptFilter, AttemptOutcome } from '../model/attempt.ts'
import { canonicalIpAddress } from '../util/ip-address.ts'
import { ATTEMPT_FORMATS, attemptRow, type NamedAttempt } from './support/attempt-formats.ts'
import { readLimit } from './support/read-limit.ts'
import { readMoment } from './support/read-moment.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface AttemptsOptions extends CommonOptions {
  readonly user?: string
  readonly ip?: string
  readonly outcome?: AttemptOutcome
  readonly since?: Date
  readonly until?: Date
  readonly door?: string
  readonly action?: string
  readonly agent?: string
  readonly limit: number
  readonly all?: true
  readonly format: keyof typeof ATTEMPT_FORMATS
}

const OUTCOMES: readonly AttemptOutcome[] = [
  'success',
  'wrong_password',
  'unknown_user',
  'not_active',
  'not_verified',
  'locked',
  'refused',
]

/** Rows read at a time, so that no number of attempts fills the memory. */
const PAGE = 500

/** `portress attempts`. */
export const attempts: SubCommand = (command, run) => {
  describeCommand(command, [
    'attempts',
    'attempts --user ann --since 2h',
    'attempts --ip 192.0.2.7 --outcome wrong_password',
    'attempts --since 2026-01-31 --limit 1000 --json',
    'attempts --since 30d --all --format csv > attempts.csv',
  ])
    .description('List attempts to prove who one is, newest first.')
    .option('--user <identifier>', 'of this user, or with this typed where no user has it')
    .option('--ip <address>', 'from this address', readAddress)
    .addOption(new Option('--outcome <outcome>', 'that ended so').choices(OUTCOMES))
    .option('--since <moment>', 'since then: 2026-01-31, 2026-01-31T08:00Z, or 30m, 2h, 7d ago', readMoment)
    .option('--until <moment>', 'before then', readMoment)
    .option('--door <name>', 'through this door, such as portress-api or cli')
    .option('--action <name>', 'for this, such as login or change-password')
    .option('--agent <text>', 'by this agent, in full as the list has it')
    .option('--limit <rows>', 'at most so many', readLimit, 50)
    .addOption(new Option('--all', 'all there are').conflicts(['limit', 'json']))
    .addOption(
      new Option('--format <format>', 'a table to read, or all columns as CSV or as a JSON object a line')
        .choices(Object.keys(ATTEMPT_FORMATS))
        .default('table'),
    )
    .action((options: AttemptsOptions) => run(options, (terminal) => listAttempts(options, terminal)))
}

async function listAttempts(options: AttemptsOptions, terminal: Terminal): Promise<ExitCode> {
  if (terminal.isJson) {
    if (options.format !== 'table') throw new Stop(2, 'Leave out either --json or --format.')
    const found = await withApplication(options, ({ auth }) => collect(pagesOf(options, auth)))
    terminal.printJson({ attempts: found.map(attemptRow) })
    return 0
  }
  const count = await withApplication(options, ({ auth }) => printPages(options, pagesOf(options, auth), terminal))
  if (count === 0 && options.format === 'table') terminal.print('No attempts.')
  return 0
}

async function printPages(
  { format }: AttemptsOptions,
  pages: AsyncIterable<readonly NamedAttempt[]>,
  terminal: Terminal,
): Promise<number> {
  const { heading, page: write } = ATTEMPT_FORMATS[format]
  let count = 0
  if (heading !== null) terminal.print(heading)
  for await (const page of pages) {
    terminal.print(write(page))
    count += page.length
  }
  return count
}

async function collect(pages: AsyncIterable<readonly NamedAttempt[]>): Promise<readonly NamedAttempt[]> {
  const all: NamedAttempt[] = []
  for await (const page of pages) all.push(...page)
  return all
}

/** The attempts that are asked for, page by page; none of them is empty. */
async function* pagesOf(options: AttemptsOptions, auth: Auth): AsyncGenerator<readonly NamedAttempt[]> {
  const conditions = await conditionsOf(options, auth)
  let missing = options.all === true ? Number.POSITIVE_INFINITY : options.limit
  let before: Attempt | undefined
  while (missing > 0) {
    const limit = Math.min(missing, PAGE)
    const filter = { ...conditions, ...(before === undefined ? {} : { before }), limit }
    const found = await auth.listAttempts({ scope: 'all', filter }, { door: 'cli' })
    if (found.length > 0) yield await withNames(found, auth)
    if (found.length < limit) return
    missing -= found.length
    before = found.at(-1)
  }
}

async function conditionsOf(
  { user, ip, outcome, since, until, door, action, agent }: AttemptsOptions,
  auth: Auth,
): Promise<Omit<AttemptFilter, 'limit'>> {
  const found = user === undefined ? null : await auth.findUser(user)
  return {
    ...(found === null ? {} : { userId: found.id }),
    ...(user !== undefined && found === null ? { identifier: user } : {}),
    ...(ip === undefined ? {} : { address: ip }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(door === undefined ? {} : { door }),
    ...(action === undefined ? {} : { action }),
    ...(agent === undefined ? {} : { userAgent: agent }),
  }
}

async function withNames(found: readonly Attempt[], auth: Auth): Promise<readonly NamedAttempt[]> {
  const ids = [...new Set(found.flatMap(({ userId }) => (userId === null ? [] : [userId])))]
  const users = await Promise.all(ids.map((id) => auth.findUserById(id)))
  const names = new Map(ids.map((id, index) => [id, users[index]?.username ?? users[index]?.email ?? null]))
  return found.map((attempt) => ({
    attempt,
    user: attempt.userId === null ? null : (names.get(attempt.userId) ?? null),
  }))
}

function readAddress(text: string): string {
  const address = canonicalIpAddress(text)
  if (address === null) throw new InvalidArgumentError('It must be an IP address.')
  return address
}
