import { type AccountOptions, createAccount, describeAccountCommand } from './support/create-account-command.ts'
import type { SubCommand } from './support/sub-command.ts'

interface CreateUserOptions extends AccountOptions {
  readonly staff?: true
}

/** `portress createuser`. */
export const createuser: SubCommand = (command, run) => {
  describeAccountCommand(command, [
    'createuser',
    'createuser --username ann --email ann@example.org --staff',
    'createuser --noinput --username ann --email ann@example.org   (password in PORTRESS_USER_PASSWORD)',
    'createuser --noinput --username ann --email ann@example.org --unusable-password --field plan=free',
  ])
    .description('Make a user with a proven address. Nothing is mailed. Asks for what is not given.')
    .option('--staff', 'marked as staff, for your own code to ask')
    .option('--unusable-password', 'with --noinput: a user who cannot log in with a password before a reset')
    .action((options: CreateUserOptions) => {
      const kind = {
        command: 'createuser',
        title: 'User',
        isStaff: options.staff ?? false,
        isSuperuser: false,
        passwordVariable: 'PORTRESS_USER_PASSWORD',
        variableWord: null,
      }
      return run(options, (terminal) => createAccount({ options, kind }, terminal))
    })
}
