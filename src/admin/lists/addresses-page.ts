import { html } from 'hono/html'
import { adminDeleteAddressRule } from '../../commands/admin-delete-address-rule.ts'
import { adminListAddressRules } from '../../commands/admin-list-address-rules.ts'
import { adminSetAddressRule } from '../../commands/admin-set-address-rule.ts'
import { AuthError } from '../../errors.ts'
import type { Html } from '../../http/html-page.ts'
import type { AddressRule } from '../../model/address-rule.ts'
import { parseIsoDate } from '../../util/iso-date.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import { moment } from '../parts/moment.ts'
import { postButton } from '../parts/post-button.ts'
import { type Problems, problemsBy } from '../parts/problems.ts'
import { type AdminForm, formOf } from '../shell/admin-form.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { doneWithin } from '../shell/redirect.ts'

const PATH = '/addresses/'

const FIELDS = ['range', 'effect', 'note', 'expiresAt']

/** Source addresses that are blocked or allowed by operators. */
export const addressesPage: FormPage = {
  path: PATH,
  show: (call) => writePage(call, { form: formOf(new URLSearchParams()), problems: {} }),
  submit: (call, form) => (form.has('remove') ? removeRule(call, form) : addRule(call, form)),
}

async function removeRule(call: AdminCall, form: AdminForm): Promise<Response> {
  const { proofSeconds } = call.setup
  await adminDeleteAddressRule(call.ctx, { ruleId: form.text('remove'), proofSeconds })
  return doneWithin(call, PATH, call.words.lists.addresses.removed(form.text('range')))
}

async function addRule(call: AdminCall, form: AdminForm): Promise<Response> {
  const { words, setup } = call
  try {
    const rule = await adminSetAddressRule(call.ctx, {
      range: form.text('range').trim(),
      effect: form.text('effect'),
      note: form.text('note').trim(),
      expiresAt: endOf(form.text('expiresAt').trim()),
      proofSeconds: setup.proofSeconds,
    })
    return doneWithin(call, PATH, words.lists.addresses.added(rule.range))
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const isOwn = error.code === 'forbidden' && error.details.reason === 'own_account'
    if (isOwn) return writePage(call, { form, problems: { range: [words.lists.addresses.ownAddress] } })
    if (error.code !== 'validation_failed') throw error
    return writePage(call, { form, problems: problemsBy(error, words) })
  }
}

/** What is no moment is one that is over: the command says what is wrong with it. */
function endOf(text: string): Date | null {
  return text === '' ? null : (parseIsoDate(text) ?? new Date(0))
}

interface AddressForm {
  readonly form: AdminForm
  readonly problems: Problems
}

async function writePage(call: AdminCall, { form, problems }: AddressForm): Promise<Response> {
  const { words, ctx, operator } = call
  const { addresses: text } = words.lists
  const rules = await adminListAddressRules(ctx)
  const mayChange = operator.rights.has('portress.change_address_rule')
  const headings = [text.range, text.effect, text.note, text.created, text.expires, words.users.list.action]
  const content = html`<p class="quiet">${text.explanation}</p>
${tableOr(
  text.empty,
  headings,
  rules.map((rule) => rowOf(call, rule, mayChange)),
)}
${mayChange ? ruleForm(call, { form, problems }) : ''}`
  const hasErrors = Object.keys(problems).length > 0
  const status = hasErrors ? 400 : 200
  return writeAdminPage(call, { title: text.title, content, section: 'addresses', hasErrors, status })
}

function rowOf(call: AdminCall, rule: AddressRule, mayChange: boolean): Row {
  const { words } = call
  const { addresses: text } = words.lists
  const tone = rule.effect === 'block' ? 'bad' : 'good'
  const fields = { remove: rule.id, range: rule.range }
  return [
    cellOf(rule.range, words),
    html`<span class="badge ${tone}">${text[rule.effect]}</span>`,
    cellOf(rule.note, words),
    moment(rule.createdAt, words),
    moment(rule.expiresAt, words),
    mayChange ? postButton(call, { path: PATH, label: text.remove, fields, about: rule.range }) : html``,
  ]
}

function ruleForm(call: AdminCall, { form, problems }: AddressForm): Html {
  const { words, exchange } = call
  const { addresses: text } = words.lists
  const problemsOf = (name: string): readonly string[] => problems[name] ?? []
  const choices = (['block', 'allow'] as const).map((value) => ({ value, label: text[value] }))
  const range = formField({
    kind: 'text',
    name: 'range',
    label: text.range,
    help: text.rangeHelp,
    value: form.text('range'),
    required: true,
    problems: problemsOf('range'),
  })
  const effect = formField({
    kind: 'select',
    name: 'effect',
    label: text.effect,
    value: form.text('effect'),
    choices,
    problems: problemsOf('effect'),
  })
  const note = formField({
    kind: 'text',
    name: 'note',
    label: text.note,
    value: form.text('note'),
    maxLength: 200,
    problems: problemsOf('note'),
  })
  const expires = formField({
    kind: 'datetime',
    name: 'expiresAt',
    label: text.expires,
    help: text.expiresHelp,
    value: form.text('expiresAt'),
    problems: problemsOf('expiresAt'),
  })
  return html`<br>${errorSummary(problems, words, FIELDS)}
<form method="post" action="${exchange.mountPath}${PATH}">${hiddenCsrf(call)}
<fieldset><legend>${text.add}</legend>${range}${effect}${note}${expires}</fieldset>
<div class="buttons"><button type="submit">${text.add}</button></div>
</form>`
}
