import type { Auth } from '../../auth.ts'
import { readEmail, readUsername } from '../../commands/steps/read-new-user.ts'
import type { FieldError } from '../../errors.ts'
import type { FieldDefinition } from '../../model/field.ts'
import { readFieldInput } from '../../model/field-input.ts'
import { fieldLabel, promptComplaint } from './account-words.ts'
import { fieldValues } from './field-arguments.ts'
import { type AccountWish, explainingRefusals, type MadeUser, makeAccount } from './make-account.ts'
import { askUntilTaken } from './new-password.ts'
import type { Questions, TextQuestion } from './questions.ts'

/**
 * Asks for what is missing or wrong, each until it is right, and makes the user.
 *
 * @throws {Stop} 1 when the person gives up, or somebody else was quicker to take a value
 */
export async function askForAccount(auth: Auth, wish: AccountWish, questions: Questions): Promise<MadeUser> {
  const completed = await completeWish(auth, wish, questions)
  const making = askUntilTaken(questions, {
    insist: 'Bypass password validation and create user anyway?',
    use: (typed) => makeAccount(auth, completed, typed),
  })
  return await explainingRefusals(making)
}

async function completeWish(auth: Auth, wish: AccountWish, questions: Questions): Promise<AccountWish> {
  const { user: model } = auth.config
  const isNamed = model.username === 'required' || model.username === 'optional'
  const username = isNamed ? await obtain(usernameQuestion(auth), wish.username, questions) : wish.username
  const email = await obtain(emailQuestion(auth), wish.email, questions)
  const fields: Record<string, string> = { ...wish.fields }
  for (const [name, definition] of Object.entries(model.fields)) {
    const given = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!definition.required && given === undefined) continue
    fields[name] = await obtain(fieldQuestion(name, definition), given, questions)
  }
  return { ...wish, username, email, fields }
}

/** What was given beforehand, where it is right; else what is typed now. */
async function obtain(question: TextQuestion, given: string | undefined, questions: Questions): Promise<string> {
  const complaint = given === undefined ? null : await question.check(given)
  if (given !== undefined && complaint === null) return given
  if (complaint !== null) questions.tell(`Error: ${complaint}`)
  return await questions.text(question)
}

const usernameQuestion = (auth: Auth): TextQuestion => ({
  label: fieldLabel('username'),
  async check(answer) {
    const { value, errors } = readUsername(auth, { value: answer, by: 'operator' })
    return promptComplaint('username', errors['username'] ?? (await takenErrors(auth, 'username', value)))
  },
})

const emailQuestion = (auth: Auth): TextQuestion => ({
  label: fieldLabel('email'),
  async check(answer) {
    const { value, errors } = readEmail(auth, answer)
    return promptComplaint('email', errors['email'] ?? (await takenErrors(auth, 'email', value)))
  },
})

function fieldQuestion(name: string, definition: FieldDefinition): TextQuestion {
  // An operator may set what the users themselves may not.
  const definitions = { [name]: { ...definition, writable: true } }
  return {
    label: fieldLabel(name),
    check(answer) {
      const values = fieldValues(definitions, { [name]: answer })
      return promptComplaint(name, readFieldInput(definitions, values, 'create').errors[name] ?? [])
    },
  }
}

/** Who never activated, or only claims an address, may make room; whether they do is decided when the user is made. */
async function takenErrors(
  auth: Auth,
  field: 'username' | 'email',
  value: string | null,
): Promise<readonly FieldError[]> {
  const holder = value === null ? null : await auth.findUser(value, [field])
  if (holder === null || holder.status === 'pending') return []
  const isShared = field === 'email' && auth.config.user.emailUnique === 'once-proven'
  return isShared && holder.emailVerifiedAt === null ? [] : [{ code: 'taken' }]
}
