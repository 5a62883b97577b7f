import { html } from 'hono/html'
import type { ListedAttempt } from '../../commands/admin-list-attempts.ts'
import type { Html } from '../../http/html-page.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { moment } from '../parts/moment.ts'
import { userLink } from '../parts/user-link.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** Attempts to prove somebody, a row each. What was typed may hold anything, and is text. */
export function attemptTable(call: AdminCall, attempts: readonly ListedAttempt[]): Html {
  const { attempts: text } = call.words.lists
  const headings = [text.at, text.outcome, text.user, text.identifier, text.address, text.door, text.action, text.agent]
  return tableOr(
    text.empty,
    headings,
    attempts.map((attempt) => rowOf(call, attempt)),
  )
}

function rowOf(call: AdminCall, attempt: ListedAttempt): Row {
  const { words } = call
  const { outcome, userId, userName, loggedOutAt } = attempt
  const tone = outcome === 'success' ? 'good' : 'bad'
  const ended = loggedOutAt === null ? '' : html` <span class="quiet">(${words.lists.attempts.loggedOut})</span>`
  return [
    moment(attempt.at, words),
    html`<span class="badge ${tone}">${words.values.outcome[outcome]}</span>${ended}`,
    userId === null ? cellOf(null, words) : userLink(call, userId, userName ?? String(userId)),
    cellOf(attempt.identifier, words),
    cellOf(attempt.address, words),
    cellOf(attempt.door, words),
    cellOf(attempt.action, words),
    cellOf(attempt.userAgent, words),
  ]
}
