import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

/** One field of a form, whatever it looks like. */
export interface FormField {
  readonly kind: 'text' | 'email' | 'password' | 'number' | 'datetime' | 'textarea' | 'checkbox' | 'select' | 'chooser'
  readonly name: string
  readonly label: string
  readonly value?: string
  /** For `chooser`. */
  readonly values?: readonly string[]
  readonly isChecked?: boolean
  readonly choices?: readonly Choice[]
  readonly help?: string
  readonly problems?: readonly string[]
  readonly required?: boolean
  readonly isDisabled?: boolean
  readonly maxLength?: number
  readonly autocomplete?: string
  /** The first field of a form that is the whole page. */
  readonly isFirst?: boolean
}

/** A label, its input, what helps with it, and what is wrong with it, tied together for those who cannot see them. */
export function formField(field: FormField): Html {
  const { kind, label, name, problems = [], help } = field
  const id = `id_${name}`
  const described = [...(help === undefined ? [] : [`${id}_help`]), ...(problems.length > 0 ? [`${id}_problem`] : [])]
  const shared = sharedAttributes(field, id, described)
  const input = inputOf(field, shared)
  const labelled = html`<label for="${id}">${label}</label>`
  const rest = html`${help === undefined ? '' : html`<p class="hint" id="${id}_help">${help}</p>`}
${problems.length === 0 ? '' : html`<ul class="problem" id="${id}_problem">${problems.map((text) => html`<li>${text}</li>`)}</ul>`}`
  if (kind === 'checkbox') return html`<div class="field check">${input}${labelled}\n${rest}</div>\n`
  return html`<div class="field${kind === 'chooser' ? ' wide' : ''}">${labelled}\n${input}\n${rest}</div>\n`
}

function sharedAttributes(field: FormField, id: string, described: readonly string[]): Html {
  const { name, required, isDisabled, isFirst, problems = [], autocomplete, maxLength } = field
  return html`id="${id}" name="${name}"${required ? html` required` : ''}${isDisabled ? html` disabled` : ''}${
    isFirst ? html` autofocus` : ''
  }${problems.length > 0 ? html` aria-invalid="true"` : ''}${
    described.length > 0 ? html` aria-describedby="${described.join(' ')}"` : ''
  }${autocomplete === undefined ? '' : html` autocomplete="${autocomplete}"`}${
    maxLength === undefined ? '' : html` maxlength="${maxLength}"`
  }`
}

function inputOf(field: FormField, shared: Html): Html {
  const { kind, value = '' } = field
  switch (kind) {
    case 'textarea':
      return html`<textarea rows="4" dir="auto" ${shared}>
${value}</textarea>`
    case 'checkbox':
      return html`<input type="checkbox" value="on" ${shared}${field.isChecked ? html` checked` : ''}>`
    case 'select':
      return html`<select ${shared}>${optionsOf(field, [value])}</select>`
    case 'chooser':
      return html`<select multiple size="8" data-chooser ${shared}>${optionsOf(field, field.values ?? [])}</select>`
    case 'password':
      // What was typed is never written back.
      return html`<input type="password" ${shared}>`
    case 'datetime':
      return html`<input type="text" inputmode="numeric" placeholder="2026-12-31T23:59Z" value="${value}" ${shared}>`
    case 'number':
      return html`<input type="text" inputmode="decimal" value="${value}" ${shared}>`
    default:
      return html`<input type="${kind}" dir="auto" value="${value}" ${shared}>`
  }
}

function optionsOf({ choices = [] }: FormField, chosen: readonly string[]): readonly Html[] {
  return choices.map(
    ({ value, label }) =>
      html`<option value="${value}"${chosen.includes(value) ? html` selected` : ''}>${label}</option>\n`,
  )
}
