import type { Counted } from '../contracts/user-list-store.ts'
import type { CommandContext } from './context.ts'
import { requireOperator } from './steps/require-operator.ts'
import { readConditions, type UserListInput } from './steps/user-list-query.ts'

export interface AdminCountUsersInput extends UserListInput {}

/** What is counted at most. */
const MAX = 10_000

/**
 * How many users a list has: exactly up to 10,000, and else at least how many.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminCountUsers(ctx: CommandContext, input: AdminCountUsersInput): Promise<Counted> {
  await requireOperator(ctx, 'view_user')
  return ctx.store.userLists.countUpTo(await readConditions(ctx, input), MAX)
}
