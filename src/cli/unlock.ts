import type { Auth } from '../auth.ts'
import type { ClearedLocks, ClearLocksInput } from '../commands/clear-locks.ts'
import type { UserId } from '../model/user.ts'
import { addressBucket, canonicalIpAddress } from '../util/ip-address.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface UnlockOptions extends CommonOptions {
  readonly user?: string
  readonly ip?: string
  readonly all?: true
}

/** `portress unlock`. */
export const unlock: SubCommand = (command, run) => {
  describeCommand(command, [
    'unlock ann',
    'unlock ann@example.org',
    'unlock --ip 192.0.2.7',
    'unlock --user ann --ip 192.0.2.7',
    'unlock --all',
  ])
    .description('End the locks of a user, of a typed name that nobody has, or of a source address.')
    .argument('[identifier]', 'user name, e-mail address, or whatever else logs in')
    .option('--user <identifier>', 'the same, by name')
    .option('--ip <address>', 'unlock the source address; of an IPv6 address its /64')
    .option('--all', 'end every lock there is')
    .action((identifier: string | undefined, options: UnlockOptions) =>
      run(options, (terminal) => runUnlock({ identifier, options }, terminal)),
    )
}

interface Asked {
  readonly identifier: string | undefined
  readonly options: UnlockOptions
}

async function runUnlock(asked: Asked, terminal: Terminal): Promise<ExitCode> {
  const target = targetOf(asked)
  const { unlocked, locks } = await withApplication(asked.options, async ({ auth }) => {
    const cleared = await auth.clearLocks(target, { door: 'cli' })
    return { locks: cleared.locks, unlocked: await describeTarget(target, cleared, auth) }
  })
  for (const line of linesFor(unlocked)) terminal.print(line)
  terminal.print(locks === 0 ? 'No locks found.' : `${locks} ${locks === 1 ? 'lock' : 'locks'} removed.`)
  terminal.printJson({ unlocked: withoutNames(unlocked), locks })
  return 0
}

/** @throws {Stop} 2 */
function targetOf({ identifier: argument, options: { user, ip, all } }: Asked): ClearLocksInput {
  if (argument !== undefined && user !== undefined) throw new Stop(2, 'Name the user once: with --user, or without.')
  const identifier = argument ?? user
  if (all === true) {
    if (identifier !== undefined || ip !== undefined) throw new Stop(2, 'Leave out --all, or everything else.')
    return { all }
  }
  const addressBucket = ip === undefined ? undefined : bucketOf(ip)
  if (identifier !== undefined) return { identifier, ...(addressBucket === undefined ? {} : { addressBucket }) }
  if (addressBucket === undefined) throw new Stop(2, 'Name a user, or an address with --ip, or everybody with --all.')
  return { addressBucket }
}

function bucketOf(ip: string): string {
  const address = canonicalIpAddress(ip)
  if (address === null) throw new Stop(2, `${ip} is no IP address.`)
  return addressBucket(address)
}

/** What was unlocked, as far as it was asked for. */
interface Unlocked {
  readonly identifier?: string
  /** Whom the identifier means. */
  readonly userIds?: readonly UserId[]
  readonly names?: readonly string[]
  readonly address?: string
  readonly all?: true
}

async function describeTarget(target: ClearLocksInput, { userIds }: ClearedLocks, auth: Auth): Promise<Unlocked> {
  if ('all' in target) return { all: true }
  const { identifier, addressBucket: bucket } = target
  const address = bucket === undefined ? {} : { address: bucket }
  if (identifier === undefined) return address
  const users = await Promise.all(userIds.map((id) => auth.findUserById(id)))
  const names = users.map((user, index) => user?.username ?? user?.email ?? `#${userIds[index]}`)
  return { identifier, userIds, names, ...address }
}

function linesFor({ identifier, names = [], address }: Unlocked): readonly string[] {
  const isUnknown = identifier !== undefined && names.length === 0
  return [
    ...(isUnknown ? [`Unlocked the name ${identifier}, which no user has.`] : []),
    ...names.map((name) => `Unlocked ${name}.`),
    ...(address === undefined ? [] : [`Unlocked the address ${address}.`]),
  ]
}

const withoutNames = ({ names: _, ...rest }: Unlocked): Omit<Unlocked, 'names'> => rest
