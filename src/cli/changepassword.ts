import process from 'node:process'
import type { UserOf } from '../auth.ts'
import type { FieldDefinitions } from '../model/field.ts'
import type { Application } from './support/application.ts'
import { askUntilTaken, type TypedPassword } from './support/new-password.ts'
import { withQuestions } from './support/questions.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { withApplication } from './support/with-application.ts'

interface ChangeOptions extends CommonOptions {
  readonly noinput?: true
  readonly bypassPasswordValidation?: true
}

const VARIABLE = 'PORTRESS_USER_PASSWORD'

/** `portress changepassword`. */
export const changepassword: SubCommand = (command, run) => {
  describeCommand(command, [
    'changepassword ann',
    `changepassword ann@example.org --noinput   (password in ${VARIABLE})`,
  ])
    .description('Set a user’s password. It ends the user’s sessions and locks, and the owner gets a mail.')
    .argument('<identifier>', 'user name or e-mail address')
    .option('--noinput', 'ask nothing; the password comes from the environment')
    .option('--bypass-password-validation', 'with --noinput: take the password although it is weak')
    .action((identifier: string, options: ChangeOptions) =>
      run(options, (terminal) => runChange({ identifier, options }, terminal)),
    )
}

async function runChange(
  { identifier, options }: { readonly identifier: string; readonly options: ChangeOptions },
  terminal: Terminal,
): Promise<ExitCode> {
  const user = options.noinput
    ? await changeFromKnown(identifier, options)
    : await changeByQuestions(identifier, options)
  terminal.printJson({ user: { id: user.id, username: user.username, email: user.email } })
  terminal.print(`Set a new password for ${user.username ?? user.email} and ended all sessions.`)
  return 0
}

type FoundUser = UserOf<FieldDefinitions>

async function changeFromKnown(identifier: string, options: ChangeOptions): Promise<FoundUser> {
  const password = process.env[VARIABLE]
  if (!password) throw new Stop(2, `With --noinput, ${VARIABLE} must hold the password.`)
  const passwordCheck = options.bypassPasswordValidation ? 'bypassed' : 'enforced'
  return await withApplication(options, async (application) => {
    const user = await requireUser(application, identifier)
    return await setPassword(application, user, { password, passwordCheck })
  })
}

function changeByQuestions(identifier: string, options: ChangeOptions): Promise<FoundUser> {
  const skipped =
    'Password change skipped due to not running in a TTY. You can run `portress changepassword` at a terminal, ' +
    `or give --noinput with the password in ${VARIABLE}.`
  return withQuestions(skipped, (questions) =>
    withApplication(options, async (application) => {
      const user = await requireUser(application, identifier)
      return await askUntilTaken(questions, {
        insist: 'Bypass password validation and set the password anyway?',
        use: (typed) => setPassword(application, user, typed),
      })
    }),
  )
}

async function requireUser({ auth }: Application, identifier: string): Promise<FoundUser> {
  const user = await auth.findUser(identifier)
  if (user === null) throw new Stop(1, `No user is called ${identifier}.`)
  return user
}

function setPassword({ auth }: Application, { id }: FoundUser, typed: TypedPassword): Promise<FoundUser> {
  const { password, passwordCheck } = typed
  return auth.setPassword({ userId: id, newPassword: password, passwordCheck }, { door: 'cli' })
}
