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

/** The form of a page. What was typed as a password is never written back. */
export function linkForm(form: LinkForm): Html {
  const { action, page, code, problem, messages } = form
  const words = page.words(messages.pages)
  return html`<h1>${words.title}</h1>
<p>${words.explanation}</p>
${problem === null ? '' : html`<p class="alert" role="alert">${problem.sentence}</p>`}
<form method="post" action="${action}">
<input type="hidden" name="code" value="${code}">
${page.asksPassword ? passwordFields(form) : ''}
<button type="submit">${words.button}</button>
</form>`
}

function passwordFields({ problem, messages, minLength }: LinkForm): readonly Html[] {
  const { newPassword, newPasswordAgain } = messages.pages.resetPassword
  const problemsOf = (field: string): readonly string[] =>
    (problem?.fields[field] ?? []).map((complaint) => sentenceOf(complaint, messages))
  return [
    passwordField({
      name: 'new_password',
      label: newPassword,
      hint: messages.fieldErrors.password_too_short({ minLength }),
      problems: problemsOf('newPassword'),
    }),
    passwordField({
      name: 'new_password_again',
      label: newPasswordAgain,
      hint: null,
      problems: problemsOf('newPasswordAgain'),
    }),
  ]
}

function sentenceOf({ code, params }: FieldError, { fieldErrors }: Messages): string {
  return fieldErrors[code](params ?? {})
}

interface PasswordField {
  readonly name: string
  readonly label: string
  readonly hint: string | null
  readonly problems: readonly string[]
}

/** No length is enforced by the browser: it would count otherwise than the rules, and in its own language. */
function passwordField({ name, label, hint, problems }: PasswordField): Html {
  const isWrong = problems.length > 0
  const notes = isWrong ? problems : hint === null ? [] : [hint]
  const describedBy = notes.length === 0 ? '' : html` aria-describedby="${name}_notes"`
  const invalid = isWrong ? html` aria-invalid="true" autofocus` : ''
  const rows = notes.map((note) => html`<p class="${isWrong ? 'problem' : 'hint'}">${note}</p>`)
  return html`<div class="field">
<label for="${name}">${label}</label>
<input type="password" id="${name}" name="${name}" autocomplete="new-password" required${describedBy}${invalid}>
<div id="${name}_notes">${rows}</div>
</div>
`
}
