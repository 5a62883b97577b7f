import type { Attempt, AttemptFilter } from '../model/attempt.ts'
import type { CommandContext } from './context.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminListAttemptsInput {
  /** All conditions must hold. Of everybody's attempts those of a week are listed, unless `since` says otherwise. @default none */
  readonly filter?: Omit<AttemptFilter, 'limit' | 'before'>
  /** The last attempt of the page before. @default the first page */
  readonly before?: AttemptFilter['before']
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

const WEEK_MILLISECONDS = 7 * 86_400_000

/**
 * The attempt log for operators, newest first.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListAttempts(
  ctx: CommandContext,
  input: AdminListAttemptsInput,
): Promise<readonly Attempt[]> {
  await requireOperator(ctx, 'view_attempt')
  const { filter = {}, before } = input
  const limit = readPageLimit(input.limit ?? 100)
  // Where an index leads to few rows no end is needed; else something rare would be looked for in all there are.
  const isNarrow = [filter.userId, filter.identifier, filter.address].some((value) => value !== undefined)
  const since = new Date(ctx.clock.now().getTime() - WEEK_MILLISECONDS)
  const bounds = isNarrow ? {} : { since }
  return ctx.store.attempts.list({ ...bounds, ...filter, ...(before === undefined ? {} : { before }), limit })
}
