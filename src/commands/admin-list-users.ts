import { type Account, toAccount } from '../model/account.ts'
import type { UserSearch } from '../model/user-list.ts'
import type { CommandContext } from './context.ts'
import { writeCursor } from './steps/list-cursor.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import {
  readConditions,
  readOrder,
  readPlace,
  type UserListInput,
  type UserOrderInput,
} from './steps/user-list-query.ts'

export interface AdminListUsersInput extends UserListInput, UserOrderInput {
  /** `next` or `previous` of another page. @default the first page */
  readonly cursor?: unknown
  /** From 1 to 1000. @default 100 */
  readonly limit?: unknown
}

export interface ListedUsers {
  readonly users: readonly Account[]
  /** The cursor of the page behind, or `null`. */
  readonly next: string | null
  /** The cursor of the page in front, or `null`. */
  readonly previous: string | null
  /** The page ended before it was full: so far was looked, and `next` goes on. */
  readonly endedEarly: boolean
  /** How words were looked for; `null` where none were. */
  readonly match: UserSearch['match'] | null
}

/**
 * A page of users for operators: searched, filtered, in any order that an index has. However many users there are, a page is
 * made of few rows; a search that finds too little in them says so and goes on with the next page.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListUsers(ctx: CommandContext, input: AdminListUsersInput): Promise<ListedUsers> {
  await requireOperator(ctx, 'view_user')
  const order = readOrder(ctx, input)
  const limit = readPageLimit(input.limit ?? 100)
  const from = readPlace(ctx, order, input.cursor)
  const conditions = await readConditions(ctx, input)
  const { users, next, previous } = await ctx.store.userLists.page({ conditions, order, from, limit })
  const cursor = (position: typeof next, go: 'forward' | 'backward'): string | null =>
    position === null ? null : writeCursor(ctx, order, { position, go })
  return {
    users: users.map(toAccount),
    next: cursor(next, 'forward'),
    previous: cursor(previous, 'backward'),
    endedEarly: users.length < limit && (from?.go === 'backward' ? previous : next) !== null,
    match: conditions.search?.match ?? null,
  }
}
