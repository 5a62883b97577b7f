import type { Attempt, AttemptFilter } from '../model/attempt.ts'
import type { CommandContext } from './context.ts'
import { findNamedUser } from './steps/find-named-user.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import { shownNames } from './steps/shown-names.ts'

export interface AdminListAttemptsInput {
  /** All conditions must hold. Of everybody's attempts those of a week are listed, unless `since` says otherwise. @default none */
  readonly filter?: Omit<AttemptFilter, 'limit' | 'before'>
  /** Only attempts of the user with this user name or address. @default of everybody */
  readonly user?: string
  /** The last attempt of the page before. @default the first page */
  readonly before?: AttemptFilter['before']
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

/** An attempt, and what its user is called. */
export interface ListedAttempt extends Attempt {
  /**
   * The name of the user, of one who has none the address, masked for whoever may not see users. `null` where nobody was found,
   * or where the user is gone.
   */
  readonly userName: string | null
}

const WEEK_MILLISECONDS = 7 * 86_400_000

/**
 * The attempt log for operators, newest first, each attempt with the name of its user.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListAttempts(
  ctx: CommandContext,
  input: AdminListAttemptsInput,
): Promise<readonly ListedAttempt[]> {
  const operator = await requireOperator(ctx, 'view_attempt')
  const limit = readPageLimit(input.limit ?? 100)
  const named = input.user === undefined ? undefined : await findNamedUser(ctx, operator, input.user)
  if (named === null) return []
  const { before } = input
  const filter = { ...input.filter, ...(named === undefined ? {} : { userId: named.id }) }
  // Where an index leads to few rows no end is needed; else something rare would be looked for in all there are.
  const isNarrow = [filter.userId, filter.identifier, filter.address].some((value) => value !== undefined)
  const since = new Date(ctx.clock.now().getTime() - WEEK_MILLISECONDS)
  const bounds = isNarrow ? {} : { since }
  const page = { ...bounds, ...filter, ...(before === undefined ? {} : { before }), limit }
  const attempts = await ctx.store.attempts.list(page)
  const names = await shownNames(
    ctx,
    operator,
    attempts.map(({ userId }) => userId),
  )
  return attempts.map((attempt) => ({ ...attempt, userName: names.get(String(attempt.userId)) ?? null }))
}
