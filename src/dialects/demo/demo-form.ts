import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { DemoField, DemoMessages, DemoStep } from '../../messages/demo/demo-messages.ts'

export interface DemoFormInput {
  /** Which form it is to the script. */
  readonly name: string
  readonly words: DemoMessages
  readonly step: DemoStep
  readonly fields: readonly DemoField[]
  /** Between the title and the fields. */
  readonly before?: Html | ''
  /** What the button looks like. @default 'main' */
  readonly tone?: 'main' | 'danger'
  /** For fields that are not what their names are known for by browsers. */
  readonly autocomplete?: Readonly<Partial<Record<DemoField, string>>>
  /** Which fields may stay empty. @default [] */
  readonly optional?: readonly DemoField[]
}

/**
 * A form with a place for what went wrong as a whole and one for what went well. Without the script it is not shown: sent by the
 * browser itself it would lead nowhere.
 */
export function demoForm({ name, words, step, fields, before = '', tone = 'main', ...rest }: DemoFormInput): Html {
  const inputs = fields.map((field) => fieldOf({ form: name, field, words, ...rest }))
  return html`<form data-form="${name}" method="post" novalidate>
${before}${inputs}<p class="alert" role="alert"></p>
<p class="done" role="status"></p>
<button type="submit" class="${tone}">${step.button}</button>
</form>`
}

interface FieldInput extends Pick<DemoFormInput, 'words' | 'autocomplete' | 'optional'> {
  readonly form: string
  readonly field: DemoField
}

function fieldOf({ form, field, words, autocomplete = {}, optional = [] }: FieldInput): Html {
  const { type, ...known } = INPUTS[field]
  const id = `${form}-${field}`
  return html`<div class="field">
<label for="${id}">${words.fields[field]}${optional.includes(field) ? html` <small>${words.optional}</small>` : ''}</label>
<input id="${id}" name="${field}" type="${type}" autocomplete="${autocomplete[field] ?? known.autocomplete}" autocapitalize="none" aria-describedby="${id}-problem">
<p class="problem" id="${id}-problem"></p>
</div>
`
}

const INPUTS: { readonly [K in DemoField]: { readonly type: string; readonly autocomplete: string } } = {
  identifier: { type: 'text', autocomplete: 'username' },
  username: { type: 'text', autocomplete: 'username' },
  email: { type: 'email', autocomplete: 'email' },
  password: { type: 'password', autocomplete: 'current-password' },
  currentPassword: { type: 'password', autocomplete: 'current-password' },
  newPassword: { type: 'password', autocomplete: 'new-password' },
  newEmail: { type: 'email', autocomplete: 'email' },
  firstName: { type: 'text', autocomplete: 'given-name' },
  lastName: { type: 'text', autocomplete: 'family-name' },
}
