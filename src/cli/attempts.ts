import { InvalidArgumentError, Option } from 'commander'
import type { Auth } from '../auth.ts'
import type { Attempt, AttemptFilter, AttemptOutcome } from '../model/attempt.ts'
import type { UserId } from '../model/user.ts'
import { canonicalIpAddress } from '../util/ip-address.ts'
import { formatTable } from './support/format-table.ts'
import type { ExitCode } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface AttemptsOptions extends CommonOptions {
  readonly user?: string
  readonly ip?: string
  readonly outcome?: AttemptOutcome
  readonly since?: Date
  readonly limit: number
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

/** `portress attempts`. */
export const attempts: SubCommand = (command, run) => {
  describeCommand(command, [
    'attempts',
    'attempts --user ann --since 2h',
    'attempts --ip 192.0.2.7 --outcome wrong_password',
    'attempts --since 2026-01-31 --limit 1000 --json',
  ])
    .description('List attempts to prove who one is, newest first.')
    .option('--user <identifier>', 'of this user, or with this typed where no user has it')
    .option('--ip <address>', 'from this address', readAddress)
    .addOption(new Option('--outcome <outcome>', 'that ended so').choices(OUTCOMES))
    .option('--since <moment>', 'since then: 2026-01-31, 2026-01-31T08:00Z, or 30m, 2h, 7d ago', readMoment)
    .option('--limit <rows>', 'at most so many', readLimit, 50)
    .action((options: AttemptsOptions) => run(options, (terminal) => listAttempts(options, terminal)))
}

async function listAttempts(options: AttemptsOptions, terminal: Terminal): Promise<ExitCode> {
  const rows = await withApplication(options, async ({ auth }) => {
    const filter = await filterOf(options, auth)
    const found = await auth.listAttempts({ scope: 'all', filter }, { door: 'cli' })
    const names = await namesOf(found, auth)
    return found.map((attempt) => describeAttempt(attempt, names))
  })
  terminal.printJson({ attempts: rows })
  terminal.print(rows.length === 0 ? 'No attempts.' : formatTable(HEADINGS, rows.map(tableRow)))
  return 0
}

async function filterOf({ user, ip, outcome, since, limit }: AttemptsOptions, auth: Auth): Promise<AttemptFilter> {
  const found = user === undefined ? null : await auth.findUser(user)
  return {
    limit,
    ...(found === null ? {} : { userId: found.id }),
    ...(user !== undefined && found === null ? { identifier: user } : {}),
    ...(ip === undefined ? {} : { address: ip }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(since === undefined ? {} : { since }),
  }
}

type Names = ReadonlyMap<UserId, string | null>

async function namesOf(found: readonly Attempt[], auth: Auth): Promise<Names> {
  const ids = [...new Set(found.flatMap(({ userId }) => (userId === null ? [] : [userId])))]
  const users = await Promise.all(ids.map((id) => auth.findUserById(id)))
  return new Map(ids.map((id, index) => [id, users[index]?.username ?? users[index]?.email ?? null]))
}

interface AttemptRow {
  readonly at: string
  readonly userId: UserId | null
  readonly user: string | null
  readonly identifier: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly door: string
  readonly action: string
  readonly outcome: AttemptOutcome
}

function describeAttempt(attempt: Attempt, names: Names): AttemptRow {
  const { at, userId, identifier, address, userAgent, door, action, outcome } = attempt
  const user = userId === null ? null : (names.get(userId) ?? null)
  return { at: at.toISOString(), userId, user, identifier, address, userAgent, door, action, outcome }
}

const HEADINGS = ['TIME', 'USER', 'TYPED', 'ADDRESS', 'DOOR', 'ACTION', 'OUTCOME', 'AGENT']

const NOTHING = '-'

function tableRow(row: AttemptRow): readonly string[] {
  const user = row.userId === null ? NOTHING : `${row.user ?? ''}#${row.userId}`
  return [
    row.at,
    user,
    short(row.identifier, 40),
    row.address ?? NOTHING,
    row.door,
    row.action,
    row.outcome,
    short(row.userAgent, 60),
  ]
}

function short(text: string | null, length: number): string {
  if (text === null) return NOTHING
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function readAddress(text: string): string {
  const address = canonicalIpAddress(text)
  if (address === null) throw new InvalidArgumentError('It must be an IP address.')
  return address
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function readMoment(text: string): Date {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const milliseconds = UNIT_MILLISECONDS[unit]
  if (milliseconds !== undefined) return new Date(Date.now() - Number(count) * milliseconds)
  const moment = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : null
  if (moment === null || Number.isNaN(moment.getTime())) {
    throw new InvalidArgumentError('Write 2026-01-31, 2026-01-31T08:00Z, or 30m, 2h or 7d for so long ago.')
  }
  return moment
}

function readLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit < 1) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.')
  return limit
}
