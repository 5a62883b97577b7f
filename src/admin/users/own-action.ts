import { adminReadUser } from '../../commands/admin-read-user.ts'
import { hasPermission } from '../../commands/has-permission.ts'
import { assertFresh } from '../../commands/steps/assert-fresh.ts'
import { isAllowed } from '../../commands/steps/is-allowed.ts'
import { assertMayTouch } from '../../commands/steps/may-touch.ts'
import { readUserIds } from '../../commands/steps/read-user-ids.ts'
import { type AuditedAction, auditedUser, writeAudit } from '../../commands/steps/write-audit.ts'
import { AuthError } from '../../errors.ts'
import { type Account, toAccount } from '../../model/account.ts'
import type { UserId } from '../../model/user.ts'
import type { UserAction } from '../options.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { Notice } from '../shell/notice.ts'

interface OwnAction {
  readonly name: string
  readonly userIds: readonly UserId[]
}

/**
 * Runs an action of the developer's own, for whoever has its permission, on users whom the operator may see and touch: like the
 * built-in ones it does nothing to staff and superusers unless a superuser wants it.
 *
 * @throws {AuthError} `forbidden`, `not_found`, `validation_failed`
 */
export async function runOwnAction(call: AdminCall, { name, userIds }: OwnAction): Promise<Notice> {
  const { ctx, setup, words, operator } = call
  const action = setup.users.actions?.find((one) => one.name === name)
  if (action === undefined) throw new AuthError('not_found')
  const { user } = operator.actor
  if (!(await hasPermission(ctx, { user, permission: action.permission }))) throw new AuthError('forbidden')
  if (action.isDangerous === true) await assertFresh(ctx, { proofSeconds: setup.proofSeconds })
  const users = await touchable(call, readUserIds(ctx, userIds))
  const sentences = users.length === 0 ? [] : [await runAndAudit(call, action, users)]
  const refused = new Set(userIds).size - users.length
  if (refused > 0) sentences.push(words.users.list.refused(refused))
  return { tone: refused > 0 ? 'problem' : 'done', text: sentences.join(' ') }
}

/** Those of them to whom the operator may do something. */
async function touchable({ ctx, operator }: AdminCall, userIds: readonly UserId[]): Promise<readonly Account[]> {
  const users: Account[] = []
  for (const userId of userIds) {
    const { user: subject } = await adminReadUser(ctx, { userId })
    const mayTouch = await isAllowed(() => assertMayTouch(ctx, operator.actor.user, { subject, touch: 'data' }))
    if (mayTouch) users.push(subject)
  }
  return users
}

/** What fails may have done something all the same, so that is written down as well. */
async function runAndAudit(
  { ctx, operator, words }: AdminCall,
  { name, run }: UserAction,
  users: readonly Account[],
): Promise<string> {
  const audit = async (changes: AuditedAction['changes'] = []): Promise<void> => {
    for (const user of users) await writeAudit(ctx, { action: `own.${name}`, object: auditedUser(user), changes })
  }
  try {
    const actor = toAccount(operator.actor.user)
    const sentence = await run({ users, actor, language: words.language })
    await audit()
    return sentence
  } catch (error) {
    await audit([{ field: 'outcome', from: null, to: 'failed' }])
    throw error
  }
}
