import { html } from 'hono/html'
import type { ErrorDetails, FieldError } from '../../errors.ts'
import type { Html } from '../../http/html-page.ts'
import type { Messages } from '../../messages/messages.ts'
import type { LinkPage } from './link-page.ts'

/** Why the form came back. */
export interface FormProblem {
  readonly sentence: string
  readonly fields: NonNullable<ErrorDetails['fields']>
}

export interface LinkForm {
  readonly action: string
  readonly page: LinkPage
  readonly code: string
  readonly problem: FormProblem | null
  readonly messages: Messages
  /** Code points of the shortest password. */
  readonly minLength: number
}

/** The form of a page. What was typed is never written back. */
export function linkForm(form: LinkForm): Html {
  const { action, page, code, problem, messages } = form
  const words = page.words(messages.pages)
  return html`<h1>${words.title}</h1>
<p>${words.explanation}</p>
${problem === null ? '' : html`<p class="alert" role="alert">${problem.sentence}</p>`}
<form method="post" action="${action}">
<input type="hidden" name="code" value="${code}">
${fieldsOf(form)}
<button type="submit">${words.button}</button>
</form>`
}

function fieldsOf(form: LinkForm): readonly Html[] {
  switch (form.page.asks) {
    case 'nothing':
      return []
    case 'password':
      return passwordFields(form)
    case 'username':
      return [usernameField(form)]
  }
}

function passwordFields(form: LinkForm): readonly Html[] {
  const { newPassword, newPasswordAgain } = form.messages.pages.resetPassword
  const input = { type: 'password', autocomplete: 'new-password' } as const
  const hint = form.messages.fieldErrors.password_too_short({ minLength: form.minLength })
  const [first, second] = [problemsOf(form, 'newPassword'), problemsOf(form, 'newPasswordAgain')]
  return [
    formField({ ...input, name: 'new_password', label: newPassword, hint, problems: first }),
    formField({ ...input, name: 'new_password_again', label: newPasswordAgain, hint: null, problems: second }),
  ]
}

function usernameField(form: LinkForm): Html {
  const { newUsername: label } = form.messages.pages.resetUsername
  const problems = problemsOf(form, 'newUsername')
  return formField({ type: 'text', autocomplete: 'username', name: 'new_username', label, hint: null, problems })
}

const problemsOf = ({ problem, messages }: LinkForm, field: string): readonly string[] =>
  (problem?.fields[field] ?? []).map((complaint) => sentenceOf(complaint, messages))

function sentenceOf({ code, params }: FieldError, { fieldErrors }: Messages): string {
  return fieldErrors[code](params ?? {})
}

interface FormField {
  readonly type: 'password' | 'text'
  readonly autocomplete: 'new-password' | 'username'
  readonly name: string
  readonly label: string
  readonly hint: string | null
  readonly problems: readonly string[]
}

/** No length is enforced by the browser: it would count otherwise than the rules, and in its own language. */
function formField({ type, autocomplete, name, label, hint, problems }: FormField): Html {
  const isWrong = problems.length > 0
  const notes = isWrong ? problems : hint === null ? [] : [hint]
  const describedBy = notes.length === 0 ? '' : html` aria-describedby="${name}_notes"`
  const invalid = isWrong ? html` aria-invalid="true" autofocus` : ''
  const rows = notes.map((note) => html`<p class="${isWrong ? 'problem' : 'hint'}">${note}</p>`)
  return html`<div class="field">
<label for="${name}">${label}</label>
<input type="${type}" id="${name}" name="${name}" autocomplete="${autocomplete}" required${describedBy}${invalid}>
<div id="${name}_notes">${rows}</div>
</div>
`
}
