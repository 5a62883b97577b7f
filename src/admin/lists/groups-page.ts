import { html } from 'hono/html'
import { adminListGroups } from '../../commands/admin-list-groups.ts'
import { AuthError } from '../../errors.ts'
import type { GroupId } from '../../model/group.ts'
import { readUserId } from '../../model/user-id.ts'
import { tableOr } from '../parts/data-table.ts'
import { moreLink } from '../parts/more-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

const LIMIT = 200

/** The groups there are. */
export const groupsPage: ShownPage = {
  path: '/groups/',
  async show(call) {
    const { words, ctx, exchange, operator } = call
    const { groups: text } = words.lists
    const groups = await adminListGroups(ctx, { limit: LIMIT, afterId: afterIdOf(call) })
    const rows = groups.map(({ id, name, memberCount, permissions }) => [
      html`<a href="${exchange.mountPath}/groups/${id}/"><bdi>${name}</bdi></a>`,
      html`<a href="${exchange.mountPath}/users/?group=${id}">${memberCount}</a>`,
      html`${permissions.length}`,
    ])
    const add = operator.rights.has('portress.add_group')
      ? html`<div class="tools"><span class="end"><a class="button" href="${exchange.mountPath}/groups/add/">${text.add}</a></span></div>`
      : ''
    const last = groups.length < LIMIT ? undefined : groups.at(-1)
    const content = html`${add}
${tableOr(text.empty, [text.name, text.members, text.permissions], rows)}
${moreLink(call, last === undefined ? null : String(last.id))}`
    return writeAdminPage(call, { title: text.title, content, section: 'groups' })
  },
}

function afterIdOf({ exchange, ctx }: AdminCall): GroupId | null {
  const text = exchange.query().get('cursor')
  if (text === null) return null
  const id = readUserId(text, ctx.config.ids)
  if (id === null) throw new AuthError('malformed_request')
  return id
}
