import type { UserBelongings } from '../contracts/figure-store.ts'
import { type Account, toAccount } from '../model/account.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { isAllowed } from './steps/is-allowed.ts'
import { assertMayTouch, assertNotSelf } from './steps/may-touch.ts'
import { readUserIds } from './steps/read-user-ids.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminPreviewDeletionInput {
  /** From 1 to 200. */
  readonly userIds: readonly UserId[]
}

/** What goes if a user is deleted. */
export interface DeletionPreview {
  readonly user: Account
  readonly belongings: UserBelongings
  /** `false`: this operator may not, and `adminActOnUsers` will refuse. */
  readonly mayDelete: boolean
}

/**
 * Says what goes if these users are deleted, for the page that asks whether they shall. Users that there are none of any
 * more are left out.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminPreviewDeletion(
  ctx: CommandContext,
  input: AdminPreviewDeletionInput,
): Promise<readonly DeletionPreview[]> {
  const operator = await requireOperator(ctx, 'delete_user')
  const previews: DeletionPreview[] = []
  for (const id of readUserIds(ctx, input.userIds)) {
    const subject = await ctx.store.users.findById(id)
    if (subject === null) continue
    const mayDelete = await isAllowed(async () => {
      assertNotSelf(operator, subject)
      await assertMayTouch(ctx, operator, { subject, touch: 'way-in' })
    })
    previews.push({ user: toAccount(subject), belongings: await ctx.store.figures.belongingsOf(id), mayDelete })
  }
  return previews
}
