import { type CommandContext, tokenManagerFor } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/**
 * Ends the session the caller came with; its values are refused from now on, in every process.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function logout(ctx: CommandContext): Promise<void> {
  const { session, user } = requireActor(ctx)
  await tokenManagerFor(ctx, session.carrier).revoke(session)
  await ctx.store.attempts.markLoggedOut(session.id, ctx.clock.now())
  ctx.emit('userLoggedOut', { user, session }, ctx.request)
}
