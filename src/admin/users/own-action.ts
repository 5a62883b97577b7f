import { adminReadUser } from '../../commands/admin-read-user.ts'
import { hasPermission } from '../../commands/has-permission.ts'
import { assertFresh } from '../../commands/steps/assert-fresh.ts'
import { readUserIds } from '../../commands/steps/read-user-ids.ts'
import { AuthError } from '../../errors.ts'
import { type Account, toAccount } from '../../model/account.ts'
import type { UserId } from '../../model/user.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { Notice } from '../shell/notice.ts'

interface OwnAction {
  readonly name: string
  readonly userIds: readonly UserId[]
}

/**
 * Runs an action of the developer's own, for whoever has its permission, on users whom the operator may see.
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
  const users: Account[] = []
  for (const userId of readUserIds(ctx, userIds)) users.push((await adminReadUser(ctx, { userId })).user)
  return { tone: 'done', text: await action.run({ users, actor: toAccount(user), language: words.language }) }
}
