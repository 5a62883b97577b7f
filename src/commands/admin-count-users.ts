import type { Counted } from '../contracts/user-list-store.ts'
import type { CommandContext } from './context.ts'
import { requireOperator } from './steps/require-operator.ts'
import { readConditions, type UserListInput } from './steps/user-list-query.ts'

export interface AdminCountUsersInput extends UserListInput {}

/** What is counted at most. */
const MAX = 10_000

/** Of a search, where every text of a user is looked at. */
const MAX_SEARCHED = 5000

/**
 * How many users a list has: exactly while no more than 10,000 have to be looked at, for a search 5,000, and else at least how many.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminCountUsers(ctx: CommandContext, input: AdminCountUsersInput): Promise<Counted> {
  await requireOperator(ctx, 'view_user')
  const conditions = await readConditions(ctx, input)
  return ctx.store.userLists.countUpTo(conditions, conditions.search === undefined ? MAX : MAX_SEARCHED)
}
