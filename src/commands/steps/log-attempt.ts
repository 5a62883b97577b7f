import type { AttemptOutcome } from '../../model/attempt.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'

/** One row for the attempt log. */
export interface LoggedAttempt {
  readonly user: User | null
  readonly identifier: string | null
  readonly action: string
  readonly outcome: AttemptOutcome
  readonly sessionId: string | null
}

/** Writes the row of an attempt, with where it came from. */
export async function logAttempt(ctx: CommandContext, attempt: LoggedAttempt): Promise<void> {
  await ctx.store.attempts.insert({
    at: ctx.clock.now(),
    userId: attempt.user?.id ?? null,
    identifier: attempt.identifier === null ? null : printable(attempt.identifier),
    address: ctx.request.address,
    userAgent: ctx.request.userAgent,
    door: ctx.request.door,
    action: attempt.action,
    outcome: attempt.outcome,
    sessionId: attempt.sessionId,
  })
}

/** What was typed may hold anything; the log is read on terminals and in spreadsheets. */
function printable(text: string): string {
  return text
    .slice(0, 254)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
}
