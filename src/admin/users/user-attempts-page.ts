import { html } from 'hono/html'
import { adminListAttempts } from '../../commands/admin-list-attempts.ts'
import { AuthError } from '../../errors.ts'
import { readUserId } from '../../model/user-id.ts'
import { attemptTable } from '../lists/attempt-table.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moreLink } from '../parts/more-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs, userTabs } from './user-tabs.ts'

const LIMIT = 100

/** Who tried to come in as one user. */
export const userAttemptsPage: ShownPage = {
  path: '/users/:id/attempts/',
  async show(call) {
    const { words, ctx } = call
    const userId = readUserId(userIdOf(call), ctx.config.ids)
    if (userId === null) throw new AuthError('not_found')
    const before = readPosition(call, 'user-attempts')
    const attempts = await adminListAttempts(ctx, {
      filter: { userId },
      limit: LIMIT,
      ...(before === null ? {} : { before }),
    })
    const last = attempts.length < LIMIT ? undefined : attempts.at(-1)
    const content = html`${userTabs(call, userId, 'attempts')}
${attemptTable(call, attempts)}
${moreLink(call, last === undefined ? null : writePosition(call, 'user-attempts', last))}`
    return writeAdminPage(call, {
      title: words.users.tabs.attempts,
      content,
      section: 'users',
      crumbs: userCrumbs(call),
    })
  },
}
