import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { FieldValue } from '../../model/field.ts'
import { formField } from '../parts/form-field.ts'
import { textIn } from '../parts/text-in.ts'
import { type DeclaredField, declaredFormField, formName, labelFromName } from '../parts/user-fields.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { declaredFields, isEditable } from './declared-fields.ts'
import type { UserForm } from './user-form-state.ts'

/** The developer's own fields in the groups of the configuration, and each profile in a group of its own. */
export function ownFieldsets(call: AdminCall, form: UserForm): readonly Html[] {
  return [...fieldGroups(call, form), ...profileGroups(call, form)]
}

function fieldGroups(call: AdminCall, form: UserForm): readonly Html[] {
  const { setup, words } = call
  const all = declaredFields(call, null)
  if (all.length === 0) return []
  const wanted = setup.users.fieldsets ?? []
  const named = new Set(wanted.flatMap(({ fields }) => fields))
  const groups = wanted.map(({ title, fields }) => ({
    title: textIn(title, words.language),
    fields: fields.flatMap((name) => all.filter(({ path }) => path === name)),
  }))
  const rest = all.filter(({ path }) => !named.has(path))
  const others = rest.length === 0 ? [] : [{ title: words.users.change.own, fields: rest }]
  return [...groups, ...others].map(({ title, fields }) => fieldGroup(call, form, { title, fields, hint: null }))
}

function profileGroups(call: AdminCall, form: UserForm): readonly Html[] {
  const { setup, words, exchange } = call
  return Object.keys(exchange.engine.config.user.profiles).map((profile) => {
    const label = setup.users.profileLabels?.[profile]
    const title = label === undefined ? labelFromName(profile) : textIn(label, words.language)
    const isAbsent = (form.found.user.profiles[profile] ?? null) === null
    const hint = isAbsent ? words.users.change.profileAbsent : null
    return fieldGroup(call, form, { title, fields: declaredFields(call, profile), hint })
  })
}

interface FieldGroup {
  readonly title: string
  readonly fields: readonly DeclaredField[]
  readonly hint: string | null
}

function fieldGroup(call: AdminCall, form: UserForm, { title, fields, hint }: FieldGroup): Html {
  return html`<fieldset><legend>${title}</legend>${hint === null ? '' : html`<p class="hint">${hint}</p>`}
${fields.map((field) => declaredInput(call, form, field))}</fieldset>`
}

function declaredInput(call: AdminCall, { found, typed, problems }: UserForm, field: DeclaredField): Html {
  const { setup, words } = call
  const value = valueIn(found.user, field)
  const show = setup.users.widgets?.[field.path]?.show
  const isReadOnly = !isEditable(call, found, field)
  const shown = declaredFormField({
    field,
    setup,
    words,
    value,
    typed: isReadOnly ? null : typed,
    problems: problems[formName(field)] ?? [],
    isReadOnly,
  })
  const isAbsentProfile =
    field.path.includes('.') && (found.user.profiles[field.path.split('.')[0] ?? ''] ?? null) === null
  const input = isAbsentProfile ? { ...shown, required: false } : shown
  if (isReadOnly && show !== undefined) {
    return html`<div class="field"><span class="label">${input.label}</span><p class="static">${show(value ?? null, found.user)}</p></div>`
  }
  return formField(input)
}

function valueIn({ fields, profiles }: UserForm['found']['user'], { path }: DeclaredField): FieldValue | undefined {
  const [first = '', second] = path.split('.')
  return second === undefined ? fields[first] : profiles[first]?.[second]
}
