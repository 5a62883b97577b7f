import { html } from 'hono/html'
import { adminCountAttempts } from '../../commands/admin-count-attempts.ts'
import { adminListAudit } from '../../commands/admin-list-audit.ts'
import { adminOverview, type Overview } from '../../commands/admin-overview.ts'
import type { Html } from '../../http/html-page.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { attemptChart } from './attempt-chart.ts'
import { auditTable } from './audit-table.ts'

const RECENT = 10

/** The front page: the figures that an operator looks for, as far as each may see them. */
export const overviewPage: ShownPage = {
  path: '/',
  async show(call) {
    const { words, ctx, operator } = call
    const text = words.lists.overview
    const cards = cardsOf(call, await adminOverview(ctx))
    const isEmpty = cards.length === 0 && operator.rights.size === 0
    const attempts = operator.rights.has('portress.view_attempt')
      ? attemptChart(call, await adminCountAttempts(ctx, {}))
      : ''
    const recent = operator.rights.has('portress.view_audit')
      ? html`<h2>${text.recent}</h2>${auditTable(call, await adminListAudit(ctx, { limit: RECENT }), words.lists.audit.empty)}`
      : ''
    const content = html`${isEmpty ? html`<p>${text.nothing}</p>` : ''}
<ul class="cards">${cards}</ul>
${attempts}
${recent}`
    return writeAdminPage(call, { title: text.title, content, section: 'overview' })
  },
}

interface Figure {
  readonly label: string
  readonly count: number
  readonly isExact: boolean
  /** Below the mount. */
  readonly path: string
}

function cardsOf(call: AdminCall, overview: Overview): readonly Html[] {
  const { words, exchange } = call
  return figuresOf(call, overview).map(
    ({ label, count, isExact, path }) => html`<li class="card"><a href="${exchange.mountPath}${path}">${label}</a>
<span class="figure">${words.values.count(count, isExact)}</span></li>\n`,
  )
}

function figuresOf(call: AdminCall, overview: Overview): readonly Figure[] {
  const { lists, values, fields } = call.words
  const { users, registrations, attemptsToday, liveSessions, locks, waitingMails } = overview
  const text = lists.overview
  const today = registrations?.at(-1)
  const { isExact } = attemptsToday ?? { isExact: true }
  return [
    ...(users === null
      ? []
      : [
          { label: `${text.users}: ${values.status.active}`, ...users.active, path: '/users/?status=active' },
          { label: `${text.users}: ${values.status.pending}`, ...users.pending, path: '/users/?status=pending' },
          { label: `${text.users}: ${values.status.disabled}`, ...users.disabled, path: '/users/?status=disabled' },
          { label: fields.isStaff, ...users.staff, path: '/users/?staff=yes' },
        ]),
    ...(today === undefined ? [] : [{ label: text.joinedToday, ...today.count, path: '/users/?joined=today' }]),
    ...(liveSessions === null ? [] : [{ label: text.liveSessions, ...liveSessions, path: '/users/' }]),
    ...(attemptsToday === null
      ? []
      : [
          { label: text.successes, count: attemptsToday.successes, isExact, path: '/attempts/?outcome=success' },
          { label: text.failures, count: attemptsToday.failures, isExact, path: '/attempts/?outcome=failed' },
        ]),
    ...(locks === null ? [] : [{ label: text.locks, ...locks, path: '/locks/' }]),
    ...(waitingMails === null ? [] : [{ label: text.waitingMails, ...waitingMails, path: '/outbox/?state=waiting' }]),
  ]
}
