import {
  type AccountKind,
  type AccountOptions,
  createAccount,
  describeAccountCommand,
} from './support/create-account-command.ts'
import type { SubCommand } from './support/sub-command.ts'

/** `portress createsuperuser`. */
export const createsuperuser: SubCommand = (command, run) => {
  describeAccountCommand(command, [
    'createsuperuser',
    'createsuperuser --username ann --email ann@example.org',
    'createsuperuser --noinput --username ann --email ann@example.org   (password in PORTRESS_SUPERUSER_PASSWORD)',
  ])
    .description('Make a user who may do everything. Asks for what is not given.')
    .action((options: AccountOptions) => {
      return run(options, (terminal) => createAccount({ options, kind: SUPERUSER }, terminal))
    })
}

const SUPERUSER: AccountKind = {
  command: 'createsuperuser',
  title: 'Superuser',
  isStaff: true,
  isSuperuser: true,
  passwordVariable: 'PORTRESS_SUPERUSER_PASSWORD',
  variableWord: 'SUPERUSER',
}
