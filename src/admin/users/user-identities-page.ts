import { html } from 'hono/html'
import { adminListIdentities } from '../../commands/admin-list-identities.ts'
import { cellOf } from '../parts/cell.ts'
import { tableOr } from '../parts/data-table.ts'
import { moment } from '../parts/moment.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs, userTabs } from './user-tabs.ts'

/** By which providers a user can log in. */
export const userIdentitiesPage: ShownPage = {
  path: '/users/:id/identities/',
  async show(call) {
    const { words, ctx } = call
    const userId = userIdOf(call)
    const identities = await adminListIdentities(ctx, { userId })
    const { identities: text, tabs } = words.users
    const headings = [text.provider, text.subject, text.email, text.connected, text.lastLogin]
    const rows = identities.map(({ provider, subject, email, createdAt, lastLoginAt }) => [
      cellOf(provider, words),
      cellOf(subject, words),
      cellOf(email, words),
      moment(createdAt, words),
      moment(lastLoginAt, words),
    ])
    const content = html`${userTabs(call, userId, 'identities')}
${tableOr(text.empty, headings, rows)}`
    return writeAdminPage(call, { title: tabs.identities, content, section: 'users', crumbs: userCrumbs(call) })
  },
}
