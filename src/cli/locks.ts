import type { Auth } from '../auth.ts'
import type { LockInfo } from '../model/lock-key.ts'
import { formatTable } from './support/format-table.ts'
import { readLimit } from './support/read-limit.ts'
import type { ExitCode } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface LocksOptions extends CommonOptions {
  readonly limit: number
}

/** `portress locks`. */
export const locks: SubCommand = (command, run) => {
  describeCommand(command, ['locks', 'locks --limit 500 --json'])
    .description(
      'List what is locked now, the longest lock first. Typed names are kept as digests only, so none is shown.',
    )
    .option('--limit <rows>', 'at most so many', readLimit, 50)
    .action((options: LocksOptions) => run(options, (terminal) => listLocks(options, terminal)))
}

async function listLocks(options: LocksOptions, terminal: Terminal): Promise<ExitCode> {
  const found = await withApplication(options, async ({ auth }) => {
    const listed = await auth.listLocks({ limit: options.limit }, { door: 'cli' })
    return Promise.all(listed.map((lock) => describeLock(lock, auth)))
  })
  terminal.printJson({ locks: found })
  terminal.print(found.length === 0 ? 'No locks found.' : formatTable(HEADINGS, found.map(tableRow)))
  return 0
}

interface LockRow extends Omit<LockInfo, 'id' | 'until'> {
  readonly user: string | null
  readonly until: string | null
}

async function describeLock({ kind, userId, address, until }: LockInfo, auth: Auth): Promise<LockRow> {
  const user = userId === null ? null : await auth.findUserById(userId)
  return { kind, userId, user: user?.username ?? user?.email ?? null, address, until: until?.toISOString() ?? null }
}

const HEADINGS = ['KIND', 'USER', 'ADDRESS', 'UNTIL']

const NOTHING = '-'

function tableRow({ kind, userId, user, address, until }: LockRow): readonly string[] {
  const who = userId === null ? NOTHING : `${user ?? ''}#${userId}`
  return [kind, who, address ?? NOTHING, until ?? 'somebody unlocks it']
}
