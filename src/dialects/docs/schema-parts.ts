import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import { type ApiDocument, referredName, resolved, type Schema } from './open-api.ts'

/** What a schema consists of: its fields as a table, each of its forms, or its type alone. */
export function schemaParts(document: ApiDocument, given: Schema): Html {
  const schema = resolved(document, given)
  const forms = schema.anyOf ?? schema.oneOf
  const remark = schema.description === undefined ? '' : html`<p>${prose(schema.description)}</p>\n`
  if (forms?.some((form) => resolved(document, form).properties)) {
    return html`${remark}${forms.map((form) => html`<p>One of:</p>\n${schemaParts(document, form)}`)}`
  }
  if (schema.properties === undefined) return html`${remark}<p>${typeOf(schema)}</p>`
  return html`${remark}${fieldTable(schema.properties, schema.required ?? [])}`
}

function fieldTable(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Html {
  const rows = Object.entries(properties).map(
    ([name, property]) => html`<tr>
<th scope="row"><code>${name}</code>${required.includes(name) ? html` <small>required</small>` : ''}</th>
<td>${typeOf(property)}</td>
<td>${prose(remarksOn(property))}</td>
</tr>
`,
  )
  if (rows.length === 0) return html`<p>Nothing.</p>`
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">What</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>`
}

/** A type in a few words. One that has a name leads to its shape. */
function typeOf(schema: Schema): Html {
  const name = referredName(schema)
  if (name !== null) return html`<a href="#shape-${name}">${name}</a>`
  const forms = schema.anyOf ?? schema.oneOf
  if (forms !== undefined) return html`${joined(forms.map(typeOf))}`
  if (schema.enum !== undefined) return html`${joined(schema.enum.map(literal))}`
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.items !== undefined) return html`list of ${typeOf(schema.items)}`
  const type = schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ')
  return html`${type}${schema.format === undefined ? '' : ` (${schema.format})`}`
}

const literal = (value: unknown): Html => html`<code>${JSON.stringify(value)}</code>`

const joined = (parts: readonly Html[]): Html =>
  html`${parts.map((part, index) => html`${index === 0 ? '' : ' or '}${part}`)}`

function remarksOn(schema: Schema): string {
  const { description, minLength, maxLength, minimum, maximum, default: fallback } = schema
  const remarks = [
    description,
    minLength === undefined ? undefined : `At least ${minLength} characters.`,
    maxLength === undefined ? undefined : `At most ${maxLength} characters.`,
    minimum === undefined ? undefined : `At least ${minimum}.`,
    maximum === undefined ? undefined : `At most ${maximum}.`,
    fallback === undefined ? undefined : `Default \`${JSON.stringify(fallback)}\`.`,
  ]
  return remarks.filter((remark) => remark !== undefined).join(' ')
}

/** A sentence of the document: what stands between backticks is code. */
export function prose(text: string): Html {
  const parts = text.split(/`([^`]+)`/)
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`
}
