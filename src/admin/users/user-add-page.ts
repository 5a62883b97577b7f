import { html } from 'hono/html'
import { type AdminCreateUserInput, adminCreateUser } from '../../commands/admin-create-user.ts'
import { AuthError } from '../../errors.ts'
import type { Html } from '../../http/html-page.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { type Problems, problemsBy } from '../parts/problems.ts'
import { type AdminForm, formOf } from '../shell/admin-form.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { doneWithin } from '../shell/redirect.ts'
import { addFormFields, readAddedFields } from './add-fields.ts'
import { namedField } from './form-names.ts'

const PATH = '/users/add/'

/** Adds somebody: how they log in, and how they come in the first time. Everything else is on the next page. */
export const userAddPage: FormPage = {
  path: PATH,
  async show(call) {
    if (!call.operator.rights.has('portress.add_user')) throw new AuthError('forbidden')
    return writeForm(call, { form: formOf(new URLSearchParams()), problems: {}, status: 200 })
  },
  async submit(call, form) {
    const isInvited = form.text('how') === 'invitation'
    try {
      const user = await adminCreateUser(call.ctx, { ...readUser(call, form), ...readPassword(form, isInvited) })
      const { added, invited } = call.words.users.add
      const name = nameOfUser(user)
      const to = form.has('_addanother') ? PATH : `/users/${user.id}/`
      return doneWithin(call, to, isInvited ? invited(name) : added(name))
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'validation_failed') throw error
      const problems = problemsBy(error, call.words, namedField(call.setup, call.words, form))
      return writeForm(call, { form, problems, status: 400 })
    }
  },
}

/** What the form says of the user, as it was typed; what the model has no field for is not looked at. */
function readUser(call: AdminCall, form: AdminForm): AdminCreateUserInput {
  const { user } = call.exchange.engine.config
  return {
    ...(user.username === 'none' ? {} : { username: form.text('username').trim() }),
    email: form.text('email').trim(),
    ...readAddedFields(call, form),
  }
}

function readPassword(form: AdminForm, isInvited: boolean): Partial<AdminCreateUserInput> {
  if (isInvited) return { invite: true }
  if (form.text('usable_password') === 'false') return { password: null }
  return { password: form.text('password1'), passwordAgain: form.text('password2') }
}

interface AddForm {
  readonly form: AdminForm
  readonly problems: Problems
  readonly status: number
}

function writeForm(call: AdminCall, { form, problems, status }: AddForm): Promise<Response> {
  const { words, exchange } = call
  const { users, frame } = words
  const fields = [...identityFields(call, form, problems), ...addFormFields(call, { form, problems })]
  const content = html`<p class="quiet">${users.add.explanation}</p>
${errorSummary(problems, words)}
<form method="post" action="${exchange.mountPath}${PATH}">
${hiddenCsrf(call)}
<fieldset>${fields}</fieldset>
<fieldset>${howField(call, form)}${passwordFields(call, problems)}</fieldset>
<div class="buttons saving"><button type="submit">${frame.save}</button>
<button type="submit" name="_addanother" value="1" class="plain">${frame.saveAndAddAnother}</button></div>
</form>`
  const crumbs = [{ label: words.sections.users, path: '/users/' }]
  const hasErrors = Object.keys(problems).length > 0
  return writeAdminPage(call, { title: users.add.title, content, section: 'users', crumbs, status, hasErrors })
}

function identityFields(call: AdminCall, form: AdminForm, problems: Problems): readonly Html[] {
  const { user } = call.exchange.engine.config
  const { fields } = call.words
  const username = formField({
    kind: 'text',
    name: 'username',
    label: fields.username,
    value: form.text('username'),
    problems: problems['username'] ?? [],
    required: user.username === 'required',
    autocomplete: 'off',
  })
  const email = formField({
    kind: 'email',
    name: 'email',
    label: fields.email,
    value: form.text('email'),
    problems: problems['email'] ?? [],
    required: user.email === 'required',
    autocomplete: 'off',
  })
  return user.username === 'none' ? [email] : [username, email]
}

function howField({ words }: AdminCall, form: AdminForm): Html {
  const { add } = words.users
  const choices = [
    { value: 'password', label: add.withPassword },
    { value: 'invitation', label: add.withInvitation },
  ]
  return formField({ kind: 'select', name: 'how', label: add.how, value: form.text('how'), choices })
}

function passwordFields({ words }: AdminCall, problems: Problems): readonly Html[] {
  const names = [
    ['password1', words.fields.password],
    ['password2', words.fields.passwordAgain],
  ] as const
  return names.map(([name, label]) =>
    formField({ kind: 'password', name, label, problems: problems[name] ?? [], autocomplete: 'new-password' }),
  )
}
