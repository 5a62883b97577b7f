import { html } from 'hono/html'
import type { UserForOperator } from '../../commands/admin-read-user.ts'
import type { Html } from '../../http/html-page.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import { moment } from '../parts/moment.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { ownFieldsets } from './own-fieldsets.ts'
import { privilegeFields } from './privilege-fields.ts'
import { isSelf } from './read-user-change.ts'
import type { UserForm } from './user-form-state.ts'
import { userCrumbs, userTabs } from './user-tabs.ts'

/** The change form: password, personal data, what the site adds, permissions, dates. For who may only look it is only to be read. */
export async function writeUserForm(call: AdminCall, form: UserForm): Promise<Response> {
  const { words, exchange } = call
  const { user, may } = form.found
  const { change } = words.users
  const name = nameOfUser(user)
  const content = html`${userTabs(call, user.id, 'change')}
${errorSummary(form.problems, words)}
<form method="post" action="${exchange.mountPath}/users/${user.id}/">
${hiddenCsrf(call)}
<fieldset>${wayInFields(call, form)}${passwordLine(call, form.found)}</fieldset>
<fieldset><legend>${change.personal}</legend>${personalFields(call, form)}</fieldset>
${ownFieldsets(call, form)}
<fieldset><legend>${change.privileges}</legend>${activeField(call, form)}${await privilegeFields(call, form)}</fieldset>
<fieldset><legend>${change.dates}</legend><dl class="facts">
<dt>${words.fields.lastLoginAt}</dt><dd>${moment(user.lastLoginAt, words)}</dd>
<dt>${words.fields.dateJoined}</dt><dd>${moment(user.dateJoined, words)}</dd></dl><br></fieldset>
${may.change ? saveBar(call, form.found) : ''}
</form>`
  const title = `${may.change ? change.title : change.viewTitle}: ${name}`
  const hasErrors = Object.keys(form.problems).length > 0
  return writeAdminPage(call, {
    title,
    content,
    section: 'users',
    crumbs: userCrumbs(call),
    status: form.status,
    hasErrors,
  })
}

function wayInFields(call: AdminCall, { found, typed, problems }: UserForm): readonly Html[] {
  const { user, may } = found
  const { fields } = call.words
  const { username: usernames, email: emails } = call.exchange.engine.config.user
  const isDisabled = !may.changeWayIn
  const shared = { isDisabled, autocomplete: 'off' } as const
  const username = formField({
    ...shared,
    kind: 'text',
    name: 'username',
    label: fields.username,
    value: typed?.has('username') ? typed.text('username') : (user.username ?? ''),
    problems: problems['username'] ?? [],
    required: usernames === 'required',
  })
  const email = formField({
    ...shared,
    kind: 'email',
    name: 'email',
    label: fields.email,
    value: typed?.has('email') ? typed.text('email') : (user.email ?? ''),
    problems: problems['email'] ?? [],
    required: emails === 'required',
  })
  const verified = formField({
    kind: 'checkbox',
    name: 'email_verified',
    label: fields.isEmailVerified,
    isChecked: typed !== null && may.changeWayIn ? typed.has('email_verified') : user.emailVerifiedAt !== null,
    isDisabled,
    problems: problems['email_verified'] ?? [],
  })
  return usernames === 'none' ? [email, verified] : [username, email, verified]
}

/** Of a password only how it is hashed, never any part of the hash. */
function passwordLine(call: AdminCall, found: UserForOperator): Html {
  const { words, exchange } = call
  const { user, password, may } = found
  const { change } = words.users
  const ownPage = `${exchange.mountPath}/password_change/`
  const page = isSelf(call, found) ? ownPage : `${exchange.mountPath}/users/${user.id}/password/`
  const isOffered = may.changeWayIn || page === ownPage
  const kept = password === null ? change.passwordUnusable : change.passwordKept(password.algorithm)
  return html`<div class="field"><span class="label">${words.fields.password}</span>
<p class="static">${kept}</p><p class="hint">${change.passwordHelp}
${isOffered ? html`<a href="${page}">${change.passwordLink}</a>` : ''}</p></div>`
}

function personalFields({ words }: AdminCall, { found, typed, problems }: UserForm): readonly Html[] {
  const { user, may } = found
  const names = [
    ['first_name', words.fields.firstName, user.firstName],
    ['last_name', words.fields.lastName, user.lastName],
  ] as const
  return names.map(([name, label, value]) =>
    formField({
      kind: 'text',
      name,
      label,
      value: typed?.text(name) ?? value,
      problems: problems[name] ?? [],
      isDisabled: !may.change,
      autocomplete: 'off',
    }),
  )
}

function activeField(call: AdminCall, { found, typed, problems }: UserForm): Html {
  const { words } = call
  const { user, may } = found
  const isDisabled = !may.change || isSelf(call, found)
  const status = user.status === 'pending' ? ` (${words.values.status.pending})` : ''
  return formField({
    kind: 'checkbox',
    name: 'is_active',
    label: `${words.fields.isActive}${status}`,
    help: words.users.change.activeHelp,
    isChecked: typed === null || isDisabled ? user.status === 'active' : typed.has('is_active'),
    isDisabled,
    problems: problems['is_active'] ?? [],
  })
}

function saveBar({ words, exchange, operator }: AdminCall, { user, may }: UserForOperator): Html {
  const { frame } = words
  const remove = may.delete
    ? html`<a class="button plain end" href="${exchange.mountPath}/users/${user.id}/delete/">${frame.delete}</a>`
    : ''
  const another = operator.rights.has('portress.add_user')
    ? html`<button type="submit" name="_addanother" value="1" class="plain">${frame.saveAndAddAnother}</button>`
    : ''
  return html`<div class="buttons saving"><button type="submit" name="_save" value="1">${frame.save}</button>
<button type="submit" name="_continue" value="1" class="plain">${frame.saveAndContinue}</button>
${another}${remove}</div>`
}
