import type { Attempt, AttemptFilter } from '../model/attempt.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/** Rows a user sees of their own attempts. */
const OWN_LIMIT = 100

/** `own`: the caller's. `all`: everybody's, for operators; nobody's proof is asked. */
export type ListAttemptsInput = { readonly scope: 'own' } | { readonly scope: 'all'; readonly filter: AttemptFilter }

/**
 * The attempt log, newest first.
 *
 * @throws {AuthError} `not_authenticated` for `own` without a session
 */
export async function listAttempts(ctx: CommandContext, input: ListAttemptsInput): Promise<readonly Attempt[]> {
  if (input.scope === 'all') return ctx.store.attempts.list(input.filter)
  return ctx.store.attempts.list({ userId: requireActor(ctx).user.id, limit: OWN_LIMIT })
}
