import { html } from 'hono/html'
import { adminCountUsers } from '../../commands/admin-count-users.ts'
import { adminDeleteGroup } from '../../commands/admin-delete-group.ts'
import { adminReadGroup } from '../../commands/admin-read-group.ts'
import { AuthError } from '../../errors.ts'
import type { Group } from '../../model/group.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { doneWithin } from '../shell/redirect.ts'
import { idOf } from './group-pages.ts'

/** Asks whether a group shall really go, and says how many lose what it gave. */
export const groupDeletePage: FormPage = {
  path: '/groups/:id/delete/',
  show: async (call) => writeQuestion(call, await adminReadGroup(call.ctx, { groupId: idOf(call) })),
  async submit(call, form) {
    const group = await adminReadGroup(call.ctx, { groupId: idOf(call) })
    if (form.text('post') !== 'yes') return writeQuestion(call, group)
    await adminDeleteGroup(call.ctx, { groupId: group.id, proofSeconds: call.setup.proofSeconds })
    return doneWithin(call, '/groups/', call.words.lists.groups.deleted(group.name))
  },
}

async function writeQuestion(call: AdminCall, { id, name }: Group): Promise<Response> {
  const { words, exchange, ctx, operator } = call
  const { groups } = words.lists
  if (!operator.rights.has('portress.delete_group')) throw new AuthError('forbidden')
  const mayCount = operator.rights.has('portress.view_user')
  const members = mayCount ? (await adminCountUsers(ctx, { conditions: { groupId: id } })).count : null
  const own = `${exchange.mountPath}/groups/${id}/`
  const content = html`<p>${groups.deleteQuestion(name, members)}</p>
<form method="post" action="${own}delete/">${hiddenCsrf(call)}<input type="hidden" name="post" value="yes">
<div class="buttons"><button type="submit" class="danger">${words.users.delete.button}</button> <a class="button plain" href="${own}">${words.frame.cancel}</a></div>
</form>`
  const crumbs = [
    { label: words.sections.groups, path: '/groups/' },
    { label: name, path: `/groups/${id}/` },
  ]
  return writeAdminPage(call, { title: groups.deleteTitle, content, section: 'groups', crumbs })
}
