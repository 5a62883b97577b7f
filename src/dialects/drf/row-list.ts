import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { FieldDescription } from './field-set.ts'
import type { Action, DrfCall, View } from './view.ts'

/** The rows of a door for a reader: each leads to the page of its path, where it can be tried. */
export const rowList = (views: readonly View[], call: DrfCall): Html => html`${views.map((view) => rowsOf(view, call))}`

function rowsOf({ name, path, slash, actions }: View, { exchange, settings }: DrfCall): Html {
  const rows = Object.entries(actions)
  const isOpen = rows.every(([method, { permission }]) => permission({ caller: null, method, target: null }))
  return html`<h2>${name}</h2>
<p>${rows.map(([method]) => html`<code>${method}</code> `)}${linkTo(exchange.mountPath, path + (slash === 'none' ? '' : '/'))}</p>
${isOpen ? '' : html`<p>Authentication: ${settings.schemes.join(', ')}</p>`}
${rows.map(([method, action]) => fieldList(method, action))}`
}

/** A path that names somebody or something has no page before it is known whom. */
function linkTo(mountPath: string, path: string): Html {
  if (!path.includes(':')) return html`<a href="${mountPath}${path}"><code>${path}</code></a>`
  return html`<code>${path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}</code>`
}

function fieldList(method: string, { fields }: Action): Html | string {
  const read = Object.entries(fields?.fields ?? {}).filter(([, { isReadOnly = false }]) => !isReadOnly)
  if (read.length === 0) return ''
  return html`<p><code>${method}</code></p>
<ul>${read.map(([name, field]) => html`<li><code>${name}</code> ${describe(field)}</li>`)}</ul>`
}

const describe = ({ label, type, required }: FieldDescription): string =>
  `${label} (${type}${required ? ', required' : ''})`
