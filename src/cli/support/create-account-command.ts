import process from 'node:process'
import type { Command } from 'commander'
import { askForAccount } from './ask-for-account.ts'
import { collectField, type FieldArguments } from './field-arguments.ts'
import { knownAccount } from './known-account.ts'
import { type AccountWish, explainingRefusals, type KnownPassword, type MadeUser, makeAccount } from './make-account.ts'
import { withQuestions } from './questions.ts'
import { type ExitCode, Stop } from './stop.ts'
import { type CommonOptions, describeCommand } from './sub-command.ts'
import type { Terminal } from './terminal.ts'
import { withApplication } from './with-application.ts'

/** Options that every command which makes a user has. */
export interface AccountOptions extends CommonOptions {
  readonly noinput?: true
  readonly username?: string
  readonly email?: string
  readonly field?: FieldArguments
  readonly bypassPasswordValidation?: true
  readonly unusablePassword?: true
}

/** What the commands that make users differ in. */
export interface AccountKind {
  readonly command: string
  /** What the new user is called in the last line. */
  readonly title: string
  readonly isStaff: boolean
  readonly isSuperuser: boolean
  /** Holds the password where nobody is asked. */
  readonly passwordVariable: string
  /** `SUPERUSER` where `PORTRESS_SUPERUSER_EMAIL` and the like hold the rest; `null`: nothing does. */
  readonly variableWord: string | null
}

/** Adds those options, and the examples. */
export function describeAccountCommand(command: Command, examples: readonly string[]): Command {
  return describeCommand(command, examples)
    .option('--username <name>', 'user name')
    .option('--email <address>', 'e-mail address; it counts as proven')
    .option('--field <name=value>', 'a declared field; may be given several times', collectField)
    .option('--noinput', 'ask nothing; the password comes from the environment')
    .option('--bypass-password-validation', 'with --noinput: take the password although it is weak')
}

/** Makes a user, asking for what is missing where somebody can be asked. */
export async function createAccount(
  { options, kind }: { readonly options: AccountOptions; readonly kind: AccountKind },
  terminal: Terminal,
): Promise<ExitCode> {
  const { username, email, field: fields = {} } = options
  const wish: AccountWish = { username, email, fields, isStaff: kind.isStaff, isSuperuser: kind.isSuperuser }
  const make = options.noinput ? makeFromKnown : makeWithQuestions
  const user = await make({ options, kind, wish })
  terminal.printJson({ user: describeUser(user) })
  terminal.print(`${kind.title} created successfully.`)
  return 0
}

interface Making {
  readonly options: AccountOptions
  readonly kind: AccountKind
  readonly wish: AccountWish
}

// Whether it can work is found out before anything is opened: where it cannot, nothing is touched.
async function makeFromKnown({ options, kind, wish }: Making): Promise<MadeUser> {
  const password = passwordOf(options, kind)
  const variables = { word: kind.variableWord, read: (name: string) => process.env[name] }
  return await withApplication(options, async ({ auth }) => {
    const known = knownAccount(auth.config.user, wish, variables)
    return await explainingRefusals(makeAccount(auth, known, password))
  })
}

function makeWithQuestions({ options, kind, wish }: Making): Promise<MadeUser> {
  const { title, command, passwordVariable } = kind
  const skipped =
    `${title} creation skipped due to not running in a TTY. You can run \`portress ${command}\` at a terminal, ` +
    `or give --noinput with --username, --email and the password in ${passwordVariable}.`
  return withQuestions(skipped, (questions) =>
    withApplication(options, ({ auth }) => askForAccount(auth, wish, questions)),
  )
}

function passwordOf(options: AccountOptions, { passwordVariable }: AccountKind): KnownPassword {
  if (options.unusablePassword) return { password: null, passwordCheck: 'enforced' }
  const password = process.env[passwordVariable]
  if (!password) throw new Stop(2, `With --noinput, ${passwordVariable} must hold the password.`)
  return { password, passwordCheck: options.bypassPasswordValidation ? 'bypassed' : 'enforced' }
}

function describeUser({ id, username, email, status, isStaff, isSuperuser, fields }: MadeUser): object {
  return { id, username, email, status, isStaff, isSuperuser, fields }
}
