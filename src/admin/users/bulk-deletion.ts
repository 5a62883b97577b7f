import { html } from 'hono/html'
import { adminPreviewDeletion } from '../../commands/admin-preview-deletion.ts'
import type { UserId } from '../../model/user.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { belongingsList } from './belongings-list.ts'

/** Asks whether all of these shall really go, and says what goes with each. */
export async function writeBulkDeletion(call: AdminCall, userIds: readonly UserId[]): Promise<Response> {
  const { exchange, words } = call
  const { list } = words.users
  const previews = await adminPreviewDeletion(call.ctx, { userIds })
  const deletable = previews.filter(({ mayDelete }) => mayDelete)
  const refused = previews.length - deletable.length
  const rows = deletable.map(
    ({
      user,
      belongings,
    }) => html`<li class="panel"><h2><bdi>${nameOfUser(user)}</bdi></h2>${belongingsList(call, belongings)}
<input type="hidden" name="_selected_action" value="${user.id}"></li>\n`,
  )
  const { search } = new URL(exchange.request.url)
  const content = html`${refused === 0 ? '' : html`<p class="alert" role="alert">${list.refused(refused)}</p>`}
<p>${list.deleteQuestion(deletable.length)}</p>
<form method="post" action="${exchange.mountPath}/users/${search}">
${hiddenCsrf(call)}
<input type="hidden" name="action" value="delete"><input type="hidden" name="post" value="yes">
<ul class="cards">${rows}</ul>
<div class="buttons">${deletable.length === 0 ? '' : html`<button type="submit" class="danger">${list.deleteButton}</button>`}
<a class="button plain" href="${exchange.mountPath}/users/${search}">${words.frame.cancel}</a></div>
</form>`
  const crumbs = [{ label: words.sections.users, path: '/users/' }]
  return writeAdminPage(call, { title: list.deleteTitle, content, section: 'users', crumbs })
}
