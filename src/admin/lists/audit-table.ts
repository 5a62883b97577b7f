import { html } from 'hono/html'
import type { ListedAuditEntry } from '../../commands/admin-list-audit.ts'
import type { Html } from '../../http/html-page.ts'
import type { AuditChange } from '../../model/audit.ts'
import type { JsonValue } from '../../model/field.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { moment } from '../parts/moment.ts'
import { userLink } from '../parts/user-link.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** What operators did, a row each. People have the names that they have now, and whoever is gone the one of that time. */
export function auditTable(call: AdminCall, entries: readonly ListedAuditEntry[], empty: string): Html {
  const { audit } = call.words.lists
  const headings = [audit.at, audit.actor, audit.action, audit.object, audit.changes, audit.door, audit.address]
  return tableOr(
    empty,
    headings,
    entries.map((entry) => rowOf(call, entry)),
  )
}

function rowOf(call: AdminCall, entry: ListedAuditEntry): Row {
  const { words } = call
  const { actorId, actorName, actorNow } = entry
  return [
    moment(entry.at, words),
    personOf(call, { id: actorId, named: actorName, now: actorNow }),
    html`<code>${entry.action}</code>`,
    objectOf(call, entry),
    changesOf(call, entry.changes),
    cellOf(entry.door, words),
    cellOf(entry.address, words),
  ]
}

interface Person {
  readonly id: string | null
  /** What they were called when it was written down. */
  readonly named: string | null
  /** `null`: they are gone, and there is no page that a link could lead to. */
  readonly now: string | null
}

function personOf(call: AdminCall, { id, named, now }: Person): Html {
  if (id === null || now === null) return cellOf(named ?? id, call.words)
  return userLink(call, id, now)
}

function objectOf(call: AdminCall, { object, objectNow }: ListedAuditEntry): Html {
  const { kind, id, name } = object
  return kind === 'user' ? personOf(call, { id, named: name, now: objectNow }) : cellOf(name ?? id, call.words)
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
