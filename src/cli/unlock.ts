import { addressBucket, canonicalIpAddress } from '../util/ip-address.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface UnlockOptions extends CommonOptions {
  readonly ip?: string
}

/** `portress unlock`. */
export const unlock: SubCommand = (command, run) => {
  describeCommand(command, ['unlock ann', 'unlock ann@example.org', 'unlock --ip 192.0.2.7'])
    .description('End the lock of a user, of a typed name that nobody has, or of a source address.')
    .argument('[identifier]', 'user name or e-mail address')
    .option('--ip <address>', 'unlock the source address instead; of an IPv6 address its /64')
    .action((identifier: string | undefined, options: UnlockOptions) =>
      run(options, (terminal) => runUnlock({ identifier, options }, terminal)),
    )
}

interface Target {
  readonly identifier: string | undefined
  readonly options: UnlockOptions
}

async function runUnlock({ identifier, options }: Target, terminal: Terminal): Promise<ExitCode> {
  if ((identifier === undefined) === (options.ip === undefined)) {
    throw new Stop(2, 'Name either a user or, with --ip, an address.')
  }
  return identifier === undefined
    ? await unlockAddress(options, terminal)
    : await unlockIdentifier({ identifier, options }, terminal)
}

async function unlockAddress(options: UnlockOptions, terminal: Terminal): Promise<ExitCode> {
  const address = canonicalIpAddress(options.ip ?? '')
  if (address === null) throw new Stop(2, `${options.ip} is no IP address.`)
  const bucket = addressBucket(address)
  await withApplication(options, ({ auth }) => auth.clearLocks({ addressBucket: bucket }, { door: 'cli' }))
  terminal.print(`Unlocked the address ${bucket}.`)
  terminal.printJson({ unlocked: { address: bucket } })
  return 0
}

async function unlockIdentifier(
  { identifier, options }: Target & { readonly identifier: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const user = await withApplication(options, async ({ auth }) => {
    await auth.clearLocks({ identifier }, { door: 'cli' })
    return auth.findUser(identifier)
  })
  terminal.print(
    user === null ? `Unlocked the name ${identifier}, which no user has.` : `Unlocked ${user.username ?? user.email}.`,
  )
  terminal.printJson({ unlocked: { identifier, userId: user?.id ?? null } })
  return 0
}
