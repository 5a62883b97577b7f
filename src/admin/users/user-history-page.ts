import { html } from 'hono/html'
import { adminListAudit } from '../../commands/admin-list-audit.ts'
import { adminReadUser } from '../../commands/admin-read-user.ts'
import { auditTable } from '../lists/audit-table.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moreLink } from '../parts/more-link.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs, userTabs } from './user-tabs.ts'

const LIMIT = 100

/** What operators did to one user. */
export const userHistoryPage: ShownPage = {
  path: '/users/:id/history/',
  async show(call) {
    const { words, ctx } = call
    const { user } = await adminReadUser(ctx, { userId: userIdOf(call) })
    const before = readPosition(call, 'history')
    const filter = { object: { kind: 'user', id: String(user.id) } } as const
    const entries = await adminListAudit(ctx, { filter, limit: LIMIT, ...(before === null ? {} : { before }) })
    const last = entries.length < LIMIT ? undefined : entries.at(-1)
    const content = html`${userTabs(call, user.id, 'history')}
${auditTable(call, entries, words.users.history.empty)}
${moreLink(call, last === undefined ? null : writePosition(call, 'history', last))}`
    const crumbs = userCrumbs(call, { id: user.id, name: nameOfUser(user) })
    return writeAdminPage(call, { title: words.users.tabs.history, content, section: 'users', crumbs })
  },
}
