import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AuditChange, AuditEntry } from '../../model/audit.ts'
import type { JsonValue } from '../../model/field.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { moment } from '../parts/moment.ts'
import { userLink } from '../parts/user-link.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** What operators did, a row each. */
export function auditTable(call: AdminCall, entries: readonly AuditEntry[], empty: string): Html {
  const { audit } = call.words.lists
  const headings = [audit.at, audit.actor, audit.action, audit.object, audit.changes, audit.door, audit.address]
  return tableOr(
    empty,
    headings,
    entries.map((entry) => rowOf(call, entry)),
  )
}

function rowOf(call: AdminCall, entry: AuditEntry): Row {
  const { words } = call
  const { actorId, actorName } = entry
  const actor = actorId === null ? cellOf(null, words) : userLink(call, actorId, actorName ?? actorId)
  return [
    moment(entry.at, words),
    actor,
    html`<code>${entry.action}</code>`,
    objectOf(call, entry),
    changesOf(call, entry.changes),
    cellOf(entry.door, words),
    cellOf(entry.address, words),
  ]
}

function objectOf(call: AdminCall, { object }: AuditEntry): Html {
  const { kind, id, name } = object
  const shown = name ?? id
  if (shown === null) return cellOf(null, call.words)
  return kind === 'user' && id !== null ? userLink(call, id, shown) : html`<bdi class="cut">${shown}</bdi>`
}

function changesOf({ words }: AdminCall, changes: readonly AuditChange[]): Html {
  if (changes.length === 0) return cellOf(null, words)
  const rows = changes.map(
    ({ field, from, to }) =>
      html`<div><b>${field}</b>: ${from === null || from === '' ? '' : html`<del>${shown(from)}</del> → `}<ins>${shown(to)}</ins></div>`,
  )
  return html`<div class="changes">${rows}</div>`
}

const MAX_SHOWN = 200

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text
}
