import process from 'node:process'
import type { Command } from 'commander'
import type { UserOf } from '../../auth.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import type { Application } from './application.ts'
import { collectField, type FieldArguments } from './field-arguments.ts'
import { type AccountWish, askForAccount, type KnownPassword, makeAccount } from './make-account.ts'
import { openQuestions } from './questions.ts'
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
  readonly isStaff: boolean
  readonly isSuperuser: boolean
  /** Holds the password where nobody is asked. */
  readonly passwordVariable: string
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
  const make = options.noinput ? makeFrom(options, kind) : makeWithQuestions(kind)
  const user = await withApplication(options, (application) => make(application, wish))
  terminal.printJson({ user: describeUser(user) })
  terminal.print(`Made ${user.username ?? user.email} (id ${user.id}).`)
  return 0
}

type MadeUser = UserOf<FieldDefinitions>

type Make = (application: Application, wish: AccountWish) => Promise<MadeUser>

// Found out before anything is opened: where it cannot work, nothing is touched.
function makeFrom(options: AccountOptions, { passwordVariable }: AccountKind): Make {
  const known = passwordOf(options, passwordVariable)
  return ({ auth }, wish) => makeAccount(auth, wish, known)
}

function makeWithQuestions({ passwordVariable }: AccountKind): Make {
  const instead = `Use --noinput with --username, --email and the password in ${passwordVariable}.`
  const questions = openQuestions(instead)
  return ({ auth }, wish) => askForAccount(auth, wish, questions)
}

function passwordOf(options: AccountOptions, variable: string): KnownPassword {
  if (options.unusablePassword) return { password: null, passwordCheck: 'enforced' }
  const password = process.env[variable]
  if (!password) throw new Stop(2, `With --noinput, ${variable} must hold the password.`)
  return { password, passwordCheck: options.bypassPasswordValidation ? 'bypassed' : 'enforced' }
}

function describeUser({ id, username, email, status, isStaff, isSuperuser, fields }: MadeUser): object {
  return { id, username, email, status, isStaff, isSuperuser, fields }
}
