import type { AttemptCounts } from '../contracts/figure-store.ts'
import type { CommandContext } from './context.ts'
import { refuseField } from './steps/input.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminCountAttemptsInput {
  /** How many hours to count, up to now, from 1 to 48. @default 24 */
  readonly hours?: number
}

/** Attempts that began in one hour of the clock. */
export interface AttemptsOfHour extends AttemptCounts {
  readonly from: Date
}

const HOUR_MILLISECONDS = 3_600_000

/** What is counted of one hour at most. */
const MAX_PER_HOUR = 10_000

/**
 * Successes and failures by the hour, the oldest hour first, for a chart. The last hour is the one that has not ended.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminCountAttempts(
  ctx: CommandContext,
  { hours = 24 }: AdminCountAttemptsInput,
): Promise<readonly AttemptsOfHour[]> {
  await requireOperator(ctx, 'view_attempt')
  if (!Number.isInteger(hours) || hours < 1 || hours > 48) throw refuseField('hours', 'not_a_choice')
  const end = (Math.floor(ctx.clock.now().getTime() / HOUR_MILLISECONDS) + 1) * HOUR_MILLISECONDS
  const counted: AttemptsOfHour[] = []
  for (let at = end - hours * HOUR_MILLISECONDS; at < end; at += HOUR_MILLISECONDS) {
    const from = new Date(at)
    const window = { since: from, until: new Date(at + HOUR_MILLISECONDS) }
    counted.push({ from, ...(await ctx.store.figures.attempts(window, MAX_PER_HOUR)) })
  }
  return counted
}
