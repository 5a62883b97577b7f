import { html } from 'hono/html'
import { adminActOnUsers } from '../../commands/admin-act-on-users.ts'
import { adminPreviewDeletion, type DeletionPreview } from '../../commands/admin-preview-deletion.ts'
import { AuthError } from '../../errors.ts'
import { readUserId } from '../../model/user-id.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { doneWithin } from '../shell/redirect.ts'
import { belongingsList } from './belongings-list.ts'
import { userIdOf } from './user-id-of.ts'
import { userCrumbs } from './user-tabs.ts'

/** Asks whether a user shall really go, and says what goes along. */
export const userDeletePage: FormPage = {
  path: '/users/:id/delete/',
  async show(call) {
    const preview = await previewOf(call)
    if (!preview.mayDelete) throw new AuthError('forbidden')
    return writeQuestion(call, preview)
  },
  async submit(call, form) {
    const preview = await previewOf(call)
    if (form.text('post') !== 'yes') return writeQuestion(call, preview)
    const { id } = preview.user
    const { proofSeconds } = call.setup
    const [result] = await adminActOnUsers(call.ctx, { action: 'delete', userIds: [id], proofSeconds })
    if (result?.outcome === 'refused') {
      throw new AuthError(result.code, result.reason === null ? {} : { reason: result.reason })
    }
    return doneWithin(call, '/users/', call.words.users.delete.done(nameOfUser(preview.user)))
  },
}

async function previewOf(call: AdminCall): Promise<DeletionPreview> {
  const id = readUserId(userIdOf(call), call.ctx.config.ids)
  const [preview] = id === null ? [] : await adminPreviewDeletion(call.ctx, { userIds: [id] })
  if (preview === undefined) throw new AuthError('not_found')
  return preview
}

function writeQuestion(call: AdminCall, { user, belongings }: DeletionPreview): Promise<Response> {
  const { words, exchange } = call
  const { title, question, goes, stays, button } = words.users.delete
  const name = nameOfUser(user)
  const own = `${exchange.mountPath}/users/${user.id}/`
  const content = html`<p>${question(name)}</p>
<div class="panel"><p>${goes}</p>${belongingsList(call, belongings)}</div>
<p class="quiet">${stays}</p>
<form method="post" action="${own}delete/">${hiddenCsrf(call)}<input type="hidden" name="post" value="yes">
<div class="buttons"><button type="submit" class="danger">${button}</button> <a class="button plain" href="${own}">${words.frame.cancel}</a></div>
</form>`
  return writeAdminPage(call, { title, content, section: 'users', crumbs: userCrumbs(call, { id: user.id, name }) })
}
