import { html } from 'hono/html'
import { adminReadUser, type UserForOperator } from '../../commands/admin-read-user.ts'
import { adminSetPassword } from '../../commands/admin-set-password.ts'
import { AuthError } from '../../errors.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { type Problems, problemsBy } from '../parts/problems.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { doneWithin, redirectWithin } from '../shell/redirect.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs } from './user-tabs.ts'

/** Sets somebody else's password, without the old one. */
export const userPasswordPage: FormPage = {
  path: '/users/:id/password/',
  async show(call) {
    const found = await adminReadUser(call.ctx, { userId: userIdOf(call) })
    if (found.user.id === call.operator.actor.user.id) return redirectWithin(call, { to: '/password_change/' })
    if (!found.may.changeWayIn) throw new AuthError('forbidden')
    return writeForm(call, found, {})
  },
  async submit(call, form) {
    const found = await adminReadUser(call.ctx, { userId: userIdOf(call) })
    const isUnusable = form.text('usable_password') === 'false'
    try {
      await adminSetPassword(call.ctx, {
        userId: found.user.id,
        newPassword: isUnusable ? null : form.text('password1'),
        newPasswordAgain: form.text('password2'),
        proofSeconds: call.setup.proofSeconds,
      })
      const { done, disabled } = call.words.users.password
      return doneWithin(call, `/users/${found.user.id}/`, isUnusable ? disabled : done)
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'validation_failed') throw error
      const { newPassword = [], newPasswordAgain = [], ...rest } = problemsBy(error, call.words)
      return writeForm(call, found, { ...rest, password1: newPassword, password2: newPasswordAgain })
    }
  },
}

function writeForm(call: AdminCall, { user, password }: UserForOperator, problems: Problems): Promise<Response> {
  const { words, exchange } = call
  const name = nameOfUser(user)
  const { title, explanation, usable, usableHelp, button } = words.users.password
  const kind = 'password'
  const fields = [
    formField({
      kind,
      name: 'password1',
      label: words.fields.password,
      problems: problems['password1'] ?? [],
      autocomplete: 'new-password',
    }),
    formField({
      kind,
      name: 'password2',
      label: words.fields.passwordAgain,
      problems: problems['password2'] ?? [],
      autocomplete: 'new-password',
    }),
  ]
  const choices = [
    { value: 'true', label: words.values.yes },
    { value: 'false', label: words.values.no },
  ]
  const isUsable = formField({
    kind: 'select',
    name: 'usable_password',
    label: usable,
    help: usableHelp,
    choices,
    value: 'true',
  })
  const content = html`<p>${explanation(name)}</p>
${password === null ? html`<p class="quiet">${words.users.change.passwordUnusable}</p>` : ''}
${errorSummary(problems, words)}
<form method="post" action="${exchange.mountPath}/users/${user.id}/password/" class="narrow">
${hiddenCsrf(call)}
${isUsable}${fields}
<div class="buttons"><button type="submit">${button}</button></div>
</form>`
  const hasErrors = Object.values(problems).some((list) => list.length > 0)
  const crumbs = userCrumbs(call, { id: user.id, name })
  return writeAdminPage(call, {
    title: title(name),
    content,
    section: 'users',
    crumbs,
    hasErrors,
    status: hasErrors ? 400 : 200,
  })
}
