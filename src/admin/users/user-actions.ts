import { adminActOnUsers } from '../../commands/admin-act-on-users.ts'
import { USER_ACTIONS, type UserActionName } from '../../commands/steps/user-actions.ts'
import { AuthError } from '../../errors.ts'
import type { UserId } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import { textIn } from '../parts/text-in.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { Notice } from '../shell/notice.ts'
import { redirectWithin } from '../shell/redirect.ts'
import { writeBulkDeletion } from './bulk-deletion.ts'
import { runOwnAction } from './own-action.ts'

/** Something that can be done to those who are ticked, as the list offers it. */
export interface OfferedAction {
  readonly value: string
  readonly label: string
}

/** In front of the name of an action of the developer's own, so that none can stand for a built-in one. */
const OWN = 'own:'

const NAMES = Object.keys(USER_ACTIONS) as readonly UserActionName[]

/** What this operator is offered. Whether it may be done, and to whom, the command says. */
export function offeredActions({ operator: { rights }, words, setup }: AdminCall): readonly OfferedAction[] {
  const built = NAMES.filter((name) => rights.has(`portress.${USER_ACTIONS[name].right}`)).map((name) => ({
    value: name,
    label: words.users.list.actions[name],
  }))
  const own = (setup.users.actions ?? [])
    .filter(({ permission }) => rights.has(permission))
    .map(({ name, label }) => ({ value: OWN + name, label: textIn(label, words.language) }))
  return [...built, ...own]
}

/** Does what was chosen, and leads back to the list as it was. */
export async function submitUserAction(call: AdminCall, form: AdminForm): Promise<Response> {
  const { list } = call.words.users
  const chosen = form.text('action')
  if (chosen === '') return backToList(call, { tone: 'problem', text: list.noAction })
  const userIds = form.all('_selected_action').map((text) => readUserId(text, call.ctx.config.ids))
  const known = userIds.filter((id): id is UserId => id !== null)
  if (known.length < userIds.length) throw new AuthError('malformed_request')
  if (known.length === 0) return backToList(call, { tone: 'problem', text: list.noneSelected })
  if (chosen.startsWith(OWN)) {
    return backToList(call, await runOwnAction(call, { name: chosen.slice(OWN.length), userIds: known }))
  }
  const action = NAMES.find((name) => name === chosen)
  if (action === undefined) return backToList(call, { tone: 'problem', text: list.noAction })
  // What cannot be undone is asked for once more, with what goes.
  if (action === 'delete' && form.text('post') !== 'yes') return writeBulkDeletion(call, known)
  return backToList(call, await act(call, action, known))
}

async function act(call: AdminCall, action: UserActionName, userIds: readonly UserId[]): Promise<Notice> {
  const { words, ctx, setup } = call
  const results = await adminActOnUsers(ctx, { action, userIds, proofSeconds: setup.proofSeconds })
  const refused = results.filter(({ outcome }) => outcome === 'refused').length
  const done = results.length - refused
  const { list } = words.users
  const sentences = [
    ...(done > 0 ? [list.done(list.actions[action], done)] : []),
    ...(refused > 0 ? [list.refused(refused)] : []),
  ]
  return { tone: refused > 0 ? 'problem' : 'done', text: sentences.join(' ') }
}

function backToList(call: AdminCall, notice: Notice): Response {
  return redirectWithin(call, { to: `/users/${new URL(call.exchange.request.url).search}`, notice })
}
