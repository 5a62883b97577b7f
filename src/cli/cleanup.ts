import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import { withApplication } from './support/with-application.ts'

/** `portress cleanup`. */
export const cleanup: SubCommand = (command, run) => {
  describeCommand(command, ['cleanup', 'cleanup --json'])
    .description('Delete expired sessions and codes, old attempts, sent mails, and users who never activated.')
    .action((options: CommonOptions) =>
      run(options, async (terminal) => {
        const deleted = await withApplication(options, ({ auth }) => auth.cleanUp())
        terminal.printJson({ deleted })
        const { sessions, codes, attempts, pendingUsers, mails, throttles, auditEntries, addressRules } = deleted
        terminal.print(
          `Deleted ${sessions} sessions, ${codes} codes, ${attempts} attempts, ${pendingUsers} users who never ` +
            `activated, ${mails} mails, ${throttles} counters, ${auditEntries} audit entries and ${addressRules} address rules.`,
        )
        return 0
      }),
    )
}
