import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/**
 * Ends all of the caller's sessions but the one they came with.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function revokeOtherSessions(ctx: CommandContext): Promise<void> {
  const { user, session } = requireActor(ctx)
  await ctx.store.sessions.deleteForUser(user.id, { except: session.id })
  ctx.emit('sessionRevoked', { user, sessionIds: 'others' }, ctx.request)
}
