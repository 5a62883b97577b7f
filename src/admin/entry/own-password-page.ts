import { html } from 'hono/html'
import { changePassword } from '../../commands/change-password.ts'
import { AuthError } from '../../errors.ts'
import { clearCookie } from '../../http/cookies.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import { sessionCookie } from '../../http/login-cookies.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import { type Problems, problemsBy } from '../parts/problems.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage, ShownPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { redirectWithin } from '../shell/redirect.ts'

const PATH = '/password_change/'

/** Where an operator changes their own password. */
export const ownPasswordPage: FormPage = {
  path: PATH,
  show: (call) => writeForm(call, {}),
  async submit(call, form) {
    const { ctx, exchange } = call
    try {
      const { renewed } = await changePassword(ctx, {
        currentPassword: form.text('old_password'),
        newPassword: form.text('new_password1'),
        newPasswordAgain: form.text('new_password2'),
      })
      const { config } = exchange.engine
      const cookie =
        renewed === null ? clearCookie(config, config.cookies.sessionName) : sessionCookie(exchange, renewed)
      return redirectWithin(call, { to: `${PATH}done/`, cookies: [cookie] })
    } catch (error) {
      if (!(error instanceof AuthError)) throw error
      return writeRefused(call, error)
    }
  },
}

export const ownPasswordDonePage: ShownPage = {
  path: `${PATH}done/`,
  show(call) {
    const { title, done } = call.words.ownPassword
    return writeAdminPage(call, { title, content: html`<p class="done" role="status">${done}</p>` })
  },
}

function writeRefused(call: AdminCall, error: AuthError): Promise<Response> {
  const { words } = call
  const { code, details } = error
  const status = DEFAULT_STATUS[code]
  const headers = refusalHeaders(details)
  if (code === 'wrong_current_password') {
    return writeForm(call, { old_password: [words.ownPassword.wrong] }, { status })
  }
  if (code !== 'validation_failed') throw error
  const { currentPassword = [], newPassword = [], newPasswordAgain = [] } = problemsBy(error, words)
  const problems = { old_password: currentPassword, new_password1: newPassword, new_password2: newPasswordAgain }
  return writeForm(call, problems, { status, headers })
}

function writeForm(
  call: AdminCall,
  problems: Problems,
  answer: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const { words, exchange } = call
  const names = [
    ['old_password', words.ownPassword.old, 'current-password'],
    ['new_password1', words.ownPassword.new, 'new-password'],
    ['new_password2', words.ownPassword.again, 'new-password'],
  ] as const
  const fields = names.map(([name, label, autocomplete]) =>
    formField({ kind: 'password', name, label, autocomplete, required: true, problems: problems[name] ?? [] }),
  )
  const content = html`${errorSummary(problems, words)}
<form method="post" action="${exchange.mountPath}${PATH}" class="narrow">
${hiddenCsrf(call)}
${fields}
<div class="buttons"><button type="submit">${words.ownPassword.button}</button></div>
</form>`
  const hasErrors = Object.values(problems).some((list) => list.length > 0)
  return writeAdminPage(call, { title: words.ownPassword.title, content, hasErrors, ...answer })
}
