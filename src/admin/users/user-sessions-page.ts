import { html } from 'hono/html'
import { adminActOnUsers } from '../../commands/admin-act-on-users.ts'
import { adminEndSession } from '../../commands/admin-end-session.ts'
import { adminListSessions } from '../../commands/admin-list-sessions.ts'
import { AuthError } from '../../errors.ts'
import type { SessionInfo } from '../../model/account.ts'
import { isEndless } from '../../model/session.ts'
import { readUserId } from '../../model/user-id.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { moment } from '../parts/moment.ts'
import { postButton } from '../parts/post-button.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { doneWithin } from '../shell/redirect.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs, userTabs } from './user-tabs.ts'

/** Where a user is logged in, and how each of these ends. */
export const userSessionsPage: FormPage = {
  path: '/users/:id/sessions/',
  async show(call) {
    const { words, ctx } = call
    const userId = userIdOf(call)
    const sessions = await adminListSessions(ctx, { userId })
    const { sessions: text, tabs } = words.users
    const headings = [
      text.began,
      text.lastUsed,
      text.ends,
      text.from,
      text.agent,
      text.carrier,
      words.users.list.action,
    ]
    const all = postButton(call, { path: pathOf(userId), label: text.endAll, fields: { all: 'yes' } })
    const mayEnd = call.operator.rights.has('portress.end_session')
    const content = html`${userTabs(call, userId, 'sessions')}
${tableOr(
  text.empty,
  headings,
  sessions.map((session) => rowOf(call, session)),
)}
${sessions.length > 0 && mayEnd ? html`<div class="buttons">${all}</div>` : ''}`
    return writeAdminPage(call, { title: tabs.sessions, content, section: 'users', crumbs: userCrumbs(call) })
  },
  async submit(call, form) {
    const userId = userIdOf(call)
    if (form.has('all')) await endAll(call)
    else await adminEndSession(call.ctx, { userId, sessionId: form.text('session') })
    return doneWithin(call, pathOf(userId), call.words.users.sessions.ended)
  },
}

const pathOf = (userId: string | number): string => `/users/${encodeURIComponent(userId)}/sessions/`

async function endAll(call: AdminCall): Promise<void> {
  const id = readUserId(userIdOf(call), call.ctx.config.ids)
  if (id === null) throw new AuthError('not_found')
  const { proofSeconds } = call.setup
  const [result] = await adminActOnUsers(call.ctx, { action: 'end-sessions', userIds: [id], proofSeconds })
  if (result?.outcome === 'refused') {
    throw new AuthError(result.code, result.reason === null ? {} : { reason: result.reason })
  }
}

function rowOf(call: AdminCall, session: SessionInfo): Row {
  const { words, operator } = call
  const { sessions } = words.users
  const isOwn = session.id === operator.actor.session.id
  const fields = { session: session.id }
  const about = session.address ?? session.carrier
  const end = operator.rights.has('portress.end_session')
    ? postButton(call, { path: pathOf(session.userId), label: sessions.end, fields, about })
    : html``
  return [
    moment(session.createdAt, words),
    moment(session.lastUsedAt, words),
    isEndless(session) ? html`${words.values.never}` : moment(session.expiresAt, words),
    cellOf(session.address, words),
    cellOf(session.userAgent, words),
    html`${session.carrier}${isOwn ? html` <span class="badge">${sessions.current}</span>` : ''}`,
    end,
  ]
}
