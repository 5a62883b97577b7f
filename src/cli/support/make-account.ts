import type { Auth, UserOf } from '../../auth.ts'
import { readEmail, readUsername } from '../../commands/steps/read-new-user.ts'
import type { FieldError } from '../../errors.ts'
import type { FieldDefinition, FieldDefinitions } from '../../model/field.ts'
import { readFieldInput } from '../../model/field-input.ts'
import { fieldSentences } from './explain-error.ts'
import { type FieldArguments, fieldValues } from './field-arguments.ts'
import { askUntilTaken } from './new-password.ts'
import type { Questions } from './questions.ts'

/** What is known about the new user before anybody is asked. */
export interface AccountWish {
  readonly username: string | undefined
  readonly email: string | undefined
  readonly fields: FieldArguments
  readonly isStaff: boolean
  readonly isSuperuser: boolean
}

export interface KnownPassword {
  /** `null`: the user cannot log in with a password. */
  readonly password: string | null
  readonly passwordCheck: 'enforced' | 'bypassed'
}

type MadeUser = UserOf<FieldDefinitions>

/** Makes the user out of what is known. @throws {AuthError} `validation_failed` */
export function makeAccount(auth: Auth, wish: AccountWish, known: KnownPassword): Promise<MadeUser> {
  const { username, email, isStaff, isSuperuser } = wish
  const input = {
    ...(username === undefined ? {} : { username }),
    ...(email === undefined ? {} : { email }),
    fields: fieldValues(auth.config.user.fields, wish.fields),
    isStaff,
    isSuperuser,
    ...known,
  }
  return auth.createUser(input, { door: 'cli' })
}

/** Asks for what is missing, each until it is right, and makes the user. */
export async function askForAccount(auth: Auth, wish: AccountWish, questions: Questions): Promise<MadeUser> {
  const completed = await completeWish(auth, wish, questions)
  return await askUntilTaken(questions, (typed) => makeAccount(auth, completed, typed))
}

async function completeWish(auth: Auth, wish: AccountWish, questions: Questions): Promise<AccountWish> {
  const { user: model } = auth.config
  const username = model.username === 'none' ? wish.username : (wish.username ?? (await askUsername(auth, questions)))
  const email = wish.email ?? (await askEmail(auth, questions))
  const fields: Record<string, string> = { ...wish.fields }
  for (const [name, definition] of Object.entries(model.fields)) {
    if (definition.required && !Object.hasOwn(fields, name)) fields[name] = await askField(name, definition, questions)
  }
  return { ...wish, username, email, fields }
}

function askField(name: string, definition: FieldDefinition, questions: Questions): Promise<string> {
  // An operator may set what the users themselves may not.
  const definitions = { [name]: { ...definition, writable: true } }
  return questions.text({
    message: name,
    check: (answer) => {
      const values = fieldValues(definitions, { [name]: answer })
      return firstComplaint(readFieldInput(definitions, values, 'create').errors)
    },
  })
}

function askUsername(auth: Auth, questions: Questions): Promise<string> {
  return questions.text({
    message: auth.config.user.username === 'optional' ? 'User name (may be empty)' : 'User name',
    async check(answer) {
      const { value, errors } = readUsername(auth, { value: answer, by: 'operator' })
      return firstComplaint(errors) ?? (await takenComplaint(auth, value))
    },
  })
}

function askEmail(auth: Auth, questions: Questions): Promise<string> {
  return questions.text({
    message: auth.config.user.email === 'optional' ? 'E-mail address (may be empty)' : 'E-mail address',
    async check(answer) {
      const { value, errors } = readEmail(auth, answer)
      return firstComplaint(errors) ?? (await takenComplaint(auth, value))
    },
  })
}

function firstComplaint(errors: Readonly<Record<string, readonly FieldError[]>>): string | null {
  return Object.values(fieldSentences(errors)).flat()[0] ?? null
}

/** Users who never activated may be replaced; whether they are is decided when the user is made. */
async function takenComplaint(auth: Auth, identifier: string | null): Promise<string | null> {
  const holder = identifier === null ? null : await auth.findUser(identifier)
  return holder === null || holder.status === 'pending' ? null : (firstComplaint({ it: [{ code: 'taken' }] }) ?? '')
}
